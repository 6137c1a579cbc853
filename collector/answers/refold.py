"""Writes the fold of some invitations' taps down as responses, for `fold.py` and `settle.py`.

Runs inside their unit of work and never commits. The caller holds the invitations' row locks, so
two workers cannot fold the same invitation at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, exists, select
from sqlalchemy.orm import Session

from collector import keys
from collector.answers import tap_loader
from collector.answers.folding import fold
from collector.answers.taps import Folded, TapEvidence
from collector.model import locks
from collector.model.answers import Response, Tap
from collector.model.ids import derived_id
from collector.model.invitations import Invitation, Message
from collector.model.sql.bulk import insert_all, one_of, set_by_id
from collector.surveys import catalog


def lock(session: Session, invitation_ids: Sequence[str]) -> Sequence[Any]:
    """Those of the invitations that nobody else is folding, locked in the order of their ids.

    FOR NO KEY UPDATE: taps, which refer to the invitation, can still be written meanwhile.
    """
    wanted = select(Invitation.id, Invitation.person_id, Invitation.survey_version_id)
    chosen = wanted.where(one_of(Invitation.id, invitation_ids)).order_by(Invitation.id)
    return locks.rows(session, Invitation, chosen, skip=True)


def refold(
    session: Session,
    invitations: Sequence[Any],
    taps: dict[str, list[TapEvidence]],
    at: datetime,
) -> bool:
    """Bring the responses of these locked invitations up to date. True if any of them changed."""
    surveys = catalog.get_many({row.survey_version_id for row in invitations})
    ids = [row.id for row in invitations]
    # Locked, so that a judge who is at work on one cannot overwrite `needs_verdict` afterwards.
    found = locks.entities(
        session, Response, select(Response).where(one_of(Response.invitation_id, ids))
    )
    responses = {row.invitation_id: row for row in found}
    changed = False
    fresh: list[dict[str, Any]] = []
    for row in invitations:
        terms = tap_loader.terms_of(surveys[row.survey_version_id])
        folded = fold(taps[row.id], terms, at)
        if folded is None:
            continue
        if row.id in responses:
            changed |= _change(responses[row.id], folded, at)
        else:
            fresh.append(_fresh(row, folded, at))
    insert_all(session, cast(Table, Response.__table__), fresh)
    return changed or bool(fresh)


def add_contacts(session: Session, taps: Sequence[tuple[str, str, str]]) -> None:
    """Add to new taps (id, invitation's id, channel) the fingerprint of where their question went.

    The checks compare it with the addresses of people at work. It is added here, in batches, and
    not when a tap is written, for which somebody waits. The caller holds the invitations, so no
    answer that was taken back gets one.
    """
    erased = exists().where(
        Response.invitation_id == Message.invitation_id, Response.erased_at.is_not(None)
    )
    sent = session.execute(
        select(Message.invitation_id, Message.channel, Message.address)
        .where(one_of(Message.invitation_id, {about for _, about, _ in taps}), ~erased)
        .order_by(Message.attempt)
    )
    newest = {(about, channel): address for about, channel, address in sent}
    known = [(id, newest.get((about, channel), "")) for id, about, channel in taps]
    rows = [
        {"id": id, "contact_hash": keys.fingerprint("contact", address.lower())}
        for id, address in known
        if address
    ]
    set_by_id(session, Tap.__table__, rows)


def _content(folded: Folded) -> dict[str, Any]:
    return {
        "state": folded.state,
        "score": folded.score,
        "comment": folded.comment,
        "channel": folded.channel,
        "first_tapped_at": folded.first_tapped_at,
        "answered_at": folded.answered_at,
        "settles_at": folded.settles_at,
        "taps": folded.taps,
        "set_aside": [asdict(item) for item in folded.set_aside],
    }


def _fresh(invitation: Any, folded: Folded, at: datetime) -> dict[str, Any]:
    return {
        "id": derived_id("rsp", folded.first_tapped_at, invitation.id),
        "invitation_id": invitation.id,
        "person_id": invitation.person_id,
        "version": 1,
        "needs_verdict": True,
        "updated_at": at,
        **_content(folded),
    }


def _change(known: Response, folded: Folded, at: datetime) -> bool:
    content = _content(folded)
    if all(getattr(known, name) == value for name, value in content.items()):
        return False
    for name, value in content.items():
        setattr(known, name, value)
    known.version += 1
    known.needs_verdict = True
    known.updated_at = at
    return True
