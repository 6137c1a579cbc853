"""Three due rows for every task, as `test_set_apart.py` needs them: which, how to spoil one, when
it counts as done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select

from collector import clock
from collector.answers import fold
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.events import Event
from collector.model.feed import InvitationRevision, Revision
from collector.model.invitations import Invitation, Message
from collector.model.verdicts import Verdict
from tests import factories
from tests.factories import NOON

COUNT = 3
PAST, MINUTE = NOON - timedelta(minutes=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Queue:
    """`make` gives the ids of three due rows, as the task notes them; the write to `table` where
    `column` is that id is what the task cannot do without."""

    make: Callable[[], list[str]]
    table: str
    column: str
    is_done: Callable[[str], bool]
    action: str = "UPDATE"


def _each(make: Callable[[], Any]) -> Callable[[], list[str]]:
    def run() -> list[str]:
        ids = [make() for _ in range(COUNT)]
        db.session.commit()
        return ids

    return run


def _event() -> str:
    return factories.event(db.session, factories.person(db.session).id, status="new").id


def _overdue() -> str:
    return factories.invitation(db.session, lapses_at=PAST).id


def _unanswered() -> str:
    return factories.sent_invitation(db.session, next_at=PAST).id


def _due() -> str:
    quiet = {"quiet_hours": {"sms": "none", "email": "none"}}
    return factories.invitation(db.session, channels=["inapp"], rule_definition=quiet).id


def _abandoned() -> str:
    of = factories.invitation(db.session, status="sending")
    row = Message(
        id=of.id.replace("inv_", "msg_"), invitation_id=of.id, channel="sms", attempt=1,
        address="+14155550000", status="claimed", text_digest="", claimed_at=PAST,
    )  # fmt: skip
    db.session.add(row)
    return row.id


def _tapped() -> str:
    of = factories.sent_invitation(db.session)
    factories.tap(db.session, of.id, 5)
    return of.id


def _unsettled() -> list[str]:
    ids = []
    for _ in range(COUNT):
        of = factories.sent_invitation(db.session)
        factories.tap(db.session, of.id, 5, kind="provisional")
        ids.append(of.id)
    db.session.commit()
    with clock.at(NOON + 2 * MINUTE):
        fold.run_batch()
    return ids


def answered(**changes: Any) -> str:
    of = factories.sent_invitation(db.session)
    factories.tap(db.session, of.id, 5)
    return factories.response(db.session, of, **changes).id


def _asked() -> str:
    return factories.sent_invitation(db.session).id


def _judged() -> str:
    id = answered(needs_verdict=False)
    factories.verdict(db.session, id)
    return id


def _row(kind: Any, id: str) -> Any:
    db.session.rollback()
    return db.session.get_one(kind, id)


def _any(*where: Any) -> bool:
    db.session.rollback()
    return bool(db.session.scalar(select(exists().where(*where))))


QUEUES = {
    "decide": Queue(_each(_event), "events", "id", lambda id: _row(Event, id).status == "decided"),
    "lapse": Queue(
        _each(_overdue), "invitations", "id", lambda id: _row(Invitation, id).status == "lapsed"
    ),
    "follow": Queue(
        _each(_unanswered), "invitations", "id", lambda id: _row(Invitation, id).next_at is None
    ),
    "send": Queue(
        _each(_due), "invitations", "id", lambda id: _row(Invitation, id).status == "sent"
    ),
    "reconcile": Queue(
        _each(_abandoned), "messages", "id", lambda id: _row(Message, id).status == "not_sent"
    ),
    "fold": Queue(
        _each(_tapped), "taps", "invitation_id",
        lambda id: not _any(Tap.invitation_id == id, ~Tap.folded),
    ),
    "settle": Queue(
        _unsettled, "responses", "invitation_id",
        lambda id: _any(Response.invitation_id == id, Response.state == "settled"),
    ),
    "judge": Queue(
        _each(answered), "verdicts", "response_id",
        lambda id: _any(Verdict.response_id == id), "INSERT",
    ),
    "follow_up": Queue(
        _each(lambda: answered(needs_follow_up=True)), "responses", "id",
        lambda id: not _row(Response, id).needs_follow_up,
    ),
    "publish": Queue(
        _each(_judged), "revisions", "response_id",
        lambda id: _any(Revision.response_id == id), "INSERT",
    ),
    "publish_invitations": Queue(
        _each(_asked), "invitation_revisions", "invitation_id",
        lambda id: _any(InvitationRevision.invitation_id == id), "INSERT",
    ),
}  # fmt: skip
