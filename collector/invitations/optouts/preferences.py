"""What a person wants of us: ways to be asked, a break, nothing any more. And what waits for them.

Called by the preference page. `load` reads; each verb is one transaction that holds from its commit
on (a way that is switched off goes through `optout.py`, one transaction for each way). What waited
to go out is cancelled, as with every other stop.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Gone, InvalidInput
from collector.intake import said_at
from collector.invitations import called_off
from collector.invitations.links import Link
from collector.invitations.optouts import optout, suppressions
from collector.invitations.transports import channels
from collector.model import locks
from collector.model.base import db, unit_of_work
from collector.model.invitations import WAITING, Invitation
from collector.model.people import Consent, Person
from collector.model.transaction import transaction
from collector.surveys import catalog
from collector.triggers.gates.situation import BREAKS

WAYS = ("sms", "email", "inapp", "webhook")
PAUSES = BREAKS  # days
SOURCE = "preferences"
EVERYTHING = "any"
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Planned:
    """A question that waits to be asked."""

    question: str
    locale: str
    at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """`ways`: channel → may we?, for those by which this person can be reached at all."""

    person_id: str
    locale: str
    ways: dict[str, bool]
    paused_until: datetime | None
    planned: tuple[Planned, ...]

    @property
    def stopped(self) -> bool:
        return not any(self.ways.values())


def load(link: Link) -> Preferences:
    """What holds for the person behind this link. Raises Gone if there is none."""
    session = cast(Session, db.session())
    invitation, person = _behind(session, link)
    pausing = person.paused_until is not None and person.paused_until > clock.now()
    return Preferences(
        person_id=person.id,
        locale=invitation.locale,
        ways=_ways(session, person),
        paused_until=person.paused_until if pausing else None,
        planned=_planned(session, person.id),
    )


def choose(link: Link, wanted: Collection[str]) -> None:
    """Ask by these ways and by no other. Only what changes is written down. Raises Gone.

    A no to everything, which somebody's system told us, gives way to what the person chooses here:
    the ways that were left out are refused one by one before, and it does not come back by an
    older word that arrives later.
    """
    before = load(link)
    person = _behind(cast(Session, db.session()), link)[1]
    addresses = _addresses(person)
    closed = bool(wanted) and _denied_all(person)
    for way, may in before.ways.items():
        if way not in wanted and (may or closed):
            optout.stop(way, addresses[way], SOURCE)
    if wanted:
        _answer_for_everything(before.person_id)
    for way, may in before.ways.items():
        if way in wanted and not may:
            optout.start(way, addresses[way], SOURCE)


def stop_everything(link: Link) -> None:
    """Never ask this person again, by no way, nor by one that we learn of later. Raises Gone."""
    choose(link, ())
    person = _behind(cast(Session, db.session()), link)[1]
    unknown = [way for way in WAYS if way not in _addresses(person)]
    if unknown:
        optout.refuse(person.id, unknown, SOURCE)


@transaction
def pause(link: Link, days: int) -> None:
    """Ask nothing for so many days. Raises Gone, InvalidInput for a length that is not offered."""
    if days not in PAUSES:
        raise InvalidInput("A break is of 30 or 90 days.", code="bad_pause", pointer="/days")
    with unit_of_work() as work:
        _, person = _behind(work.session, link, lock=True)
        person.paused_until = clock.now() + timedelta(days=days)
        waiting = (Invitation.person_id == person.id, Invitation.status == WAITING)
        for row in locks.entities(work.session, Invitation, select(Invitation).where(*waiting)):
            called_off.call_off(row)
        work.commit()


@transaction
def resume(link: Link) -> None:
    """End the break. What was cancelled stays cancelled. Raises Gone."""
    with unit_of_work() as work:
        _behind(work.session, link, lock=True)[1].paused_until = None
        work.commit()


def _behind(session: Session, link: Link, *, lock: bool = False) -> tuple[Invitation, Person]:
    invitation = session.scalar(select(Invitation).where(Invitation.token_id == link.token_id))
    if invitation is None:
        raise Gone("This link is not valid, or is no longer.", code="link_gone")
    # Locked as the deciding does, so that no invitation slips past a break that begins right now.
    if lock and (person := locks.one(session, Person, invitation.person_id)):
        return invitation, person
    wanted = select(Person).where(Person.id == invitation.person_id)
    return invitation, session.scalars(wanted.execution_options(populate_existing=True)).one()


def _addresses(person: Person) -> dict[str, str]:
    known = {point.channel: point.address for point in person.contacts} | {"inapp": person.ref}
    # By somebody's own system we ask only where one is set up; a no to it holds in any case.
    return known | ({"webhook": person.ref} if "webhook" in channels() else {})


def _ways(session: Session, person: Person) -> dict[str, bool]:
    addresses = _addresses(person)
    said = {one.channel: one.state for one in person.consents}
    barred = suppressions.among(session, addresses.items())
    return {
        way: "denied" not in (said.get(way), said.get(EVERYTHING))
        and barred.get((way, suppressions.canonical(way, addresses[way])))
        not in suppressions.LIFTED_BY_START
        for way in WAYS
        if way in addresses
    }


def _planned(session: Session, person_id: str) -> tuple[Planned, ...]:
    rows = session.scalars(
        select(Invitation)
        .where(
            Invitation.person_id == person_id,
            Invitation.status == WAITING,
            Invitation.lapses_at > clock.now(),
        )
        .order_by(Invitation.due_at, Invitation.id)
        .limit(MOST_SHOWN)
    ).all()
    surveys = catalog.get_many({row.survey_version_id for row in rows})
    planned = []
    for row in rows:
        words = surveys[row.survey_version_id].wording(row.locale)
        way = row.channels[row.step]
        planned.append(Planned(words.question, words.locale, row.due_at, way))
    return tuple(planned)


def _denied_all(person: Person) -> bool:
    return any(one.channel == EVERYTHING and one.state == "denied" for one in person.consents)


@transaction
def _answer_for_everything(person_id: str) -> None:
    """Whatever was said of every way at once is answered now: a no goes, a yes is as of now."""
    with unit_of_work() as work:
        person = locks.one(work.session, Person, person_id)
        assert person is not None
        work.session.execute(
            delete(Consent).where(
                Consent.person_id == person_id,
                Consent.channel == EVERYTHING,
                Consent.state == "denied",
            )
        )
        said = person.said_at.get("consent", {}) | {EVERYTHING: said_at.stamp(clock.now())}
        person.said_at = person.said_at | {"consent": said}
        work.commit()
