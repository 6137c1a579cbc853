"""One person who is asked for many over a number on file: a landlord, a clerk, a coach's driver."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collector.integrity.engine.combine import CLEAN, REJECTED
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.small_company import DAY, count, own, served, verdicts

WEEK = 7 * DAY


def sat_down(
    customers: int, answers: int, *, weeks: int = 1, score: float | None = 5, agent: int = 3,
    own_number: bool = True, phone: str | None = "desk", minute: float = 60.0,
) -> list[Case]:  # fmt: skip
    """One agent's customers, asked over one number on file (or not), answered once a week."""
    cases = []
    for n in range(answers):
        week = n * weeks // answers
        evening = (7 * week + 13) * DAY + 10 * HOUR + n * minute
        day = 7 * week + 8 + n % 5
        cases.append(served(
            n, agent, day, after=evening - day * DAY, score=own(n) if score is None else score,
            customer=f"tenant {n % customers}", contact="the owner's",
            on_file="the owner's" if own_number else f"tenant's own {n % customers}",
            device=phone, ip="the owner's", net="the owner's", client="the owner's browser",
            cases_then=1 + n // customers, cases_later=-(-answers // customers),
        ))  # fmt: skip
    return cases


@pytest.mark.parametrize("score", [1, 5, None], ids=str)
@pytest.mark.parametrize("flats", [5, 16])
@pytest.mark.parametrize("phone", ["the owner's", None])
def test_a_landlord_who_rates_all_flats_at_one_sitting_is_not_rejected(
    score: int | None, flats: int, phone: str | None
) -> None:
    assert count(verdicts(sat_down(flats, flats, score=score, phone=phone)))[REJECTED] == 0


@pytest.mark.parametrize("score", [1, 5], ids=str)
@pytest.mark.parametrize("weeks", [2, 4])
def test_a_landlord_who_sits_down_once_a_week_is_not_rejected(
    score: int | None, weeks: int
) -> None:
    assert count(verdicts(sat_down(16, 16, weeks=weeks, score=score)))[REJECTED] == 0


@pytest.mark.parametrize("score", [5, None], ids=str)
@pytest.mark.parametrize("each", [2, 3])
def test_a_resellers_clerk_who_is_asked_again_and_again_is_not_rejected(
    score: int | None, each: int
) -> None:
    assert count(verdicts(sat_down(14, 14 * each, weeks=7, score=score)))[REJECTED] == 0


def test_a_clerk_whose_file_is_not_known_is_not_rejected_where_others_are() -> None:
    cases = [replace(c, on_file=None) if n % 3 == 0 else c
             for n, c in enumerate(sat_down(14, 28, weeks=7))]  # fmt: skip
    assert count(verdicts(cases))[REJECTED] == 0


def test_a_driver_who_rates_a_coachs_rooms_is_told_and_not_rejected() -> None:
    found = count(verdicts(sat_down(14, 14, phone="the driver's")))
    assert found[REJECTED] == found[CLEAN] == 0


@pytest.mark.parametrize("score", [1, 5])
def test_the_same_sitting_over_a_number_in_place_of_the_files_is_rejected(score: int) -> None:
    found = count(verdicts(sat_down(10, 10, score=score, own_number=False)))
    assert found[REJECTED] == 10


@pytest.mark.parametrize("score", [1, 5])
def test_answers_one_by_one_each_for_another_are_no_sitting(score: int) -> None:
    apart = sat_down(10, 10, weeks=5, score=score, minute=2 * HOUR)
    assert count(verdicts(apart))[REJECTED] == 10


def test_a_number_that_was_also_put_in_place_of_the_files_speaks_for_nobody() -> None:
    honest = sat_down(10, 10, weeks=5, minute=90.0)
    swapped = [
        replace(c, id=f"{c.id}s", invitation=f"{c.invitation}s", on_file=f"own {n}",
                customer=f"other {n}", answered=c.answered + 5 * HOUR)
        for n, c in enumerate(honest)
    ]  # fmt: skip
    assert count(verdicts([*honest, *swapped])[10:])[REJECTED] == 10
