"""Each language speaks to people in one way: formal where it has two, one country's words."""

from __future__ import annotations

import re

import pytest

from channels.locales import LANGUAGES
from collector.translations.catalogue import read
from tests.invitations.all_mails import _surveys

# What would be the other way of speaking; a language without an entry has no such choice.
OTHER = {
    "de": r"\b(du|dich|dir|dein\w*|deine\w*|euch|euer\w*|tippe|wähle|antworte)\b",
    "fr": r"\b(tu|toi|ton|ta|tes|réponds|touche|choisis|appuie)\b",
    "es": r"\b(tú|te|tu|tus|ti|contigo|pulsa|toca|elige|responde|vuelve|puedes|quieres|"
    r"has|recibes|recomiendas|recomendarías)\b",
    "pt": r"\b(tu|teu|tua|teus|tuas|ti|guardar|guardado|guardada|ligação|ecrã|telemóvel|"
    r"\w+-(?:nos|lhe|te|me)|partilhar|contacto)\b",
    "zh-Hans": r"你|[請選擇閉關頁]",
    "zh-Hant": r"你|[请选择闭关页]",
    "ja": r"あなた|君",
}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one in OTHER])
def test_nothing_said_to_people_mixes_two_ways_of_speaking(language: str) -> None:
    other = re.compile(OTHER[language], re.IGNORECASE)
    said = {key: " ".join(phrase.forms) for key, phrase in read(language).items()}
    for metric, definition in _surveys().items():
        for locale, texts in definition["wording"].items():
            if {"zh": "zh-Hans", "pt-BR": "pt"}.get(locale, locale) == language:
                said |= {f"{metric}.{name}": str(text) for name, text in texts.items()}
    assert {key: text for key, text in said.items() if other.search(text)} == {}
