"""Demands to stop in nine languages, and what is told of stopping: by families."""

from __future__ import annotations

from pathlib import Path

import pytest

from collector.answers.reply_text import read
from collector.invitations.optouts.words import intent, wish

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "demands.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def said(text: str, language: str) -> str:
    found = wish(text)
    if found.intent != "stop":
        return "not_stop"
    score = read(found.rest, 1, 5, language).score if found.rest else None
    return "stop" if score is None else f"score_and_stop:{score}"


def test_every_demand_of_the_table_is_heard_and_nothing_else_is() -> None:
    wrong = [
        (text, language, expected, found)
        for text, language, expected in TABLE
        if (found := said(text, language)) != expected
    ]
    assert len(TABLE) > 500
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["I dont know you remove my number", "Who is this stop texting me",
     "I have no idea who you are take me off your list", "not my problem, stop texting me"],
)  # fmt: skip
def test_a_denial_that_is_further_away_is_of_something_else(text: str) -> None:
    assert intent(text) == "stop"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("you wont stop texting me", "stop"), ("he would not stop texting me", ""),
     ("the driver would not stop calling", ""), ("you never stop messaging me", "stop")],
)  # fmt: skip
def test_who_does_not_stop_makes_it_a_complaint_of_us_or_a_story(text: str, expected: str) -> None:
    assert intent(text) == expected


@pytest.mark.parametrize(
    ("order", "told"),
    [("never message me", "You never message me when the tech is late"),
     ("dont text me", "I don't text while driving"),
     ("never text me again", "you never text me back"),
     ("I told you never text me again", "why don't you text before you come")],
)  # fmt: skip
def test_an_order_has_no_subject(order: str, told: str) -> None:
    assert (intent(order), intent(told)) == ("stop", "")


@pytest.mark.parametrize(
    "text",
    ["Don't bother with this company", "Keine weiteren Fragen", "No more feedback", "取消这个",
     "请把我的订单删掉", "Please take my number and ring me back", "quiero dar de baja el internet",
     "Don't send me the wrong size again please", "ne m'envoyez plus ce livreur"],
)  # fmt: skip
def test_what_is_not_about_these_messages_is_no_stop(text: str) -> None:
    assert intent(text) == ""


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("I'm not John", "I'm not happy"), ("This isn't Sarah", "This is not Good"),
     ("je ne suis pas Paul", "je ne suis pas content"), ("no soy María", "no soy experto"),
     ("ich bin nicht Herr Meier", "ich bin nicht zufrieden"),
     ("wrong number mate", "wrong number of chairs arrived")],
)  # fmt: skip
def test_somebody_elses_number_is_a_stop_and_a_judgement_is_none(theirs: str, ours: str) -> None:
    assert (intent(theirs), intent(ours)) == ("stop", "")


def test_how_a_business_tells_people_to_stop_is_no_wish_of_its_own() -> None:
    assert intent("We are closed until Monday. Reply STOP to opt out of messages.") == ""


def test_what_was_said_before_a_demand_is_handed_back() -> None:
    assert wish("the lamp is broken stop texting me").rest == "the lamp is broken"
