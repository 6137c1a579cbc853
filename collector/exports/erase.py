"""A person takes an answer back: the words and whatever leads to them go, the bare number stays.

One transaction, irreversible, and the one exception to "never delete evidence": the taps lose their
words and fingerprints, every revision loses what leads to the person, and a tombstone in the feed
tells downstream to drop what it read before. Called by the preference page.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import NotFound
from collector.exports.revision import ANONYMOUS, TOMBSTONE
from collector.integrity.evidence import erase as log
from collector.model import locks
from collector.model.answers import AskedAgain, Response, Tap
from collector.model.appeals import Appeal
from collector.model.base import unit_of_work
from collector.model.feed import FeedHead, Revision
from collector.model.invitations import Invitation
from collector.model.transaction import transaction

TRACES: Final = dict.fromkeys(
    ("address_hash", "network_hash", "device_hash", "contact_hash"), ""
)  # of a tap; its time, score and user agent are what the fold stands on


@transaction
def erase(person_id: str, response_id: str) -> bool:
    """Erase this person's answer; False if it already was. Raises NotFound for another's."""
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        response = _locked(session, person_id, response_id)
        if response.erased_at is not None:
            return False
        # The sequencer's lock: no revision with the old words can be written beside this.
        head = locks.one(session, FeedHead, 1)
        assert head is not None
        _forget(session, response, now)
        _bury(session, response.id, head, now)
        work.commit()
        return True


def _locked(session: Session, person_id: str, response_id: str) -> Response:
    """In the order in which folding and judging lock: the invitation, then its response."""
    about = select(Response.invitation_id).where(
        Response.id == response_id, Response.person_id == person_id
    )
    invitation_id = session.scalar(about)
    if invitation_id is None:
        raise NotFound("There is no such answer of yours.", code="unknown_answer")
    locks.one(session, Invitation, invitation_id)
    response = locks.one(session, Response, response_id)
    assert response is not None
    return response


def _forget(session: Session, response: Response, now: datetime) -> None:
    about = response.invitation_id
    quiet = {"synchronize_session": False}
    session.execute(
        update(Tap).where(Tap.invitation_id == about, Tap.comment.is_not(None)).values(comment=""),
        execution_options=quiet,
    )
    session.execute(
        update(Tap).where(Tap.invitation_id == about).values(TRACES), execution_options=quiet
    )
    session.execute(
        update(AskedAgain).where(AskedAgain.invitation_id == about).values(said=""),
        execution_options=quiet,
    )
    session.execute(
        update(Appeal).where(Appeal.response_id == response.id).values(statement=""),
        execution_options=quiet,
    )
    log.forget(session, response.id)
    response.comment = None
    response.erased_at = now


def _bury(session: Session, response_id: str, head: FeedHead, now: datetime) -> None:
    """Clear what was published and add the tombstone; nothing if nothing was published yet."""
    session.execute(
        update(Revision).where(Revision.response_id == response_id).values(ANONYMOUS),
        execution_options={"synchronize_session": False},
    )
    newest = session.scalar(
        select(Revision)
        .where(Revision.response_id == response_id)
        .order_by(Revision.revision.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if newest is None:
        return
    row: dict[str, Any] = {
        column.key: getattr(newest, column.key) for column in Revision.__table__.columns
    }
    head.last_number += 1
    session.execute(
        insert(Revision).values(
            row
            | {
                "number": head.last_number,
                "revision": newest.revision + 1,
                "kind": TOMBSTONE,
                "published_at": now,
            }
        )
    )
