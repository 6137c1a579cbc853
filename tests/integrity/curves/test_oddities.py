"""Honest oddities far beyond any world: the bar holds at every point, not on average."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.integrity.curves.oddities import SWEEPS, point
from tests.how_much import FULL

MOST = 0.005
# The far end of each sweep, and its middle; every point with COLLECTOR_TEST_FULL=1.
POINTS = [
    pytest.param(habits, id=f"{name}, {list(habits.values())[-1]}")
    for name, sweep in SWEEPS.items()
    for habits in (sweep if FULL else (sweep[len(sweep) // 2], sweep[-1]))
]


@pytest.mark.parametrize("habits", POINTS)
def test_an_oddity_of_the_honest_is_not_held_against_them(habits: dict[str, Any]) -> None:
    for seed in (1, 2, 3) if FULL else (1,):
        judged = point(seed, **habits)
        assert judged.wrong_share <= MOST, judged.by_group()
