"""A phrase is said in the language that fits, and in English where that language has none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from channels.locales import LANGUAGES, fitting
from collector.translations.catalogue import read, translator
from tests.translations.folder import change, copied

NEVER_SHARED = (
    "email.preheader", "email.hint", "email.because", "email.unsubscribe", "sms.help",
    "unsubscribe.title", "unsubscribe.no_more.sms", "unsubscribe.button", "unsubscribe.done_title",
    "unsubscribe.done_text", "widget.close", "widget.sent", "widget.waiting",
    "widget.failed",
)  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_Hans_HK", "zh-Hans"), ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"), ("zh-Hant-CN", "zh-Hant"), ("ZH-mo", "zh-Hant"), ("pt-BR", "pt"),
        ("es-419", "es"), ("ar-EG", "ar"), ("de-CH", "de"), ("sw", "en"), ("", "en"), ("-", "en"),
    ],
)  # fmt: skip
def test_a_locale_gets_the_language_that_fits(locale: str, language: str) -> None:
    assert fitting(locale) == translator(locale).language == language
    assert translator(locale)("email.because") == translator(language)("email.because")


@pytest.mark.parametrize("key", NEVER_SHARED)
def test_no_phrase_was_left_in_another_language(key: str) -> None:
    assert len({read(language)[key].forms for language in LANGUAGES}) == len(LANGUAGES)


def test_places_are_filled_in() -> None:
    assert translator("de")("tap.score_of", score=9, high=10) == "9 von 10"
    assert translator("ja")("tap.score_of", score=9, high=10) == "10点中9点"


@pytest.mark.parametrize(
    ("locale", "count", "text"),
    [
        ("en", 1, "Pause for 1 day"), ("en", 30, "Pause for 30 days"), ("de", 1, "1 Tag Pause"),
        ("fr", 0, "Pause de 0 jour"), ("ja", 1, "1日間休む"), ("ar", 2, "إيقاف لمدة يومين"),
        ("ar", 7, "إيقاف لمدة 7 أيام"), ("ar", 30, "إيقاف لمدة 30 يوماً"),
        ("ar", 90, "إيقاف لمدة 90 يوماً"), ("ar", 100, "إيقاف لمدة 100 يوم"),
    ],
)  # fmt: skip
def test_a_number_takes_the_form_that_the_language_has_for_it(
    locale: str, count: int, text: str
) -> None:
    assert translator(locale)("preferences.pause_for", count=count) == text


def test_a_phrase_that_is_not_there_or_not_filled_in_is_an_error() -> None:
    say = translator("en")
    with pytest.raises(KeyError):
        say("tap.unknown")
    with pytest.raises(KeyError):
        say("tap.kept")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgstr "Schließen"', 'msgstr ""'),
        ('msgctxt "widget.close"', '#, fuzzy\nmsgctxt "widget.close"'),
        ('msgctxt "widget.close"', 'msgctxt "widget.closed"'),
    ],
)
def test_what_is_not_translated_for_certain_is_said_in_english(
    tmp_path: Path, old: str, new: str
) -> None:
    folder = copied(tmp_path)
    change(folder, "de/LC_MESSAGES/widget.po", old, new)
    said = read("de", folder)
    assert said["widget.close"].forms == ("Close",)
    assert said["widget.send"].forms == ("Senden",)


def test_the_command_line_does_not_wait_for_the_catalogues() -> None:
    code = "import sys; import collector.commands.context; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
