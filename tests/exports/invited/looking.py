"""The feed of invitations as tests look at it: published up to a moment, newest rows, all rows."""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from collector import clock
from collector.exports.catalog import INVITATIONS
from collector.exports.copying import write
from collector.exports.cut import Cut
from collector.exports.feed import last_number
from collector.exports.invited import present, publish
from collector.exports.invited.row import differs, row
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.model.sql.source import of_app
from tests.factories import NOON

Row = dict[str, Any]


def publish_all(at: datetime = NOON) -> int:
    """Publish what there is at this moment; how many were looked at."""
    db.session.commit()
    with clock.at(at):
        handled = 0
        while done := publish.run_batch():
            handled += done
    assert publish.backlog() == 0
    return handled


def rows(*, current: bool = False) -> list[Row]:
    """As a reader gets them."""
    db.session.rollback()
    out = io.BytesIO()
    wanted = Cut(
        0, last_number(INVITATIONS), INVITATIONS.columns, current, dataset=INVITATIONS
    )  # fmt: skip
    write.write(of_app(), "ndjson", out, wanted)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def newest() -> dict[str, Row]:
    """The row that holds, by invitation."""
    return {one["invitation_id"]: one for one in rows(current=True)}


def behind(at: datetime) -> list[str]:
    """Invitations of which the feed does not say what is true, whatever the marks say."""
    ids = list(db.session.scalars(select(Invitation.id)))
    session = db.session()
    attempts, opened = present.attempts(session, ids), present.opened(session, ids)
    before = present.published(session, ids)
    found = [
        one.invitation_id
        for one in present.asked(session, ids)
        if differs(
            row(
                one, attempts.get(one.invitation_id, ()), opened.get(one.invitation_id),
                before.get(one.invitation_id), at,
            ),
            before.get(one.invitation_id),
        )
    ]  # fmt: skip
    db.session.rollback()
    return found
