"""Texts that no question could take: listed and taken off the list, by command and by API."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from collector import clock
from collector.answers import text_list
from collector.answers.texts import receive
from collector.commands import context, texts
from collector.commands.main import main
from tests.factories import NOON


def test_a_text_without_a_question_is_listed_until_somebody_has_seen_it(ctx: Flask) -> None:
    with clock.at(NOON):
        receive("+14155550199", "where is my parcel", "SM1")
        receive("+14155550199", "👍", "SM2")
    (one,) = text_list.page()
    assert (one.words, one.number, one.about) == ("where is my parcel", "…0199", None)
    text_list.seen(one.id)
    assert text_list.page() == []
    assert [row.id for row in text_list.page(everything=True)] == [one.id]


def test_the_command_has_both_verbs() -> None:
    command = main.get_command(click.Context(main), "texts")
    assert isinstance(command, click.Group)
    assert set(command.commands) == {"list", "seen"}


def test_the_command_shows_a_line_for_each_and_says_when_there_is_none(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "create_app", lambda: app)
    none = "None: every text found its question, or was seen.\n"
    assert run("list") == none
    with app.app_context(), clock.at(NOON):
        receive("+14155550199", "where is\nmy parcel", "SM1")
    listed = run("list")
    id = listed.split()[0]
    assert listed == f"{id}  2026-03-02T12:00:00.000Z  …0199  where is my parcel\n"
    assert run("seen", id) == f"{id} is seen.\n"
    assert run("list") == none
    assert run("list", "--all").endswith("where is my parcel  (seen)\n")
    unknown = CliRunner().invoke(texts.command, ["seen", "itx_nothing"])
    assert (unknown.exit_code, "There is no such text" in unknown.output) == (2, True)


def run(*words: str) -> str:
    done = CliRunner().invoke(texts.command, list(words))
    assert done.exit_code == 0, done.output
    return done.output
