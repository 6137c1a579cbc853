"""Two who stop one person at once come one after the other: neither waits for the other for ever.

On PostgreSQL, at every point at which they can meet, and with real threads many times.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select

from channels import status
from collector import clock
from collector.invitations import receipts
from collector.invitations.optouts import optout
from collector.model.base import db
from collector.model.invitations import CANCELLED, SENT, WAITING, Invitation, Message
from collector.model.people import Consent, Suppression
from tests import factories
from tests.factories import NOON
from tests.interleaving import Job, meet

NOW = NOON + timedelta(hours=1)
ROUNDS = 30
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
Asked = tuple[list[str], list[str], str]


def asked(times: int, *, fell_back: bool = False) -> Asked:
    """Somebody was asked by mail so often, each with a reminder (or another way) yet to go out.

    Gives the invitations, their messages, and the address.
    """
    person = factories.person(db.session)
    address = next(point.address for point in person.contacts if point.channel == "email")
    invitations = [
        factories.sent_invitation(
            db.session, of=person, status=WAITING, channels=["email", "sms"], due_at=NOW,
            reminded_at=None if fell_back else NOW,
        )
        for _ in range(times)
    ]  # fmt: skip
    ids = [row.id for row in invitations]
    messages = db.session.scalars(
        select(Message).where(Message.invitation_id.in_(ids)).order_by(Message.invitation_id)
    ).all()
    for message in messages:
        message.address = address
    found = ids, [row.id for row in messages], address
    db.session.commit()
    return found


def stopped(invitations: Sequence[str]) -> set[str]:
    db.session.rollback()
    wanted = select(Invitation.status).where(Invitation.id.in_(invitations))
    return set(db.session.scalars(wanted))


def everywhere(app: Flask, url: str, make: Callable[[], tuple[Job, Job]]) -> int:
    """Let the two jobs meet at every point of the first; gives how many there are."""
    for point in count():
        first, second = make()
        ended = meet(app, url, first, second, point, NOW)
        assert not ended
        if ended is None:
            return point
    raise AssertionError


def test_two_complaints_of_one_person_meet_nowhere_so_that_both_wait(
    ctx: Flask, database_url: str
) -> None:
    def make() -> tuple[Job, Job]:
        _, (one, two, *_), _ = asked(3)
        return (lambda: optout.complain(one)), (lambda: optout.complain(two))

    assert everywhere(ctx, database_url, make) > 5
    db.session.rollback()
    assert set(db.session.scalars(select(Invitation.status))) <= {SENT, CANCELLED}


def test_two_complaints_in_the_other_order_meet_nowhere_so_that_both_wait(
    ctx: Flask, database_url: str
) -> None:
    def make() -> tuple[Job, Job]:
        _, (one, two, *_), _ = asked(3)
        return (lambda: optout.complain(two)), (lambda: optout.complain(one))

    assert everywhere(ctx, database_url, make) > 5


def test_a_stop_and_a_bounce_from_the_same_address_meet_nowhere_so_that_both_wait(
    ctx: Flask, database_url: str
) -> None:
    def make() -> tuple[Job, Job]:
        _, (one, *_), address = asked(2)
        return (
            lambda: optout.stop("email", address, "page"),
            lambda: receipts.record(one, status.BOUNCED, "5.1.1"),
        )

    assert everywhere(ctx, database_url, make) > 5
    assert everywhere(ctx, database_url, lambda: make()[::-1]) > 5


def test_many_complaints_at_once_are_all_heard(ctx: Flask) -> None:
    failed: list[Exception] = []
    rounds = [asked(4) for _ in range(ROUNDS)]
    start = threading.Barrier(4)

    def complain(at: int) -> None:
        with ctx.app_context(), clock.at(NOW):
            for _, messages, _ in rounds:
                start.wait()
                try:
                    assert optout.complain(messages[at])
                except Exception as error:
                    failed.append(error)
            db.session.remove()

    threads = [threading.Thread(target=complain, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert all(stopped(ids) <= {SENT, CANCELLED} for ids, _, _ in rounds)
    assert len(db.session.scalars(select(Suppression)).all()) == ROUNDS
    assert set(db.session.scalars(select(Consent.state))) == {"denied"}
