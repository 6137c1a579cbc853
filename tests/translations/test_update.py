"""A change of the English reaches every language, and nothing that was translated is lost by it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from channels.locales import LANGUAGES
from collector.translations.catalogue import parse, path, read
from collector.translations.update import update
from tests.translations.folder import change, copied, found

OTHERS = len(LANGUAGES) - 1
GERMAN = "de/LC_MESSAGES/widget.po"
NEW = '\n#. A comment.\nmsgctxt "widget.new"\nmsgid "A new phrase"\nmsgstr ""\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


def test_nothing_is_written_where_nothing_changed(folder: Path) -> None:
    assert update(folder) == []


def test_other_english_marks_the_translation_and_keeps_it_with_the_english_it_had(
    folder: Path,
) -> None:
    change(folder, "widget.pot", 'msgid "Send"', 'msgid "Send it"')
    assert len(update(folder)) == OTHERS
    message = parse(path("de", "widget", folder)).get("Send it", "widget.send")
    assert message is not None
    assert (message.string, message.fuzzy) == ("Senden", True)
    assert '#| msgid "Send"\n' in (folder / GERMAN).read_text(encoding="utf-8")
    assert read("de", folder)["widget.send"].forms == ("Send it",)
    assert sum("widget.send: is marked fuzzy" in one for one in found(folder)) == OTHERS
    assert update(folder) == []


def test_a_mark_goes_when_the_translator_takes_it_away(folder: Path) -> None:
    change(folder, "widget.pot", 'msgid "Send"', 'msgid "Send it"')
    update(folder)
    change(folder, GERMAN, '#, fuzzy\n#| msgid "Send"\n', "")
    assert update(folder) == []
    assert not any(one.startswith("de/") for one in found(folder))


def test_other_english_for_a_number_keeps_every_form(folder: Path) -> None:
    change(folder, "pages.pot", '"Pause for {count} days"', '"Stop for {count} days"')
    update(folder)
    (message,) = (
        one for one in parse(path("ar", "pages", folder)) if one.context == "preferences.pause_for"
    )
    assert len(message.string) == 6
    assert all(message.string)
    assert message.fuzzy


def test_what_is_new_is_added_untranslated_and_what_is_gone_is_removed(folder: Path) -> None:
    pot = folder / "widget.pot"
    pot.write_text(pot.read_text(encoding="utf-8") + NEW, encoding="utf-8")
    change(folder, "widget.pot", 'msgctxt "widget.close"', 'msgctxt "widget.shut"')
    assert len(update(folder)) == OTHERS
    japanese = {one.context: one.string for one in parse(path("ja", "widget", folder))}
    assert japanese["widget.new"] == japanese["widget.shut"] == ""
    assert "widget.close" not in japanese
    assert japanese["widget.send"] == "送信"


def test_a_comment_of_a_translator_stays_and_ours_follows_the_template(folder: Path) -> None:
    change(folder, GERMAN, "#. Question", "# Kurz!\n#. Question")
    change(folder, "widget.pot", "the button with the cross", "the cross")
    update(folder)
    (message,) = (
        one for one in parse(path("de", "widget", folder)) if one.context == "widget.close"
    )
    assert message.user_comments == ["Kurz!"]
    assert "for the cross" in message.auto_comments[0]


def test_a_new_language_gets_whole_files_to_fill_in(folder: Path) -> None:
    shutil.rmtree(folder / "fr")
    assert update(folder) == [path("fr", d, folder) for d in ("messages", "pages", "widget")]
    assert all("is not translated" in one for one in found(folder))
    assert read("fr", folder)["widget.close"].forms == ("Close",)
    first = path("fr", "widget", folder).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# What questions inside a product say in French.")
