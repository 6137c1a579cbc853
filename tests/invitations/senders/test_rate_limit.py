"""What a sender may send: held until it fits, over days, rates and clocks that jump."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from collector.invitations.senders.rate_limit import BudgetState, Limits, next_day, refreshed, take

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_without_limits_everything_goes() -> None:
    account = refreshed(BudgetState(), Limits(), NOON)
    for _ in range(1000):
        account, until = take(account, Limits(), 3, NOON)
        assert until is None
    assert account.segments == 3000


def test_a_day_holds_so_many_segments_and_the_next_begins_anew() -> None:
    limits = Limits(per_day=10)
    account = refreshed(BudgetState(), limits, NOON)
    for _ in range(3):
        account, until = take(account, limits, 3, NOON)
        assert until is None
    held, until = take(account, limits, 2, NOON)
    assert (held, until) == (account, datetime(2026, 3, 3, tzinfo=UTC))
    assert take(account, limits, 1, NOON)[1] is None
    tomorrow = refreshed(account, limits, next_day(NOON))
    assert tomorrow.segments == 0
    assert take(tomorrow, limits, 2, next_day(NOON))[1] is None


def test_a_text_longer_than_the_cap_is_not_held_for_ever() -> None:
    account = refreshed(BudgetState(), Limits(per_day=2), NOON)
    assert take(account, Limits(per_day=2), 5, NOON)[1] is None


@pytest.mark.parametrize("rate", [0.5, 1, 7, 100])
def test_over_any_stretch_no_more_than_the_rate_and_one_burst(rate: float) -> None:
    limits = Limits(per_second=rate, burst=30)
    account, sent, now = BudgetState(), 0, NOON
    for _ in range(600):
        account = refreshed(account, limits, now)
        while (taken := take(account, limits, 1, now))[1] is None:
            account, sent = taken[0], sent + 1
        now += SECOND
    assert 600 * rate * 0.95 <= sent <= rate * (600 + 30) + 1


def test_each_held_text_waits_for_a_token_of_its_own() -> None:
    limits = Limits(per_second=2, burst=1)
    account = BudgetState(tokens=0.0, filled_at=NOON, day="2026-03-02")
    moments = [take(account, limits, 1, NOON, held)[1] for held in range(4)]
    assert moments == [NOON + SECOND * (held + 1) / 2 for held in range(4)]


def test_a_clock_that_was_set_back_neither_fills_nor_empties() -> None:
    limits = Limits(per_second=1, burst=30)
    account = refreshed(BudgetState(), limits, NOON)
    account, _ = take(account, limits, 1, NOON)
    back = refreshed(account, limits, NOON - timedelta(hours=1))
    assert back.tokens == account.tokens
    assert refreshed(back, limits, NOON).tokens == 30
