"""Waits until no worker holds a message that it may be handing over right now.

Whoever stops something commits first and then waits here, so that nothing goes out after it said
that it is stopped. That takes as long as one request to the provider, and two seconds at most: a
worker that died in the middle is not waited for, nor is one whose provider is silent, for it has
the request. Used wherever somebody says no: here, in `invitations/optouts/`, `invitations/stops/`.
The other half is `invitations/send.py`, which marks the message as its own and only then asks
whether it is still wanted.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from time import sleep
from typing import Final

from sqlalchemy import ColumnElement, select

from channels import status
from collector import clock
from collector.model import locks
from collector.model.base import unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.people import Person
from collector.model.transaction import transaction

IN_HAND: Final = timedelta(seconds=20)
LOOKS, LOOK_EVERY = 100, 0.02


def let_pass(which: ColumnElement[bool]) -> None:
    """Wait for those of these messages that are in a worker's hands."""
    since = clock.now() - IN_HAND
    recent = which & (Message.claimed_at > since)
    for _ in range(LOOKS):
        if not _in_hand(recent):
            return
        sleep(LOOK_EVERY)


def let_pass_to(refs: Collection[str]) -> None:
    """The same for whatever is on its way to these people."""
    theirs = select(Invitation.id).join(Person, Person.id == Invitation.person_id)
    let_pass(Message.invitation_id.in_(theirs.where(Person.ref.in_(sorted(refs)))))


@transaction
def _in_hand(which: ColumnElement[bool]) -> bool:
    held = select(Message.id, Message.text_digest).where(Message.status == status.CLAIMED, which)
    with unit_of_work() as work:
        # Locked, to wait for a worker that is between its question and its commit.
        return any(row.text_digest for row in locks.rows(work.session, Message, held))
