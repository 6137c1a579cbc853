"""When a row enters the feed: now, but never before the row that stands below it.

So times grow with numbers whatever the clocks of several servers say, and a window of time is a
window of numbers (`window.py`). Called by whoever writes a row, under the lock on the feed's head.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.feed import FeedHead, InvitationRevision, Revision


def at_least_last(
    session: Session,
    head: FeedHead,
    now: datetime,
    kind: type[Revision] | type[InvitationRevision] = Revision,
) -> datetime:
    """`now`, or the time of the newest row where that is later. `kind`: the rows `head` numbers."""
    last = session.scalar(select(kind.published_at).where(kind.number == head.last_number))
    return now if last is None else max(now, last)
