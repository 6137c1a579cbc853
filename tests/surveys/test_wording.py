"""Which wording a person gets."""

from __future__ import annotations

import pytest

from collector.surveys.wording import choose
from tests.surveys.definitions import TEXTS


def definition(*locales: str, default: str = "") -> dict[str, object]:
    return {"wording": dict.fromkeys(locales, TEXTS), "default_locale": default or locales[0]}


@pytest.mark.parametrize(
    ("locale", "chosen"),
    [
        ("pt-BR", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("pt-PT", "pt"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_the_wording_falls_back_along_the_locale(locale: str, chosen: str) -> None:
    worded = definition("de", "pt", "pt-BR", "zh-Hant", "en")
    assert choose(worded, locale).locale == chosen


def test_without_english_the_first_wording_of_the_file_is_the_last_resort() -> None:
    assert choose(definition("de", "ar", default="de"), "fr").locale == "de"


def test_the_comment_question_depends_on_the_band() -> None:
    texts = {**TEXTS, "follow_up": {"satisfied": "What did you like?"}}
    wording = choose({"wording": {"en": texts}}, "en")
    assert wording.comment_question("satisfied") == "What did you like?"
    assert wording.comment_question("neutral") == TEXTS["why"]


def test_the_question_stands_in_for_a_missing_sms_text() -> None:
    texts = {**TEXTS, "sms": ""}
    assert choose({"wording": {"en": texts}}, "en").sms == TEXTS["question"]
