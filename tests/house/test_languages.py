"""Every string of every surface exists in nine languages, with the same places to fill in.

The tables are found by what they look like, so a new one cannot be forgotten here.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from channels.locales import LANGUAGES, fitting

ROOT = Path(__file__).resolve().parents[2]
# Where words for people are; the test fails when one of them is not found any more.
SURFACES = {
    "channels.sms.frame",
    "collector.answers.reply_phrases",
    "collector.invitations.phrases",
    "collector.web.pages.given_phrases",
    "collector.web.pages.notice_phrases",
    "collector.web.pages.preferences_phrases",
    "collector.web.pages.tap_phrases",
    "collector.web.widget.words",
}
PAGES = ("tap", "notice", "preferences", "unsubscribe", "page")


def tables() -> dict[str, Mapping[str, Any]]:
    """Every mapping by language in the code, by `module.NAME`."""
    found = {}
    for room in ("channels", "collector"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if not re.search(r'"zh(-Han[st])?":', path.read_text(encoding="utf-8")):
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for attribute, value in vars(importlib.import_module(name)).items():
                if isinstance(value, Mapping) and "en" in value and len(value) > 3:
                    found[f"{name}.{attribute}"] = value
    return found


TABLES = tables()
# Formats of dates need no name for a month in Chinese and Japanese.
COMPLETE = {name: table for name, table in TABLES.items() if not name.endswith("days.MONTHS")}


def strings(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """(field, text) of everything in an entry."""
    if isinstance(value, str):
        yield where, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(inner, f"{where}.{key}")


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_no_surface_is_forgotten() -> None:
    assert {name.rpartition(".")[0] for name in COMPLETE} >= SURFACES


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_every_string_exists_in_nine_languages(name: str) -> None:
    table = COMPLETE[name]
    assert set(table) == set(LANGUAGES)
    english = dict(strings(table["en"]))
    for language in LANGUAGES:
        said = dict(strings(table[language]))
        assert said.keys() == english.keys(), language
        for field, text in said.items():
            assert text.strip(), (language, field)
            if not name.endswith("days.FORMATS"):
                assert places(text) == places(english[field]), (language, field)
            if language != "en" and len(english[field]) > 25:
                assert text != english[field], (language, field)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_holds_words_of_its_own(page: str) -> None:
    text = (ROOT / "templates/pages" / f"{page}.html").read_text(encoding="utf-8")
    without = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", text, flags=re.DOTALL)
    assert not re.search(r"[^\W\d_]{2,}", without), without.strip()


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "collector/simulation/demo/workspace/surveys").glob("*.yaml")),
    ids=lambda p: p.stem,
)
def test_the_sample_surveys_are_worded_in_nine_languages(path: Path) -> None:
    worded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["wording"]
    assert {fitting(locale) for locale in worded} == set(LANGUAGES)
    english = dict(strings(worded["en"]))
    for locale, texts in worded.items():
        said = dict(strings(texts))
        assert said.keys() == english.keys(), locale
        assert all(text.strip() for text in said.values()), locale


CHAINS = {
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh_Hant_MO": "zh-Hant",
    "zh-Hans-HK": "zh-Hans",
    "zh": "zh-Hans",
    "pt-BR": "pt",
    "ar-EG": "ar",
    "tlh": "en",
    "": "en",
}


@pytest.mark.parametrize("locale", CHAINS)
def test_a_locale_falls_back_along_its_chain(locale: str) -> None:
    assert fitting(locale) == CHAINS[locale]
