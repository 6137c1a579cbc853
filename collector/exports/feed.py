"""Reading the feed of responses: pages of committed, gap-free, numbered rows. Writes and locks
nothing.

A reader that remembers the last `number` it saw and asks for what comes after it misses nothing,
because `publish.py` gives numbers one publisher at a time. Used by the API, the demo and the KPIs.
Whole exports and pages as text read no rows here: the database writes their lines (`copying/`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from collector.exports import catalog
from collector.exports.catalog import Dataset
from collector.exports.datasets import RESPONSES
from collector.model.base import db
from collector.model.feed import FeedHead, Revision

Row = Mapping[str, Any]
PAGE = 2_000
_columns = [getattr(Revision, name) for name in dict.fromkeys(c.stored for c in RESPONSES)]


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` in order of `number`; `last` is the number to ask after next; `more` if it was cut."""

    rows: tuple[Row, ...]
    last: int
    more: bool


def page(after: int, limit: int) -> Page:
    """The first `limit` rows with a number above `after` (0: from the start)."""
    found = _rows(after, None, limit + 1)
    rows = found[:limit]
    return Page(rows, rows[-1]["number"] if rows else after, len(found) > limit)


def stream(after: int = 0, until: int | None = None) -> Iterator[Row]:
    """Every row after `after` up to the newest of this moment (or `until`), a page in memory."""
    last = last_number() if until is None else until
    while rows := _rows(after, last, PAGE):
        yield from rows
        after = rows[-1]["number"]


def last_number(dataset: Dataset = catalog.RESPONSES) -> int:
    """The newest number given so far; 0 for an empty feed."""
    wanted = select(FeedHead.last_number).where(FeedHead.id == dataset.head)
    number = db.session.execute(wanted).scalar_one()
    db.session.rollback()  # a read must not hold a transaction open while a file is written
    return number


def _rows(after: int, until: int | None, limit: int) -> tuple[Row, ...]:
    query = select(*_columns).where(Revision.number > after).order_by(Revision.number).limit(limit)
    if until is not None:
        query = query.where(Revision.number <= until)
    rows = tuple(row._asdict() for row in db.session.execute(query))
    db.session.rollback()
    return rows
