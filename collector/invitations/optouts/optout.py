"""A person says stop, or takes it back: one transaction, and it holds from its commit on.

Called by the Twilio callback and the unsubscribe page. The address is suppressed, everybody who is
reached at it has said no on that channel, and what waited to go out by it is cancelled. Every
message is checked once more right before it is handed over; one that is in a worker's hands at that
very moment is waited for, so that nothing goes out after the person was told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels import status
from collector import clock
from collector.errors import Gone
from collector.intake import in_hand
from collector.invitations import called_off, outcomes
from collector.invitations.links import Link
from collector.invitations.optouts import suppressions
from collector.invitations.schedule import Outcome
from collector.model import locks
from collector.model.base import db, unit_of_work
from collector.model.ids import derived_id
from collector.model.invitations import WAITING, Invitation, Message
from collector.model.people import Consent, ContactPoint, Person
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction
from collector.triggers.gates.situation import BY_REFERENCE

COMPLAINT: Final = "complaint"


def stop(channel: str, address: str, source: str) -> int:
    """Never write to this address on this channel again. Returns how many invitations it cancelled.

    `source` says where it was said, such as `sms_reply`. Also works for an address that nobody
    here has: the next one who is given it must not be written to either.
    """
    cancelled = _stop_at(channel, address, source)
    _let_pass(channel, {address})
    return cancelled


@transaction
def _stop_at(channel: str, address: str, source: str) -> int:
    with unit_of_work() as work:
        people = reached_at(work.session, channel, address)
        held = _hold(work.session, people)
        now = clock.now()
        cancelled = _stop(work.session, channel, {address}, people, held, source, "stop", now)
        work.commit()
    return cancelled


@transaction
def refuse(person_id: str, channels: Sequence[str], source: str) -> None:
    """The person's own no to channels on which we have no address of theirs."""
    with unit_of_work() as work:
        locks.one(work.session, Person, person_id)
        for channel in sorted(channels):
            record_word(work.session, person_id, channel, "denied", source, clock.now())
        work.commit()


@transaction
def start(channel: str, address: str, source: str) -> None:
    """Take `stop` back. What was cancelled stays cancelled; a bounced address stays suppressed."""
    with unit_of_work() as work:
        now = clock.now()
        people = reached_at(work.session, channel, address)
        locks.some(work.session, Person, people)
        for person_id in sorted(people):
            record_word(work.session, person_id, channel, "granted", source, now)
        suppressions.lift(work.session, channel, address)
        work.commit()


def unsubscribe(link: Link) -> str:
    """Stop the channel of a signed unsubscribe link, for the person it was sent to.

    Covers the address that the message went to and the one that the person has now. Returns the
    locale to answer in; raises Gone if the invitation is not there. Twice is the same as once.
    """
    locale, addresses = _unsubscribe(link)
    _let_pass(link.channel, addresses)
    return locale


@transaction
def _unsubscribe(link: Link) -> tuple[str, set[str]]:
    with unit_of_work() as work:
        session, why = work.session, "unsubscribe"
        invitation = _invitation(link)
        locale, addresses = invitation.locale, _addresses(session, invitation, link.channel)
        people = {invitation.person_id}.union(
            *(reached_at(session, link.channel, address) for address in addresses)
        )
        held = _hold(session, people)
        _stop(session, link.channel, addresses, people, held, why, why, clock.now())
        work.commit()
    return locale, addresses


@transaction
def complain(message_id: str) -> bool:
    """The person called this message spam: never again on this channel. False: no such message.

    It arrived, or nobody could complain. Nothing takes this back but the person's own consent
    together with somebody who lifts the suppression by hand. Twice is the same as once.
    """
    with unit_of_work() as work:
        session, now = work.session, clock.now()
        message = session.get(Message, message_id)
        if message is None:
            return False
        channel, address, about = message.channel, message.address, message.invitation_id
        person_id = session.get_one(Invitation, about).person_id
        people = {person_id, *reached_at(session, channel, address)}
        held = _hold(session, people, about)
        arrived = Outcome(status.DELIVERED, "sent", COMPLAINT)
        outcomes.apply(work, about, message_id, arrived, now)
        message.code = COMPLAINT
        _stop(session, channel, {address}, people, held, COMPLAINT, COMPLAINT, now)
        work.commit()
    return True


def _invitation(link: Link) -> Invitation:
    found = db.session.scalar(select(Invitation).where(Invitation.token_id == link.token_id))
    if found is None:
        raise Gone("This link is not valid, or is no longer.", code="link_gone")
    return found


def _hold(session: Session, people: set[str], also: str = "") -> list[Invitation]:
    """Lock these people, so that nobody is deciding about them, and what waits for them; one more
    invitation along with it."""
    locks.some(session, Person, people)
    waiting = Invitation.person_id.in_(people) & (Invitation.status == WAITING)
    wanted = select(Invitation).where(waiting | (Invitation.id == also))
    return locks.entities(session, Invitation, wanted)


def _stop(
    session: Session,
    channel: str,
    addresses: set[str],
    people: set[str],
    held: Sequence[Invitation],
    source: str,
    reason: str,
    now: datetime,
) -> int:
    for person_id in sorted(people):
        record_word(session, person_id, channel, "denied", source, now)
    waiting = [row for row in held if row.status == WAITING]
    # What is next on another channel may still go out there: that channel was not refused.
    stopped = [row for row in waiting if row.channels[row.step] == channel]
    cancelled = sum(called_off.call_off(row) for row in stopped)
    for address in sorted(addresses):
        suppressions.add(session, channel, address, reason, now)
    return cancelled


def _let_pass(channel: str, addresses: set[str]) -> None:
    wanted = {suppressions.canonical(channel, address).lower() for address in addresses}
    in_hand.let_pass((Message.channel == channel) & func.lower(Message.address).in_(wanted))


def reached_at(session: Session, channel: str, address: str) -> set[str]:
    """Everybody who is reached at this address: the person's reference on some channels."""
    if channel in BY_REFERENCE:
        return set(session.scalars(select(Person.id).where(Person.ref == address)))
    same: Any = ContactPoint.address == suppressions.canonical(channel, address)
    if channel == "email":
        same = func.lower(ContactPoint.address) == suppressions.canonical(channel, address)
    chosen = select(ContactPoint.person_id).where(ContactPoint.channel == channel, same)
    return set(session.scalars(chosen))


def _addresses(session: Session, invitation: Invitation, channel: str) -> set[str]:
    now_at = select(ContactPoint.address).where(
        ContactPoint.person_id == invitation.person_id, ContactPoint.channel == channel
    )
    sent_to = select(Message.address).where(
        Message.invitation_id == invitation.id, Message.channel == channel
    )
    return {*session.scalars(now_at), *session.scalars(sent_to)}


def record_word(
    session: Session, person_id: str, channel: str, state: str, source: str, now: datetime
) -> None:
    """Write down the person's newest word on this channel."""
    said = {"state": state, "source": source, "changed_at": now}
    session.execute(
        upsert(Consent)
        .values(
            id=derived_id("cns", now, person_id, channel),
            person_id=person_id,
            channel=channel,
            **said,
        )
        .on_conflict_do_update(index_elements=["person_id", "channel"], set_=said)
    )
