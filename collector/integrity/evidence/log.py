"""The log of evidence: appended to under the lock on its head, read in order. No deciding.

Used by the verbs, the engine cache, the dump and the eraser. Next: `engine_cache.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector.integrity.engine.running_statistics import DAY
from collector.model import locks
from collector.model.integrity import IntegrityHead, LogEntry
from collector.model.sql.bulk import insert_all, upsert

ANSWER, SET_ASIDE, SIGNAL, CASES = "answer", "set_aside", "signal", "cases"
PAGE = 5_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `heard` in seconds since 1970. `id` names an answer in the engine and the dump."""

    number: int
    heard: float
    kind: str
    ref: str
    version: int
    body: Mapping[str, Any]

    @property
    def id(self) -> str:
        return answer_id(self.ref, self.version)


def answer_id(response_id: str, version: int) -> str:
    """How one version of a response is called where each is an answer of its own."""
    return f"{response_id}.{version}"


def response_of(id: str) -> str:
    """The response of which `answer_id` made this."""
    return id.rpartition(".")[0]


def head(session: Session) -> IntegrityHead:
    """The head, locked until the unit of work ends; made where it is not there yet."""
    found = locks.one(session, IntegrityHead, 1)
    if found is None:
        table = IntegrityHead.__table__
        session.execute(
            upsert(table)
            .values(id=1, last_number=0, concluded_number=0, checks="")
            .on_conflict_do_nothing()
        )
        found = locks.one(session, IntegrityHead, 1)
        assert found is not None
    return found


def moment(head: IntegrityHead, now: datetime) -> datetime:
    """When what is written now is heard: whole milliseconds, never before what was heard."""
    whole = now.replace(microsecond=now.microsecond // 1000 * 1000)
    return max(at for at in (whole, head.heard_at, head.night) if at is not None)


def entry(
    head: IntegrityHead, heard_at: datetime, kind: str, ref: str, version: int,
    body: Mapping[str, Any],
) -> Entry:  # fmt: skip
    """The next entry; `append` writes it. The first one says from when on nights are counted."""
    head.last_number += 1
    head.heard_at = heard_at
    if head.night is None:
        head.night = head.concluded_night = midnight(heard_at)
    return Entry(head.last_number, heard_at.timestamp(), kind, ref, version, body)


def append(session: Session, made: Sequence[Entry]) -> None:
    """Write these entries, all of them or none."""
    rows = [
        {
            "number": one.number, "heard_at": moment_of(one.heard), "kind": one.kind,
            "ref": one.ref, "version": one.version, "body": dict(one.body), "erased": False,
        }
        for one in made
    ]  # fmt: skip
    insert_all(session, LogEntry.__table__, rows)


def entries(session: Session, after: int, until: int) -> Iterator[Entry]:
    """The entries after `after` up to `until`, in order, a page in memory."""
    for page in pages(session, after, until):
        yield from page


def pages(session: Session, after: int, until: int) -> Iterator[list[Entry]]:
    """The same, a page at a time. Nothing of a page is open when the next one is asked for."""
    columns = (
        LogEntry.number, LogEntry.heard_at, LogEntry.kind, LogEntry.ref, LogEntry.version,
        LogEntry.body,
    )  # fmt: skip
    while after < until:
        rows = session.execute(
            select(*columns)
            .where(LogEntry.number > after, LogEntry.number <= until)
            .order_by(LogEntry.number)
            .limit(PAGE)
        ).all()
        if not rows:
            return
        yield [
            Entry(number, heard_at.timestamp(), kind, ref, version, body)
            for number, heard_at, kind, ref, version, body in rows
        ]
        after = rows[-1].number


def last_number(session: Session) -> int:
    """Up to where the log is committed, read without its lock."""
    return session.scalar(select(IntegrityHead.last_number).where(IntegrityHead.id == 1)) or 0


def erased(session: Session) -> int:
    """How many entries somebody took back: a cache that knows of fewer begins again."""
    return session.scalar(select(func.count()).where(LogEntry.erased)) or 0


def midnight(at: datetime) -> datetime:
    """The midnight (UTC) before."""
    return moment_of(math.floor(at.timestamp() / DAY) * DAY)


def moment_of(seconds: float) -> datetime:
    """Seconds since 1970 as an aware time."""
    return EPOCH + timedelta(seconds=seconds)
