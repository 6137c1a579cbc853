"""What came back and led to nothing is kept to look at, and counted: never dropped in silence.

Written by `bounces.py` and the web callback; listed by `collector bounces --unread` and counted in
`/metrics`. Kept is the shape without addresses, for thirty days, the newest five hundred.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import delete, func, select

from channels.email import outline
from collector import clock
from collector.model.base import db, unit_of_work
from collector.model.ids import derived_id
from collector.model.senders import Unread
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction

KEPT_FOR: Final = timedelta(days=30)
MOST: Final = 500
NO_REPORT, NOT_OURS, NO_MEANING = "no_report", "not_ours", "not_understood"
KINDS: Final = (NO_REPORT, NOT_OURS, NO_MEANING)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class UnreadReport:
    """One shape of report that led to nothing."""

    id: str
    why: str
    times: int
    first_at: datetime
    last_at: datetime
    outline: str


def keep(raw: bytes, why: str) -> None:
    """Keep the shape of this mail or event."""
    _keep(hashlib.sha256(why.encode() + raw).hexdigest(), why, outline.of(raw))


@transaction
def _keep(digest: str, why: str, shape: str) -> None:
    with unit_of_work() as work:
        now = clock.now()
        row = Unread.__table__.c
        work.session.execute(
            upsert(Unread)
            .values(
                id=derived_id("unr", now, digest), digest=digest, why=why, outline=shape, times=1,
                first_at=now, last_at=now,
            )
            .on_conflict_do_update(
                index_elements=["digest"], set_={"times": row.times + 1, "last_at": now}
            )
        )  # fmt: skip
        work.session.execute(delete(Unread).where(Unread.last_at < now - KEPT_FOR))
        oldest = select(Unread.id).order_by(Unread.last_at.desc(), Unread.id).offset(MOST)
        work.session.execute(delete(Unread).where(Unread.id.in_(oldest.scalar_subquery())))
        work.commit()
    log.warning("mail_report_unread", why=why)


def listed(limit: int = 50) -> list[UnreadReport]:
    """The newest first. Reads only."""
    rows: Iterable[Unread] = db.session.scalars(
        select(Unread).order_by(Unread.last_at.desc(), Unread.id.desc()).limit(limit)
    )
    return [
        UnreadReport(row.id, row.why, row.times, row.first_at, row.last_at, row.outline)
        for row in rows
    ]


def counted() -> dict[str, int]:
    """How many came of each kind, as far as they are kept."""
    found = db.session.execute(select(Unread.why, func.sum(Unread.times)).group_by(Unread.why))
    return {why: int(times) for why, times in found}
