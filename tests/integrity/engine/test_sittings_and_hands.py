"""Rows of answers from one place, and answers while the agent still stands there."""

from __future__ import annotations

import pytest

from collector.integrity.engine.combine import Verdict
from collector.integrity.engine.records import Case
from tests.integrity.engine.small_company import DAY, count, opening, own, quiet, served, verdicts

MINUTE = 60.0


def codes(found: list[Verdict]) -> set[str]:
    return {code for verdict in found for code in verdict.evidence}


def row(many: int, *, all_best: bool = True, late: bool = True, days: float = 0.0) -> list[Case]:
    """`many` customers of ten agents, one after the other on one tablet; their cases were in the
    three days before, or minutes ago; `days` apart instead of minutes.
    """
    cases = []
    for n in range(many):
        begun = 40 - (n % 3 + 1 if late else 0)
        after = (40 - begun) * DAY + n * (days * DAY or 1.5 * MINUTE) + (0 if late else 6 * MINUTE)
        cases.append(served(
            n, n % 10, begun if late else begun + n / 960, device="tablet", ip="office",
            after=after if late else 6 * MINUTE, score=5.0 if all_best else own(n),
        ))  # fmt: skip
    return cases


def test_who_goes_through_a_heap_of_open_links_is_found() -> None:
    found = verdicts(row(16))
    assert "ONE_SITTING" in codes(found)
    assert count(found)["clean"] == 0


def test_many_hands_in_a_row_are_not_one() -> None:
    assert count(verdicts(row(16, all_best=False)))["rejected"] == 0


def test_customers_who_are_still_there_do_not_wait_for_each_other() -> None:
    assert "ONE_SITTING" not in codes(verdicts(row(16, late=False)))


def test_a_place_where_one_answers_a_day_is_no_sitting() -> None:
    assert "ONE_SITTING" not in codes(verdicts(row(16, days=1.0)))


def at_the_door(many: int, agents: tuple[int, ...] = (3,), scores: float | None = 5) -> list[Case]:
    """Answers by each customer's own phone, half a minute after the case."""
    every = min(1.7, 50 / many)
    return [
        served(
            n * 20 + of, of, 5 + n * every, after=20.0 + n % 20, sent=None,
            score=own(n) if scores is None else scores, device=f"phone {of} {n}",
        )
        for n in range(many) for of in agents
    ]  # fmt: skip


@pytest.mark.parametrize("many", [1, 2, 4])
def test_a_few_quick_answers_say_nothing(many: int) -> None:
    assert "IN_HAND" not in codes(verdicts(at_the_door(many)))


@pytest.mark.parametrize("many", [12, 24, 48])
def test_far_more_quick_best_answers_than_others_get_are_seen_where_they_were_not_read(
    many: int,
) -> None:
    found = verdicts(opening(at_the_door(many), 2, 2), opening(quiet(), 8, 40))
    assert "IN_HAND" in codes(found)
    assert count(found)["clean"] == 0


@pytest.mark.parametrize("many", [12, 24, 48])
def test_far_more_quick_best_answers_of_customers_who_read_the_question_are_never_rejected(
    many: int,
) -> None:
    found = verdicts(opening(at_the_door(many), 10, 25), opening(quiet(), 8, 40))
    assert count(found)["rejected"] == 0


def test_where_everybodys_customers_are_quick_nothing_is_seen() -> None:
    assert "IN_HAND" not in codes(verdicts(at_the_door(12, tuple(range(20)))))


def test_quick_answers_of_every_kind_are_the_customers_own() -> None:
    assert count(verdicts(at_the_door(24, scores=None)))["rejected"] == 0
