"""When answers come from a shared thing: graded, by how many, and silent where nothing is known."""

from __future__ import annotations

from itertools import pairwise

import pytest

from collector.integrity.engine.presence import MOST, Presence, presence
from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.engine.usage_index import SubjectCounts
from tests.integrity.engine.conftest import HOUR, answer


def stats(soon: int = 20, of: int = 100) -> RunningStatistics:
    """A company in which so many answers come on the spot."""
    found = RunningStatistics()
    found.soon.hits, found.soon.trials = soon, of
    return found


def there(soon: int, later: int, unknown: int = 0, staged: int = 0) -> SubjectCounts:
    counts = SubjectCounts()
    counts.soon, counts.later, counts.unknown = soon, later, unknown
    counts.best = counts.customers = soon + later + unknown + staged
    return counts


def weigh(*given: int, company: RunningStatistics | None = None) -> Presence:
    return presence(company or stats(), [there(*given)])


@pytest.mark.parametrize("customers", [6, 12, 24, 100, 5000])
def test_every_answer_that_comes_later_weighs_a_little_more(customers: int) -> None:
    steps = [weigh(customers - later, later).log_odds
             for later in range(0, customers + 1, max(customers // 24, 1))]  # fmt: skip
    assert steps[0] < 0 < steps[-1]
    assert all(b > a - 0.3 for a, b in pairwise(steps))
    assert all(abs(step) <= MOST for step in steps)
    assert all(abs(b - a) < 1.3 for a, b in pairwise(steps))


def test_of_three_customers_nearly_nothing_can_be_said() -> None:
    assert all(abs(weigh(3 - later, later).log_odds) < 0.5 for later in range(4))


def test_the_more_customers_the_more_it_says() -> None:
    late = [weigh(0, customers).log_odds for customers in (4, 6, 8, 12, 24)]
    spot = [weigh(customers, 0).log_odds for customers in (4, 6, 8, 12, 24)]
    assert late == sorted(late)
    assert spot == sorted(spot, reverse=True)


def test_where_nobody_answers_on_the_spot_later_says_nothing() -> None:
    assert weigh(0, 24, company=stats(2, 100)).log_odds == 0.0
    assert weigh(24, 0, company=stats(2, 100)).log_odds < 0


def test_what_is_not_known_says_nothing_and_sessions_that_look_made_up_are_no_counter() -> None:
    unknown, staged = weigh(0, 0, 24), weigh(0, 0, 0, 24)
    assert unknown.log_odds == staged.log_odds == 0.0
    assert (round(unknown.counter, 1), staged.counter) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("since_case", "since_asked", "worked", "soon"),
    [
        (900.0, 300.0, 0.0, True), (5 * HOUR, 4.9 * HOUR, 0.0, False),
        (5 * HOUR, 4.9 * HOUR, 4.5 * HOUR, True),  # dated by its beginning
        (26 * HOUR, 600.0, 0.0, None),  # asked on fetching the car
        (None, 600.0, 0.0, None), (26 * HOUR, None, 0.0, False),
    ],
)  # fmt: skip
def test_what_counts_as_still_being_there(
    since_case: float | None, since_asked: float | None, worked: float, soon: bool | None
) -> None:
    at = 1e9
    case = answer(
        1, answered=at, seconds=worked,
        occurred=None if since_case is None else at - since_case,
        sent=None if since_asked is None else at - since_asked,
    )  # fmt: skip
    assert case.soon is soon
