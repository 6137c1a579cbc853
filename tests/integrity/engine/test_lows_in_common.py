"""Low answers that have in common what boosting has, and honest ones that only look so."""

from __future__ import annotations

from typing import Any

import pytest

from collector.integrity.engine.combine import REJECTED
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.small_company import count, own, served, verdicts

SENTENCE = "this was the worst service that I have ever had to put up with in my life"


def lows(many: int = 10, *, score: float = 1, **common: Any) -> list[Case]:
    """One agent's, over eight weeks, each from somewhere else, hours after the case."""
    return [
        served(n, 3, 2 + 5.3 * n, after=(2 + 3 * n % 20) * HOUR, score=score,
               **{name: value(n) if callable(value) else value for name, value in common.items()})
        for n in range(many)
    ]  # fmt: skip


def elsewhere(n: int) -> str:
    return f"old number {n}"


@pytest.mark.parametrize("common", [{"comment": SENTENCE}, {"client": "Private 120"},
                                    {"ip": "one line", "net": "one line"}],
                         ids=["words", "browser", "line"])  # fmt: skip
@pytest.mark.parametrize("score", [1, 5])
def test_numbers_that_are_not_on_file_and_one_more_fact_are_one_hand_either_way(
    common: dict[str, str], score: float
) -> None:
    found = count(verdicts(lows(score=score, on_file=elsewhere, **common)))
    assert found[REJECTED] == 10


@pytest.mark.parametrize("common", [{"comment": SENTENCE}, {"client": "in fashion"},
                                    {"on_file": elsewhere}],
                         ids=["words", "browser", "numbers"])  # fmt: skip
def test_people_who_are_displeased_by_the_same_are_not_one_hand(common: dict[str, Any]) -> None:
    assert count(verdicts(lows(**common)))[REJECTED] == 0


def test_numbers_that_are_not_on_file_are_nothing_where_their_scores_are_of_every_kind() -> None:
    cases = [
        served(n, 3, 2 + 2.6 * n, score=own(n), on_file=elsewhere(n), comment=SENTENCE)
        for n in range(20)
    ]
    poor = [v for c, v in zip(cases, verdicts(cases), strict=True) if c.score <= 3]
    assert poor
    assert count(poor)[REJECTED] == 0


def test_an_agent_whom_many_dislike_is_not_attacked_at_a_kiosk() -> None:
    kiosk = [
        served(100 + n, n % 10, 2 + 0.5 * n, after=240, score=own(n), device="kiosk", ip="shop",
               net="shop", channel="in_app", seconds=200.0)
        for n in range(100) if n % 10 != 3
    ]  # fmt: skip
    disliked = [
        served(n, 3, 2 + 6 * n, after=120, score=1 + n % 3, device="kiosk", ip="shop", net="shop",
               channel="in_app", seconds=90.0)
        for n in range(9)
    ]  # fmt: skip
    assert count(verdicts([*disliked, *kiosk])[:9])[REJECTED] == 0


@pytest.mark.parametrize("many", [8, 12])
def test_a_slow_hand_is_found_from_its_first_answer_on(many: int) -> None:
    cases = [
        served(n, 3, 1 + 80 * n / many, after=9 * HOUR, score=1, device="enemy")
        for n in range(many)
    ]
    assert count(verdicts(cases))[REJECTED] == many
