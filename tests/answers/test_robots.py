"""Twelve kinds of machine on a link, and the person after them: only the person is counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from collector.answers.folding import fold
from collector.answers.taps import TapEvidence, Terms
from tests.answers.taps import confirmed, decoy, provisional
from tests.factories import NOON

SCORES = range(11)
ROBOTS: dict[str, list[TapEvidence]] = {
    "opens every link at once": [provisional(s, 30) for s in SCORES],
    "opens every link within a second": [provisional(s, 30 + s / 11) for s in SCORES],
    "opens every link, five seconds apart": [provisional(s, 30 + 5 * s) for s in SCORES],
    "opens every link, half a minute apart": [provisional(s, 30 + 30 * s) for s in SCORES],
    "opens them in another order": [provisional(10 - s, 400 + s) for s in SCORES],
    "opens the first link before delivery": [provisional(0, -1)],
    "opens the first link on delivery": [provisional(0, 0.4)],
    "opens one link and the hidden one": [provisional(0, 40), decoy(52)],
    "opens the hidden link first": [decoy(20), provisional(10, 21)],
    "says that it is Barracuda": [provisional(5, 60, user_agent="BarracudaCentral")],
    "says nothing about itself": [provisional(5, 60, user_agent="")],
    "runs headless": [provisional(5, 60, user_agent="Mozilla/5.0 HeadlessChrome/131.0.0.0")],
}
END = NOON + timedelta(hours=3)


@pytest.mark.parametrize("robot", ROBOTS)
def test_a_robot_is_never_counted(robot: str) -> None:
    result = fold(ROBOTS[robot], Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("set_aside", None)
    assert len(result.set_aside) == len([tap for tap in ROBOTS[robot] if tap.kind != "decoy"])


@pytest.mark.parametrize("robot", ROBOTS)
@pytest.mark.parametrize("seconds", [5, 60, 3600])
def test_a_person_who_presses_is_always_counted(robot: str, seconds: int) -> None:
    result = fold([*ROBOTS[robot], confirmed(8, 100 + seconds)], Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("confirmed", 8)


@pytest.mark.parametrize("robot", ROBOTS)
def test_a_person_who_taps_once_an_hour_later_is_counted(robot: str) -> None:
    result = fold([*ROBOTS[robot], provisional(8, 5400)], Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("settled", 8)


def submitted(scores: Iterable[int], every: float) -> list[TapEvidence]:
    """One page's form, submitted with these scores so many seconds apart."""
    opened = NOON + timedelta(seconds=60)
    return [
        confirmed(score, 62 + every * place, opened_at=opened) for place, score in enumerate(scores)
    ]


@pytest.mark.parametrize("every", [0.01, 1, 4.9])
def test_a_form_submitted_with_every_button_says_nothing(every: float) -> None:
    result = fold(submitted(SCORES, every), Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("set_aside", None)
    assert {item.reason for item in result.set_aside} == {"every_button"}


def test_a_person_after_that_crawler_is_counted() -> None:
    result = fold([*submitted(SCORES, 0.5), confirmed(8, 90)], Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("confirmed", 8)


@pytest.mark.parametrize("scores", [(7,), (7, 8), (7, 8, 9), (9, 9, 9, 9, 9), (8, 7, 8, 7, 8, 7)])
def test_a_person_who_cannot_make_up_their_mind_is_counted(scores: tuple[int, ...]) -> None:
    result = fold(submitted(scores, 1), Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("confirmed", scores[-1])


def test_a_person_who_tries_every_number_slowly_is_counted() -> None:
    result = fold(submitted(SCORES, 6), Terms(), END)
    assert result is not None
    assert (result.state, result.score) == ("confirmed", 10)
