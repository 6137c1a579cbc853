"""Texts that no question could take: listed and taken off the list, by command and by API."""

from __future__ import annotations

import click
from flask import Flask

from collector import clock
from collector.answers import text_list
from collector.answers.texts import receive
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
