"""What was published of invitations whose answer or person is erased: cleared, and a tombstone.

Inside the unit of work of the erasure (`../erase.py`, `../erase_person.py`), under the lock on the
feed's head: a row that leads to the person has been written before and is cleared here, or is made
after the erasure and says nothing of them (`row.py`). What was never published is left to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from collector.exports import pii_fields
from collector.exports.catalog import INVITATIONS
from collector.exports.invited import present
from collector.exports.invited.row import TOMBSTONE, cleared
from collector.exports.publish_time import at_least_last
from collector.model import locks
from collector.model.feed import FeedHead, InvitationRevision
from collector.model.sql.bulk import insert_all, one_of

QUIET: Final = {"synchronize_session": False}


def bury(session: Session, invitation_ids: Sequence[str], now: datetime) -> None:
    """Clear all rows of these and add a tombstone to each that has any and none yet."""
    head = locks.one(session, FeedHead, INVITATIONS.head)
    assert head is not None
    now = at_least_last(session, head, now, InvitationRevision)
    table = cast(Table, InvitationRevision.__table__)
    theirs = one_of(InvitationRevision.invitation_id, invitation_ids)
    session.execute(
        update(InvitationRevision).where(theirs).values(pii_fields.INVITATION),
        execution_options=QUIET,
    )
    rows = session.execute(
        select(InvitationRevision.number, InvitationRevision.subjects).where(theirs)
    ).all()
    if not rows:
        return
    changes = [{"at": one.number, "left": pii_fields.about(one.subjects)} for one in rows]
    session.connection().execute(
        update(table).where(table.c.number == bindparam("at")).values(subjects=bindparam("left")),
        changes,
    )
    made: list[dict[str, Any]] = []
    for _, newest in sorted(present.published(session, invitation_ids).items()):
        if newest["kind"] == TOMBSTONE:
            continue
        place = {
            "number": head.last_number + len(made) + 1,
            "revision": newest["revision"] + 1,
            "kind": TOMBSTONE,
            "published_at": now,
        }
        made.append(newest | cleared(newest) | place)
    insert_all(session, table, made)
    head.last_number += len(made)
