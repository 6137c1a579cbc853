"""The texts that no question could take, for somebody to read; and the word that somebody had.

Used by `collector texts` and `GET /v1/texts`. What came from where is in `text_ledger.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from collector import clock
from collector.errors import NotFound
from collector.model.answers import IncomingText
from collector.model.base import unit_of_work
from collector.model.sql import paging
from collector.model.transaction import transaction


@dataclass(frozen=True, slots=True)
class Unplaced:
    """One text. `number` ends in its last four digits; `about` is the question that was closed."""

    id: str
    at: datetime
    number: str
    words: str
    kind: str
    about: str | None
    seen_at: datetime | None


def page(before: str = "", limit: int = paging.USUAL, everything: bool = False) -> list[Unplaced]:
    """The newest first; those that somebody has seen only where `everything` is asked for."""
    wanted: list[Any] = [~IncomingText.placed]
    if not everything:
        wanted.append(IncomingText.seen_at.is_(None))
    rows = paging.newest(IncomingText, *wanted, before=before, limit=limit)
    return [
        Unplaced(
            row.id, row.received_at, f"…{row.number[-4:]}", row.body, row.kind or "not dealt with",
            row.invitation_id, row.seen_at,
        )
        for row in rows
    ]  # fmt: skip


@transaction
def seen(text_id: str) -> None:
    """Somebody has read this one. Raises NotFound (`unknown_text`). Twice is the same as once."""
    with unit_of_work() as work:
        known = work.session.scalar(select(IncomingText.id).where(IncomingText.id == text_id))
        if known is None:
            raise NotFound("There is no such text; `collector texts list` has them.",
                           code="unknown_text")  # fmt: skip
        work.session.execute(
            update(IncomingText)
            .where(IncomingText.id == text_id, IncomingText.seen_at.is_(None))
            .values(seen_at=clock.now())
        )
        work.commit()
