"""How long an answer counted, as the feed shows it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.integrity import live_funnel
from benchmarks.integrity.live_funnel import FIRST, LAST, NEVER, NIGHT, SOON
from tests.factories import NOON

HOUR = 3600.0


@pytest.mark.parametrize(
    ("left", "where", "counted", "changed"),
    [
        ([(0, "clean")], NEVER, None, False),
        ([(0, "rejected")], FIRST, 0.0, False),
        ([(1, "clean"), (4, "rejected")], SOON, 3 * HOUR, True),
        ([(0, "clean"), (36, "suspect"), (60, "rejected")], NIGHT, 60 * HOUR, True),
        ([(0, "suspect"), (24 * 91, "rejected")], LAST, 24 * 91 * HOUR, True),
        # What counted again, and was rejected again, counted twice; a new row that says the same
        # ends nothing.
        ([(0, "rejected"), (5, "clean"), (7, "rejected"), (30, "rejected")], SOON, 2 * HOUR, True),
        ([(0, "rejected"), (5, "clean")], NEVER, None, True),
    ],
)  # fmt: skip
def test_it_counts_from_the_first_row_that_does_not_reject_it_to_the_one_that_does(
    left: list[tuple[int, str]], where: str, counted: float | None, changed: bool
) -> None:
    rows = [(NOON + timedelta(hours=hours), verdict) for hours, verdict in left]
    found = live_funnel._passage("begging", True, NOON, rows)
    assert (found.where, found.counted, found.changed) == (where, counted, changed)
