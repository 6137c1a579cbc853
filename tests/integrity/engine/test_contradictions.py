"""What other sources say against an answer, and what is asked before a check speaks at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from collector.integrity.engine.engine import Engine
from collector.integrity.engine.records import Signal
from tests.integrity.engine.conftest import HOUR, START, answer
from tests.integrity.engine.found import nats, of
from tests.integrity.engine.small_company import DAY, quiet, served

CONFLICT, RAISED, PHANTOM = "SCORE_CONFLICT", "UPWARD_REVISION", "PHANTOM_SESSION"


def listened(value: float | None, *, heard: int = 40, score: float = 5.0, at: float = 0.0) -> float:
    """What is said of an answer whose call got this value, where `heard` calls got about 88."""
    engine = Engine()
    for number in range(heard):
        call = Signal("qa", 84.0 + number % 9, START + number)
        engine.add_signal(f"A{number % 9}", call)
    when = at or START + 2 * HOUR
    call = Signal("qa", value, when)
    case = answer(1, score=score, signals=(call,))
    list(engine.advance_to(case.answered))
    engine.answer(case)
    return next(of(CONFLICT, said.verdict) for said in engine.finish() if said.final)


def test_a_best_score_on_a_call_far_below_the_usual_contradicts_it() -> None:
    assert listened(30.0) > 0


@pytest.mark.parametrize("value", [88.0, 95.0, None])
def test_an_ordinary_call_or_one_without_a_value_contradicts_nothing(value: float | None) -> None:
    assert listened(value) == 0


def test_a_poor_call_contradicts_only_the_best_score() -> None:
    assert listened(30.0, score=4.0) == 0


def test_nobody_calls_a_call_poor_before_there_are_others() -> None:
    assert listened(30.0, heard=3) == 0


def test_what_is_heard_after_the_last_look_plays_no_part() -> None:
    assert listened(30.0, at=START + 400 * DAY) == 0


def raised(after: float, low: float = 1.0, **given: Any) -> float:
    """What is said of a best score so long after another one on the same invitation."""
    first = answer(1, score=low)
    best = replace(first, id="best", score=5.0, answered=first.answered + after, **given)
    return nats(RAISED, best, first)


def test_a_low_score_that_became_the_best_says_a_little_and_less_after_a_day() -> None:
    assert raised(2 * HOUR) > raised(60 * HOUR) > 0


def test_a_thumbs_correction_and_another_hands_score_are_no_revision() -> None:
    assert raised(5.0) == 0
    assert raised(2 * HOUR, client="another browser") == 0


def test_a_good_score_that_became_the_best_is_no_revision() -> None:
    assert raised(2 * HOUR, low=4.0) == 0


def session(**given: Any) -> float:
    """What is said of a session that looks made up, in the quiet company."""
    own = {"after": 14.0, "channel": "in_app", "seconds": 20.0}
    return nats(PHANTOM, served(1, 3, 30, **{**own, **given}), beside=quiet())


def test_a_session_looks_made_up_only_if_the_customer_has_no_other_case() -> None:
    assert session() > 0
    assert session(cases_then=1, cases_later=None) > 0
    assert session(cases_then=2, cases_later=2) == 0
    assert session(cases_then=1, cases_later=6) == 0


def test_only_a_good_score_at_once_in_the_app_looks_made_up_in_favour() -> None:
    assert session(score=2) == 0
    assert session(channel="sms") == 0
    assert session(occurred=None) == 0


def asked_over(on_file: str | None, score: float = 5.0) -> float:
    """What is said of the last of four customers who were asked over one number."""
    cases = [
        served(n, 3, 10 + 3 * n, score=score, contact="one number", on_file=on_file or None)
        for n in range(4)
    ]
    if on_file == "own":
        cases = [replace(case, on_file=f"own {n}") for n, case in enumerate(cases)]
    return nats("CONTACT_REUSED", cases[-1], *cases[:-1], beside=quiet())


def test_where_nobody_knows_the_file_a_number_of_several_weighs_in_between() -> None:
    assert asked_over("one number") < asked_over(None) < asked_over("own")


def test_a_number_of_several_says_nothing_of_a_low_score() -> None:
    assert asked_over("own", score=2.0) == 0


def colleague(**given: Any) -> float:
    """What is said of an answer from a number on the staff list."""
    return nats("STAFF_CONTACT", answer(1, **{"score": 5.0, "staff_contact": True, **given}))


def test_a_colleagues_number_weighs_more_in_place_of_the_customers() -> None:
    assert colleague(on_file="another") > colleague() > 0


def test_a_colleagues_number_says_nothing_of_a_low_score_or_when_it_is_not_one() -> None:
    assert colleague(score=1.0) == 0
    assert colleague(staff_contact=False) == 0
