"""What follows an ask that nobody answered: the next channel, one reminder, or nothing. Pure.

Used by `claims` (when to look again) and `follow` (what to do then). Falling back by time is only
for the product's own inbox, where we can tell that nobody saw it; a text or a mail that was handed
over may have been read, so what follows it is the one reminder on the same channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from collector.rules.timing import Timing

INAPP: Final = "inapp"
Move = Literal["fall_back", "remind", "nothing"]


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """How an ask stands. `seen`: the person closed it in the product; `stopped`: said no since."""

    channels: Sequence[str]
    step: int
    reminded: bool
    answered: bool = False
    seen: bool = False
    stopped: bool = False

    @property
    def channel(self) -> str:
        return self.channels[self.step]

    @property
    def more(self) -> bool:
        return self.step + 1 < len(self.channels)


def look_again_at(
    timing: Timing, asked: SentInvitation, sent_at: datetime, lapses_at: datetime
) -> datetime | None:
    """When to look at an ask that goes out now; None where nothing can follow it."""
    if asked.channel == INAPP:
        after = timing.fallback_after if asked.more else None
    else:
        after = None if asked.reminded else timing.reminder_after
    if after is None or sent_at + after >= lapses_at:
        return None
    return sent_at + after


def move(timing: Timing, asked: SentInvitation) -> Move:
    """What to do with an ask that is looked at again. Any answer and any no end it."""
    if asked.answered or asked.stopped:
        return "nothing"
    if asked.channel == INAPP:
        follows = timing.fallback_after is not None and asked.more and not asked.seen
        return "fall_back" if follows else "nothing"
    return "remind" if timing.reminder_after is not None and not asked.reminded else "nothing"
