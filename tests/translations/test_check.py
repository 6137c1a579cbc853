"""`make messages` says what is wrong, where, and in words that can be acted on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from collector.translations.__main__ import main
from collector.translations.catalogue import read
from collector.translations.check import problems
from collector.translations.uses import Use, in_code, in_template
from tests.translations.folder import change, copied, found

PAGES, TEXTS = "de/LC_MESSAGES/pages.po", "de/LC_MESSAGES/messages.po"
DONE = 'msgctxt "tap.done"'
DAYS = '"{count} Tage Pause"'
FAULTS = [
    (PAGES, DONE, 'msgctxt "tap.gone"', "tap.done: is missing"),
    (PAGES, DONE, 'msgctxt "tap.gone"', "tap.gone: is not in the English any more"),
    (PAGES, DONE, f"#, fuzzy\n{DONE}", "tap.done: is marked fuzzy"),
    (PAGES, 'msgstr "Fertig"', 'msgstr ""', "tap.done: is not translated"),
    (PAGES, 'msgstr "Fertig"', 'msgstr " "', "tap.done: is not translated"),
    (PAGES, 'msgid "Done"', 'msgid "Ready"', "tap.done: was translated from other English"),
    (PAGES, '"{score} von {high}"', '"{score}"', "fills in {score} where the English has {high}"),
    (PAGES, '"{score} von {high}"', '"{score} {hoch}"', "fills in {hoch}, {score} where"),
    (PAGES, DAYS, '"Tage Pause"', "pause_for: fills in nothing where the English has {count}"),
    (PAGES, f"msgstr[1] {DAYS}\n", "", "preferences.pause_for: is not translated"),
    (PAGES, "nplurals=2", "nplurals=3", "preferences.pause_for: is not translated"),
    (PAGES, "Language: de", "Language: nl", "its header says that it is in nl"),
    (PAGES, 'msgstr "Fertig"', "msgstr Fertig", "is not in quotes: msgstr Fertig"),
    (PAGES, 'msgstr "Fertig"', 'msgstr "Fer"tig"', 'is not in quotes: msgstr "Fer"tig"'),
    (PAGES, 'msgstr "Fertig"', 'msgstr[x] "Fertig"', ": cannot be read"),
    (PAGES, 'msgstr "Abmelden"', f'msgstr "{"a" * 26}"', "button: has 26 characters, more than 25"),
    (PAGES, "Im Moment wartet nichts auf Sie.", "Nothing is waiting for you right now.",
     "preferences.upcoming_none: is the English"),
    (TEXTS, '"Danke, das', f'"{"a" * 140} das', "sms.noted: takes 2 segments"),
    (TEXTS, '"Danke, das', f'"{"a" * 60}ő das', "of a text message, because of ő"),
    ("pages.pot", DONE, 'msgctxt "tap.add"', "tap.add: stands there twice"),
    ("widget.pot", "widget.close", "tap.done", "tap.done: stands there twice"),
    ("widget.pot", 'msgid "Send"\nmsgstr ""', 'msgid "Send"\nmsgstr "S"', "is translated, in"),
    ("widget.pot", 'msgctxt "widget.send"\n', "", "has no key (msgctxt): 'Send'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "problem"), FAULTS, ids=[one[3] for one in FAULTS])
def test_a_fault_is_named(tmp_path: Path, name: str, old: str, new: str, problem: str) -> None:
    folder = copied(tmp_path)
    change(folder, name, old, new)
    said = found(folder)
    assert any(one.startswith(f"{name}: ") and problem in one for one in said), said


def test_a_language_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.rmtree(folder / "ja")
    assert [one.partition(":")[0] for one in found(folder)] == [
        f"ja/LC_MESSAGES/{domain}.po" for domain in ("messages", "pages", "widget")
    ]


def test_a_short_word_may_be_the_same_as_in_english(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, PAGES, '"Speichern"', '"Save"')
    assert found(folder) == []


def test_what_is_said_and_not_there_is_named_and_what_is_there_and_not_said() -> None:
    said = [*in_code('say("tap.dnoe")', "a.py"), *in_code("say(key)", "b.py")]
    faults = problems(said=[*said, Use("c.html:1", r"tap\.score_of", frozenset({"score"}))])
    assert "a.py:1: tap.dnoe: is in no catalogue" in faults
    assert "b.py:1: write out which phrase is said" in faults
    assert "c.html:1: tap.score_of: is given {score}, wants {high}, {score}" in faults
    unused = [one for one in faults if "is not used any more" in one]
    assert len(unused) == len(read("en")) - 1


def test_uses_are_found_in_code_and_in_templates() -> None:
    code = 'translator(locale)("a.b", low=1)\nsay(f"a.{kind}.c")\nother("x.y")\nsay.x("x.y")\n'
    assert list(in_code(code, "m.py")) == [
        Use("m.py:1", r"a\.b", frozenset({"low"})),
        Use("m.py:2", r"a\.\w+\.c", frozenset()),
    ]
    template = '{% if x %}\n{{ say("a." ~ kind) }}{% endif %}{{ say("a.b", count=3) }}{{ x("y") }}'
    assert sorted(in_template(template, "t.html"), key=lambda use: use.key) == [
        Use("t.html:2", r"a\.\w+", frozenset()),
        Use("t.html:2", r"a\.b", frozenset({"count"})),
    ]


def test_the_command_says_that_all_is_well() -> None:
    done = CliRunner().invoke(main)
    said = f"{len(read('en'))} phrases in 9 languages; nothing is missing.\n"
    assert (done.exit_code, done.output) == (0, said)
