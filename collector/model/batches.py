"""Runs a stage's batch; a row over which it falls is set apart, with the reason, and the rest done.

A batch is one transaction, so one row that raises undoes it for all. Then each row is run alone,
and the one that raises is noted (`SetApart`): no batch takes it any more, it is tried again alone
after a while, and after five tries it waits for a person (`collector set-apart`, `/readyz`). The
row itself is left as it is: nothing is lost, and nothing is written about it that did not happen.
Of what has an order (the log of evidence, the feed), a row set apart simply has not come yet; it
gets its place when it is released.

No row is to blame where the database is away, where its tables lack something, or where no row of
a long batch can be done: such an error is raised, and nothing is set apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import structlog
from sqlalchemy import ColumnElement, delete, exists, func, select

from collector import clock, logs, scrub
from collector.errors import NotFound
from collector.model.base import db, unit_of_work
from collector.model.locks import OutOfOrder
from collector.model.set_apart import SetApart
from collector.model.sql import faults
from collector.model.sql.bulk import one_of
from collector.model.transaction import transaction

TRIES: Final = 5
RETRY_AFTER: Final = timedelta(seconds=30)  # twice as long after each further try
STALE: Final = timedelta(days=1)  # what was not due again by then is no longer in the way
MANY: Final = 10  # rows of one batch that fail before any is done: then it is not the rows
Item = TypeVar("Item")
log = structlog.get_logger()


@dataclass(slots=True)
class Rows:
    """Which rows one run may take, and which it took: what it says first, it can be asked later."""

    stage: str
    only: str | None = None
    taken: list[str] = field(default_factory=list)

    def among(self, column: Any) -> ColumnElement[bool]:
        """For the query that takes rows; `column` is the id by which this stage notes them."""
        if self.only is not None:
            return column == self.only  # type: ignore[no-any-return]
        return free(self.stage, column)

    def took(self, ids: Sequence[str]) -> None:
        """Before anything is done with them."""
        self.taken = list(ids)


Batch = Callable[[int, Rows], int]


def free(stage: str, column: Any) -> ColumnElement[bool]:
    """Rows that this stage has not fallen over."""
    return ~exists().where(SetApart.stage == stage, SetApart.row_id == column)


def ready(stage: str, column: Any, now: datetime) -> ColumnElement[bool]:
    """The same, with those whose next try has come: for stages that take each row alone anyway."""
    held = exists().where(
        SetApart.stage == stage,
        SetApart.row_id == column,
        SetApart.set_apart_at.is_not(None) | (SetApart.retry_at > now),
    )
    return ~held


def run(stage: str, limit: int, batch: Batch, *, again: bool = True, clear: bool = True) -> int:
    """Run `batch(limit, rows)`, one transaction; returns how many rows were dealt with.

    `again`: first those whose next try has come. `clear`: with this step they are done, and their
    notes go; else whoever does the last step calls `done`.
    """
    handled = _again(stage, batch, clear) if again else 0
    rows = Rows(stage)
    try:
        return handled + batch(limit, rows)
    except Exception as error:
        if not (rows.taken and of_a_row(error)):
            raise
        logs.failure("batch_failed", error, stage=stage, rows=len(rows.taken))
    return handled + _one_by_one(stage, rows.taken, lambda id: batch(1, Rows(stage, id)))


def apart(
    stage: str,
    items: Sequence[Item],
    key: Callable[[Item], str],
    do: Callable[[Sequence[Item]], object],
) -> None:
    """`do(items)` in one transaction; where that fails, each alone, and what fails is noted."""
    try:
        do(items)
        return
    except Exception as error:
        if not of_a_row(error):
            raise
        logs.failure("batch_failed", error, stage=stage, rows=len(items))
    for item in items:
        guarded(stage, key(item), lambda item=item: do([item]))  # type: ignore[misc]


def guarded(stage: str, row_id: str, do: Callable[[], Item]) -> Item | None:
    """`do()` for one row; None where it raises, which is noted."""
    try:
        return do()
    except Exception as error:
        blame(stage, row_id, error)
        return None


def blame(stage: str, row_id: str, error: Exception) -> None:
    """Note the row for this; raises `error` itself where no row can be to blame."""
    if not of_a_row(error):
        raise error
    note(stage, row_id, error)


def of_a_row(error: BaseException) -> bool:
    """May a row be to blame for this?"""
    if isinstance(error, MemoryError | OutOfOrder):
        return False
    return not (faults.away(error) or faults.of_schema(error))


def suspects(stage: str) -> list[str]:
    """Rows that are to be tried again now, each alone."""
    found = db.session.scalars(
        select(SetApart.row_id)
        .where(
            SetApart.stage == stage,
            SetApart.set_apart_at.is_(None),
            SetApart.retry_at <= clock.now(),
        )
        .order_by(SetApart.retry_at, SetApart.row_id)
    ).all()
    db.session.rollback()
    return list(found)


@transaction
def note(stage: str, row_id: str, error: BaseException) -> None:
    """Count one more try that failed; the fifth sets the row apart."""
    now = clock.now()
    with unit_of_work() as work:
        row = work.session.get(SetApart, (stage, row_id))
        if row is None:
            row = SetApart(stage=stage, row_id=row_id, tries=0, first_at=now)
            work.session.add(row)
        row.tries += 1
        row.reason, row.last_at = _reason(error), now
        row.retry_at = now + RETRY_AFTER * 2 ** (row.tries - 1)
        if row.tries >= TRIES:
            row.set_apart_at = now
        event = "row_failed" if row.set_apart_at is None else "row_set_apart"
        tries = row.tries
        work.commit()
    logs.failure(event, error, stage=stage, row=row_id, tries=tries)


def clearing(stage: str, row_ids: Sequence[str]) -> Any:
    """The statement that forgets these notes, for a stage's last step to run in its own unit."""
    return delete(SetApart).where(SetApart.stage == stage, one_of(SetApart.row_id, row_ids))


@transaction
def done(stage: str, row_id: str) -> None:
    """The row was dealt with after all."""
    with unit_of_work() as work:
        work.session.execute(clearing(stage, [row_id]))
        work.commit()


def counted() -> dict[str, int]:
    """How many rows wait for a person, by stage; stages without any are left out."""
    count = (
        select(SetApart.stage, func.count().label("number"))
        .where(SetApart.set_apart_at.is_not(None))
        .group_by(SetApart.stage)
        .order_by(SetApart.stage)
    )
    return {row.stage: row.number for row in db.session.execute(count)}


def listed(limit: int) -> list[SetApart]:
    """The rows that were set apart and those that are being tried again, the newest first."""
    newest = select(SetApart).order_by(SetApart.last_at.desc(), SetApart.stage, SetApart.row_id)
    return list(db.session.scalars(newest.limit(limit)))


@transaction
def release(stage: str, row_id: str | None = None) -> list[str]:
    """Let this row of a stage, or all that are set apart, be tried again; returns their ids.

    Raises NotFound for a row that is not here. They have five tries again.
    """
    now = clock.now()
    with unit_of_work() as work:
        wanted = select(SetApart).where(SetApart.stage == stage)
        wanted = (
            wanted.where(SetApart.set_apart_at.is_not(None))
            if row_id is None
            else wanted.where(SetApart.row_id == row_id)
        )
        found = list(work.session.scalars(wanted.order_by(SetApart.row_id)))
        if row_id is not None and not found:
            raise NotFound("No such row is set apart; `collector set-apart list` shows them.")
        for row in found:
            row.tries, row.retry_at, row.set_apart_at = 0, now, None
        ids = [row.row_id for row in found]
        work.ring(stage)
        work.commit()
    log.info("rows_released", stage=stage, rows=len(ids))
    return ids


def _again(stage: str, batch: Batch, clear: bool) -> int:
    handled = 0
    for row_id in suspects(stage):
        dealt = guarded(stage, row_id, lambda id=row_id: batch(1, Rows(stage, id)))  # type: ignore[misc]
        if dealt and clear:
            done(stage, row_id)
        elif dealt == 0:
            _forget_if_stale(stage, row_id)
        handled += dealt or 0
    return handled


@transaction
def _forget_if_stale(stage: str, row_id: str) -> None:
    """It is not due any more, or somebody else is at it; after a day that was the end of it."""
    with unit_of_work() as work:
        old = SetApart.last_at <= clock.now() - STALE
        work.session.execute(clearing(stage, [row_id]).where(old))
        work.commit()


def _one_by_one(stage: str, ids: Sequence[str], one: Callable[[str], int]) -> int:
    handled = 0
    failed: list[tuple[str, Exception]] = []
    for row_id in ids:
        try:
            handled += one(row_id)
        except Exception as error:
            failed.append((row_id, error))
            if not of_a_row(error) or (len(failed) >= MANY and not handled):
                raise
    for row_id, why in failed:
        note(stage, row_id, why)
    return handled + len(failed)


def _reason(error: BaseException) -> str:
    where = scrub.described(error)["trace"]
    return f"{scrub.said(error)} at {where[-1]}" if where else scrub.said(error)
