"""Every string exists in nine languages, and readers of Chinese get their own script."""

from __future__ import annotations

from dataclasses import fields

import pytest

from channels.locales import LANGUAGES, fitting
from channels.sms.frame import STOP
from collector.invitations.phrases import PHRASES, Phrases, phrases

SAME_IN_BOTH_SCRIPTS = {"button"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_exists(language: str) -> None:
    for field in fields(Phrases):
        assert getattr(PHRASES[language], field.name).strip(), f"{language}.{field.name}"
    assert STOP[language].strip()


def test_no_language_is_there_by_half() -> None:
    assert set(PHRASES) == set(STOP) == set(LANGUAGES)


@pytest.mark.parametrize("field", [field.name for field in fields(Phrases)])
def test_no_string_was_left_in_another_language(field: str) -> None:
    said = [getattr(PHRASES[language], field) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_Hans_HK", "zh-Hans"), ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"), ("zh-Hant-CN", "zh-Hant"), ("ZH-mo", "zh-Hant"), ("pt-BR", "pt"),
        ("es-419", "es"), ("ar-EG", "ar"), ("de-CH", "de"), ("sw", "en"), ("", "en"), ("-", "en"),
    ],
)  # fmt: skip
def test_a_locale_gets_the_language_that_fits(locale: str, language: str) -> None:
    assert fitting(locale) == language
    assert phrases(locale) == PHRASES[language]
