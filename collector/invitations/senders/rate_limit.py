"""How fast and how much a sender may send: a token bucket and a cap a day. Pure.

Used by `channel_status.py`, which keeps the state in the database so that all workers share it.
What does not fit is held, never lost: `take` says until when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

HOLD_AT_MOST: Final = timedelta(hours=1)
"""A longer queue than this is looked at again, for the limit may have been raised meanwhile."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Texts a second and segments a UTC day; None: no limit. `burst` is in seconds.

    The bucket holds what flows in between two sweeps, so that waking up only then costs no speed:
    over any stretch of T seconds at most `per_second * (T + burst)` texts are handed over.
    """

    per_second: float | None = None
    per_day: int | None = None
    burst: int = 30


@dataclass(frozen=True, slots=True)
class BudgetState:
    """What was handed over on `day`, and what the bucket held at `filled_at`."""

    day: str = ""
    segments: int = 0
    tokens: float = 0.0
    filled_at: datetime | None = None


def refreshed(account: BudgetState, limits: Limits, now: datetime) -> BudgetState:
    """The account at `now`: a new day begins at nothing spent, and the bucket has filled up."""
    today = now.astimezone(UTC).date().isoformat()
    spent = account.segments if account.day == today else 0
    if limits.per_second is None:
        return replace(account, day=today, segments=spent)
    full = max(1.0, limits.per_second * limits.burst)
    if account.filled_at is None:
        return BudgetState(today, spent, full, now)
    # A clock that was set back must not empty the bucket for as long as it was set back.
    flowed = max(0.0, (now - account.filled_at).total_seconds()) * limits.per_second
    return BudgetState(today, spent, min(full, account.tokens + flowed), now)


def take(
    account: BudgetState, limits: Limits, segments: int, now: datetime, held: int = 0
) -> tuple[BudgetState, datetime | None]:
    """Take one text of so many segments from a refreshed account; else until when it is held.

    `held` counts those that this claim has held for the rate already: each waits for a token of
    its own. A text that is longer than a whole day's cap goes out first thing on a fresh day.
    """
    if limits.per_day is not None and 0 < account.segments > limits.per_day - segments:
        return account, next_day(now)
    if limits.per_second is not None:
        if account.tokens < 1:
            missing = (1 - account.tokens + held) / limits.per_second
            return account, now + min(timedelta(seconds=missing), HOLD_AT_MOST)
        account = replace(account, tokens=account.tokens - 1)
    return replace(account, segments=account.segments + segments), None


def next_day(now: datetime) -> datetime:
    """The next midnight in UTC."""
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, UTC)
