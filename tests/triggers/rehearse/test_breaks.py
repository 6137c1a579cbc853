"""What a dry run of the past knows of a break of which only the end is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from collector.triggers.gates.situation import PersonContext
from collector.triggers.rehearse.recorded import Changes, as_of
from tests.triggers.making import NOON

DAY = timedelta(days=1)
UNTIL = NOON + 100 * DAY


@pytest.mark.parametrize(
    ("now", "until", "certain"),
    [
        (UNTIL - 91 * DAY, None, True),  # before either kind of break could have begun
        (UNTIL - 60 * DAY, None, False),  # a break of 90 days would have, one of 30 would not
        (UNTIL - 30 * DAY, UNTIL, True),
        (UNTIL + DAY, UNTIL, True),  # it is over, and the gate sees that
    ],
)
def test_a_break_is_known_as_far_as_its_two_lengths_allow(
    now: datetime, until: datetime | None, certain: bool
) -> None:
    known, sure = as_of(PersonContext("c-1", paused_until=UNTIL), Changes(), now)
    assert (known.paused_until, sure) == (until, certain)


def test_who_never_took_one_is_certain() -> None:
    assert as_of(PersonContext("c-1"), Changes(), NOON) == (PersonContext("c-1"), True)
