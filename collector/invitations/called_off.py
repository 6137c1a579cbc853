"""Calls off one invitation that waits, as it stands: cancelled, or left as the ask that it was.

An ask that went out before is no cancelled one because its reminder or next channel still waited:
the person has it, and may answer it. Helper without a commit, for rows that the caller has locked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from collector.model import states
from collector.model.moves import move


class Waits(Protocol):
    """An invitation, or what a claim read of one."""

    status: str
    next_at: datetime | None
    sent_at: datetime | None


def call_off(row: Waits) -> bool:
    """Nothing more goes out for this one. True if it is cancelled, False if it went out before."""
    row.next_at = None
    if row.sent_at is not None:
        move(row, states.REST)
        return False
    move(row, states.CANCEL)
    return True
