"""The feed of invitations: what changed of any is a numbered revision, one publisher at a time.

Whatever writes an invitation, one of its messages or its response takes the mark `exported` off
that row, in the same statement (`model/base.py`). This stage takes rows without it, sets it, and
only then reads what is true: a change that commits later takes the mark off again, so none is lost;
one that says nothing new makes no row. It waits for nobody's rows, and numbers are given under the
lock on the feed's head, so a reader that remembers one misses nothing. Found by the worker's sweep:
no bell, since nobody waits for a denominator. Next: `row.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, func, select, union, update
from sqlalchemy.orm import Session

from collector import clock
from collector.exports.catalog import INVITATIONS
from collector.exports.invited import present
from collector.exports.invited.row import INVITATION, TOMBSTONE, Asked, differs, row
from collector.exports.publish_time import at_least_last
from collector.model import batches, locks
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.feed import FeedHead, InvitationRevision
from collector.model.invitations import Invitation, Message
from collector.model.sql.bulk import insert_all, one_of
from collector.model.transaction import transaction

STAGE = "publish_invitations"
QUIET: Final = {"synchronize_session": False}
# What a row of the feed is made of, and by what each names its invitation; in the order of locks.
MARKED: Final[tuple[tuple[Any, Any], ...]] = (
    (Invitation, Invitation.id),
    (Message, Message.invitation_id),
    (Response, Response.invitation_id),
)


def run_batch(limit: int = 100) -> int:
    """Look at up to `limit` invitations of which something was written. Returns how many."""
    return batches.run(STAGE, limit, _publish)


@transaction
def _publish(limit: int, rows: Rows) -> int:
    with unit_of_work() as work:
        session = work.session
        wanted = _untaken(session, limit, rows)
        rows.took(wanted)
        about, taken = _take(session, wanted)
        if not any(taken.values()):
            return 0
        head = locks.one(session, FeedHead, INVITATIONS.head)
        assert head is not None
        now = at_least_last(session, head, clock.now(), InvitationRevision)
        for kind, found in taken.items():
            if found:
                marked = update(kind).where(one_of(kind.id, found)).values(exported=True)
                session.execute(marked, execution_options=QUIET)
        made = _news(session, about, head.last_number, now)
        insert_all(session, cast(Table, InvitationRevision.__table__), made)
        head.last_number += len(made)
        work.commit()
        return len(about)


def backlog() -> int:
    """Of how many invitations something was written that was not looked at yet."""
    untaken = union(
        *(
            select(about.label("about")).where(~kind.exported, batches.free(STAGE, about))
            for kind, about in MARKED
        )
    ).subquery()
    count = db.session.execute(select(func.count()).select_from(untaken)).scalar_one()
    db.session.rollback()
    return count


def _untaken(session: Session, limit: int, rows: Rows) -> list[str]:
    """Ids of the first invitations of which something was written."""
    found: set[str] = set()
    for kind, about in MARKED:
        wanted = select(about).where(~kind.exported, rows.among(about)).order_by(about)
        found.update(session.scalars(wanted.distinct().limit(limit)))
    return sorted(found)[:limit]


def _take(session: Session, wanted: Sequence[str]) -> tuple[list[str], dict[Any, list[str]]]:
    """Those invitations that nobody holds, locked, and by table the rows of theirs without a mark.

    An invitation is locked even where only a message of it changed: its row in the feed refers to
    it, and whoever holds it to erase it waits for the head. What somebody holds stays for later.
    """
    if not wanted:
        return [], {}
    chosen = select(Invitation.id, Invitation.exported).where(one_of(Invitation.id, wanted))
    held = locks.rows(session, Invitation, chosen.order_by(Invitation.id), skip=True)
    ids = [one.id for one in held]
    taken: dict[Any, list[str]] = {Invitation: [one.id for one in held if not one.exported]}
    for kind, about in MARKED[1:] if ids else ():
        theirs = select(kind.id).where(one_of(about, ids), ~kind.exported).order_by(kind.id)
        taken[kind] = [one[0] for one in locks.rows(session, kind, theirs, skip=True)]
    return ids, taken


def _news(
    session: Session, about: Sequence[str], last_number: int, now: datetime
) -> list[dict[str, Any]]:
    """Rows of those that are not as they were published last."""
    attempts = present.attempts(session, about)
    opened = present.opened(session, about)
    before = present.published(session, about)
    made: list[dict[str, Any]] = []
    for one in present.asked(session, about):
        id = one.invitation_id
        last = before.get(id)
        said = row(one, attempts.get(id, ()), opened.get(id), last, now)
        if differs(said, last):
            nth = last["revision"] + 1 if last else 1
            made.append(said | _place(one, last_number + len(made) + 1, nth, now))
    return made


def _place(one: Asked, number: int, nth: int, now: datetime) -> dict[str, Any]:
    kind = TOMBSTONE if one.erased and nth > 1 else INVITATION
    return {"number": number, "revision": nth, "kind": kind, "published_at": now}
