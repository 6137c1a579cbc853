"""A person with an answer to take back, everything about them a text that is found again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from collector import clock, keys
from collector.answers import fold
from collector.answers.record import record
from collector.answers.taps import CONFIRMED, PAGE, IncomingTap
from collector.exports.erase import erase
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import Message
from collector.work import tasks
from tests import factories
from tests.factories import NOON

ANSWERED, NOW = NOON + timedelta(minutes=1), NOON + timedelta(hours=2)
LATER = NOON + timedelta(days=3)
_numbers = count(1)


@dataclass(frozen=True)
class Case:
    """Ids of one person's answer, and the texts that lead to the person."""

    number: int
    person: str
    ref: str
    phone: str
    order: str
    invitation: str
    message: str
    response: str

    @property
    def words(self) -> str:
        return f"zebra{self.number}x"

    @property
    def later_words(self) -> str:
        return f"later{self.number}x"

    @property
    def note(self) -> str:
        return f"Ring twice at the {self.number}th door"

    @property
    def prints(self) -> tuple[str, ...]:
        n = self.number
        said = {"address": address(n), "network": network(n), "device": f"phone{n}"}
        found = [keys.fingerprint(purpose, value) for purpose, value in said.items()]
        return (*found, keys.fingerprint("contact", self.phone))

    def secrets(self) -> tuple[str, ...]:
        """What may stand nowhere once the answer is erased."""
        return (self.words, self.later_words, self.order, self.note, *self.prints)

    def tap(self, score: int | None, comment: str | None, key: str) -> IncomingTap:
        return IncomingTap(
            kind=CONFIRMED, via=PAGE, channel="sms", idempotency_key=f"{key}-{self.number}",
            invitation_id=self.invitation, score=score, comment=comment,
            remote_addr=address(self.number), device=f"phone{self.number}",
        )  # fmt: skip

    def erase(self) -> bool:
        return erase(self.person, self.response)


def address(number: int) -> str:
    return f"10.{number // 250}.{number % 250}.7"


def network(number: int) -> str:
    return f"10.{number // 250}.{number % 250}.0/24"


def answered(score: int = 1) -> Case:
    """Somebody answered with words and fingerprints; it is folded, and not judged yet."""
    n = next(_numbers)
    phone, order = f"+1415777{n:04d}", f"ord-{n}-77"
    person = factories.person(
        db.session, ref=f"client-{n}-ref", contact_points={"sms": phone, "email": f"z{n}@e.org"}
    )
    asked = factories.sent_invitation(db.session, of=person)
    message = db.session.scalars(select(Message).where(Message.invitation_id == asked.id)).one()
    message.address = phone
    event = db.session.get_one(Event, asked.event_id)
    event.event_id, event.contacts = f"delivered-{n}", {"sms": keys.fingerprint("contact", phone)}
    case = Case(n, person.id, person.ref, phone, order, asked.id, message.id, "")
    event.subjects = {
        "agent": {"id": "a1", "credited": "a1"}, "store": {"id": "s1", "credited": "s1"},
        "order": {"id": order, "credited": order},
        "membership": {"id": f"{order}/m", "credited": f"{order}/m"},
    }  # fmt: skip
    event.context = {"note": case.note, "order": order, "handle_seconds": 40, "reason": "complaint"}
    db.session.commit()
    with clock.at(ANSWERED):
        record(case.tap(score, case.words, "first"))
        fold.run_batch()
    db.session.rollback()
    wanted = select(Response.id).where(Response.invitation_id == case.invitation)
    response = db.session.scalars(wanted).one()
    db.session.rollback()
    return Case(n, case.person, case.ref, phone, order, case.invitation, case.message, response)


def until(at: datetime) -> None:
    """Do everything that is due at this moment."""
    with clock.at(at):
        tasks.drain()
    db.session.remove()


def at(moment: datetime, job: Callable[[], object]) -> None:
    with clock.at(moment):
        job()
    db.session.remove()
