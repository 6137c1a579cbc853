"""What is known of how a person was asked and what they answered, as figures. Pure.

`Ask` is one earlier invitation; `person_loader.py` loads them for a whole batch. Conditions see the
figures as `history.…`, the gates count in the same asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from collector.rules.history_names import COUNTS

DAY = timedelta(days=1)
PATIENCE = 7 * DAY
"""After this long (or when it lapsed) an ask without an answer counts as ignored."""


@dataclass(frozen=True, slots=True)
class PastInvitation:
    """One earlier invitation: which survey, planned or gone out when, what came back.

    `channels` are those it may use. `own` is False for one of somebody else who shares a contact
    point: it keeps this person from being pestered, but it is not their history.
    """

    survey_key: str
    at: datetime
    metric: str = ""
    sent: bool = False
    closes_at: datetime | None = None
    answered_at: datetime | None = None
    score: int | None = None
    channels: tuple[str, ...] = ()
    own: bool = True

    def ignored(self, now: datetime) -> bool:
        """Did it go out long enough ago, with nothing coming back?"""
        if not self.sent or self.answered_at is not None:
            return False
        until = self.at + PATIENCE
        return now >= (until if self.closes_at is None else min(until, self.closes_at))


NEVER_ASKED = dict.fromkeys((*COUNTS, "asked_total", "answered_total", "ignored_in_a_row"), 0)


def ignored_in_a_row(asks: Iterable[PastInvitation], now: datetime) -> int:
    """How many asks were ignored since the last answer. Asks that are still open do not count."""
    row = 0
    for ask in sorted((one for one in asks if one.own), key=lambda one: one.at, reverse=True):
        if ask.answered_at is not None:
            break
        row += ask.ignored(now)
    return row


def figures(asks: Sequence[PastInvitation], now: datetime) -> dict[str, Any]:
    """The figures by name, without `history.`; what nobody can know (a score that was never given)
    is left out."""
    if not asks:
        return dict(NEVER_ASKED)
    own = sorted((one for one in asks if one.own), key=lambda one: one.at)
    answered = sorted(
        (one for one in own if one.answered_at is not None), key=lambda one: one.answered_at or now
    )
    ignored = sum(one.ignored(now) for one in own)
    found: dict[str, Any] = {
        name: sum(now - one.at < days * DAY for one in own) for name, days in COUNTS.items()
    }
    found["asked_total"] = len(own)
    found["answered_total"] = len(answered)
    found["ignored_in_a_row"] = ignored_in_a_row(own, now)
    if own:
        found["last_asked_days"] = max((now - own[-1].at) // DAY, 0)
    if answered:
        found["last_answered_days"] = max((now - (answered[-1].answered_at or now)) // DAY, 0)
    if answered or ignored:
        found["answered_share"] = len(answered) / (len(answered) + ignored)
    for one in answered:
        if one.score is not None:
            found[f"last_score.{one.metric}"] = one.score
    return found
