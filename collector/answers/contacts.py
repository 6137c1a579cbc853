"""Adds to new taps the fingerprint of the address that their question was sent to, for `fold.py`.

The checks compare it with the addresses of people at work. It is added in batches when taps are
folded, not when they are written: nobody needs it earlier, and somebody waits for that writing.
Runs inside the fold's unit of work, which holds the invitations, so no answer that was taken back
gets one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from collector import keys
from collector.model.answers import Response, Tap
from collector.model.invitations import Message
from collector.model.sql.bulk import one_of, set_by_id


def add(session: Session, taps: Sequence[tuple[str, str, str]]) -> None:
    """Fingerprint each tap's newest message. `taps`: their id, invitation's id and channel."""
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
