"""Counts that the engine keeps: a part taken out of a whole leaves a rate, whatever the part."""

from __future__ import annotations

import pytest

from collector.integrity.engine.counters import HitRate


def counted(hits: int, trials: int) -> HitRate:
    counter = HitRate()
    for number in range(trials):
        counter.add(number < hits)
    return counter


def test_the_rate_of_the_others_leaves_ones_own_part_out() -> None:
    assert counted(30, 100).rate_without(counted(25, 60), 0.1, 40) == pytest.approx(9 / 80)


@pytest.mark.parametrize(("hits", "trials"), [(0, 41), (60, 60), (5, 2_000)])
def test_who_has_more_than_the_whole_place_leaves_the_usual_rate(hits: int, trials: int) -> None:
    # Answers that name a store and nobody in particular are all of nobody's: 41 of them are
    # more than the one that the store has.
    assert counted(0, 1).rate_without(counted(hits, trials), 0.1, 40) == pytest.approx(0.1)
