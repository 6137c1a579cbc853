"""An ask that went out is not cancelled because its reminder waited; nor is the reminder lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from channels import status
from collector import clock
from collector.invitations import claims, links, outcomes, receipts, send, still_wanted
from collector.invitations.optouts import optout, preferences
from collector.model.base import db, unit_of_work
from collector.model.invitations import SENDING, SENT, WAITING, Invitation, Message
from collector.model.people import Consent, Person
from tests import factories
from tests.factories import NOON

LATER = NOON + timedelta(hours=10)


@pytest.fixture
def reminding(ctx: Flask) -> tuple[str, str]:
    """An ask that went out by text at noon and whose reminder waits; its id and its message's."""
    row = factories.sent_invitation(
        db.session, status=WAITING, channels=["sms"], reminded_at=NOON + timedelta(hours=9),
        due_at=LATER, rule_definition={"reminder_after": "9h", "channels": ["sms"]},
    )  # fmt: skip
    message = db.session.scalars(select(Message).where(Message.invitation_id == row.id)).one()
    person = db.session.get_one(Person, row.person_id)
    message.address = next(one.address for one in person.contacts if one.channel == "sms")
    found = row.id, message.id
    db.session.commit()
    return found


def stop(id: str) -> None:
    message = db.session.scalars(select(Message).where(Message.invitation_id == id)).one()
    assert optout.stop("sms", message.address, "sms_reply") == 0


def rest(id: str) -> None:
    row = db.session.get_one(Invitation, id)
    preferences.pause(links.Link(row.token_id, "sms"), 30)


def deny(id: str) -> None:
    with unit_of_work() as work:
        person = work.session.get_one(Invitation, id).person_id
        work.session.add(
            Consent(
                id="cns_1", person_id=person, channel="sms", state="denied", source="event",
                changed_at=NOON,
            )
        )  # fmt: skip
        work.commit()


def unsubscribe(id: str) -> None:
    optout.unsubscribe(links.Link(db.session.get_one(Invitation, id).token_id, "sms"))


@pytest.mark.parametrize("no", [stop, rest, deny, unsubscribe])
def test_who_says_no_while_a_reminder_waits_was_asked_all_the_same(
    reminding: tuple[str, str], no: Callable[[str], None]
) -> None:
    id, _ = reminding
    with clock.at(LATER):
        no(id)
        send.run_batch()
    db.session.rollback()
    row = db.session.get_one(Invitation, id)
    assert (row.status, row.next_at) == (SENT, None)
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_a_no_between_claim_and_hand_over_drops_the_reminder_and_not_the_ask(
    reminding: tuple[str, str],
) -> None:
    id, _ = reminding
    with clock.at(LATER):
        (attempt,) = claims.claim(1).attempts
        with unit_of_work() as work:
            assert work.session.get_one(Invitation, id).status == SENDING
            outcomes.apply(work, id, attempt.message_id, still_wanted.OPTED_OUT, LATER)
            work.commit()
    assert db.session.get_one(Invitation, id).status == SENT


def test_a_receipt_of_the_first_message_leaves_its_reminder_waiting(
    reminding: tuple[str, str],
) -> None:
    id, message = reminding
    with clock.at(LATER - timedelta(minutes=30)):
        assert receipts.record(message, status.DELIVERED)
    assert db.session.get_one(Invitation, id).status == WAITING
    with clock.at(LATER):
        send.run_batch()
    db.session.rollback()
    assert len(db.session.scalars(select(Message)).all()) == 2


@pytest.mark.parametrize("word", ["denied", "any", "break"])
def test_what_a_person_says_after_the_claim_counts_at_the_hand_over(ctx: Flask, word: str) -> None:
    row = factories.invitation(db.session, channels=["sms"])
    id, person = row.id, row.person_id
    db.session.commit()
    with clock.at(NOON):
        (attempt,) = claims.claim(1).attempts
        with unit_of_work() as work:
            if word == "break":
                work.session.get_one(Person, person).paused_until = LATER
            else:
                work.session.add(
                    Consent(
                        id="cns_1", person_id=person, channel="any" if word == "any" else "sms",
                        state="denied", source="api", changed_at=NOON,
                    )
                )  # fmt: skip
            work.commit()
        against = still_wanted.unwanted(db.session(), [attempt])
        assert attempt.message_id in against
        db.session.rollback()
        with unit_of_work() as work:
            outcomes.apply(work, id, attempt.message_id, against[attempt.message_id], NOON)
            work.commit()
        send.run_batch()
    db.session.rollback()
    assert db.session.get_one(Invitation, id).status == "cancelled"
