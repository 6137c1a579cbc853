"""A walk at random over everything that can happen to an ask, on moody providers; seeded.

What moved is written down by triggers in the database itself, so that no way of writing is missed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Row, select, text

from channels import status
from channels.base import Channel, ChannelError, DeliveryUnknown, Receipt
from channels.base import Message as Finished
from collector import clock
from collector.answers import record
from collector.answers.taps import CONFIRMED, PAGE, IncomingTap
from collector.errors import CollectorError
from collector.exports import erase
from collector.intake.receive import receive
from collector.invitations import dismiss, receipts, unresolved_messages
from collector.invitations.links import Link
from collector.invitations.optouts import optout, preferences
from collector.invitations.senders import channel_status
from collector.model.answers import Response
from collector.model.base import db, is_postgres
from collector.model.events import Event
from collector.model.ids import new_id
from collector.model.invitations import Invitation, Message
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers.withhold import Withheld, withhold
from collector.work import tasks
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, read, rule

WAYS = ("inapp", "sms", "email")
STEPS = [timedelta(seconds=one) for one in (0, 1, 5, 15, 30, 30, 60, 3600, 9 * 3600, 86400)]
A_LONG_TIME = timedelta(days=15)
TIMING = {
    "quiet_hours": dict.fromkeys(WAYS, "none"),
    "fallback_after": "2h",
    "reminder_after": "20h",
    "cancel_on": ["order.returned"],
}
RULES = (
    rule("all", channels=list(WAYS), **TIMING),
    rule("texts", on="order.shipped", channels=["sms", "email"], **TIMING),
    rule("text", on="order.packed", channels=["sms"], **TIMING),
    rule("mails", on="order.paid", channels=["email"], **TIMING | {"expires_after": "20m"}),
)


class KillNine(BaseException):
    """What a process sees of kill -9."""


class Moody(Channel):
    """Takes a message, refuses it, breaks, dies with its worker, or says nothing."""

    def __init__(self, kind: str, by: random.Random, interrupted: Callable[[], None]) -> None:
        self.kind, self.by, self.interrupted = kind, by, interrupted
        self.at_most_once = kind == "sms"  # type: ignore[misc]

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Moody:
        raise NotImplementedError

    def check(self) -> str:
        return self.kind

    def send(self, message: Finished) -> Receipt:
        # A provider's receipt, or the person, may be quicker than our own transaction.
        if self.by.random() < 0.2:
            self.interrupted()
        mood = self.by.random()
        if mood < 0.45:
            return Receipt(status.SENT, new_id("ref"))
        if mood < 0.55:
            return Receipt(self.by.choice((status.FAILED, status.DELIVERED)), new_id("ref"))
        if mood < 0.65:
            raise KillNine
        if mood < 0.75 and self.at_most_once:
            raise DeliveryUnknown("no answer came", code="timeout")
        permanent = self.by.random() < 0.6
        raise ChannelError("refused", permanent=permanent, configuration=self.by.random() < 0.1)

    def find(self, message: Finished, since: datetime) -> Receipt | None:
        mood = self.by.random()
        if mood < 0.3:
            raise ChannelError("away")
        return Receipt(status.SENT, new_id("ref")) if mood < 0.6 else None


class Walk:
    """`step()` does one thing that can happen; what it moved is in `moved()`."""

    def __init__(self, app: Flask, seed: int) -> None:
        self.by, self.now, self.heard = random.Random(seed), NOON, 0  # a walk, not a secret
        apply_surveys([survey()])
        apply_rules(RULES)
        app.extensions["collector.channels"] = {
            way: Moody(way, self.by, self.while_sending) for way in WAYS
        }
        idle = ("judge", "nights", "publish_invitations")  # they move no invitation
        self.stages = [task for task in tasks.TASKS if task.name not in idle]
        self.happens: list[Callable[[], Any]] = [
            *[self.tells] * 5, *[self.works] * 16, *[self.receipt] * 4, self.taps, self.stops,
            self.starts, self.rests, self.dismisses, self.withholds, self.settles, self.erases,
            self.returns, self.complains, self.sleeps,
        ]  # fmt: skip

    def step(self) -> None:
        self.now += self.by.choice(STEPS)
        with clock.at(self.now):
            self._try(self.by.choice(self.happens))

    def _try(self, happens: Callable[[], Any]) -> None:
        with suppress(CollectorError, KillNine):  # refused in words, or the worker died
            happens()
        db.session.rollback()

    def tells(self) -> None:
        for _ in range(3):
            self.heard += 1
            # Where links in texts do not pass, our own rules bar the number.
            phone = f"+{self.by.choice((5511, 5511, 86138))}{90000000 + self.heard}"
            kind = self.by.choice([one["on"] for one in RULES])
            self._hear(f"c-{self.heard}", kind, {"phone": phone})

    def returns(self) -> None:
        for ago in range(min(9, self.heard)):
            self._hear(f"c-{self.heard - ago}", "order.returned", {})

    def _hear(self, ref: str, kind: str, who: dict[str, str]) -> None:
        at = clock.iso(self.now - timedelta(seconds=self.by.choice((1, 600))))
        subjects = {"order": {"id": f"of-{ref}"}}
        raw = event(ref, type=kind, occurred_at=at, subjects=subjects, who=who)
        receive([read(raw, self.now)])

    def works(self) -> None:
        self.by.choice(self.stages).run(self.by.choice((1, 3, 50)))

    def receipt(self) -> None:
        if message := self._any(select(Message)):
            receipts.record(message.id, self.by.choice(status.ORDER), new_id("code")[:20])

    def taps(self) -> None:
        if row := self._any(select(Invitation)):
            record.record(
                IncomingTap(CONFIRMED, PAGE, "sms", new_id("once"), invitation_id=row.id, score=4)
            )

    def stops(self) -> None:
        if message := self._any(select(Message)):
            optout.stop(message.channel, message.address, "test")

    def starts(self) -> None:
        for message in db.session.scalars(select(Message)).all():
            optout.start(message.channel, message.address, "test")
        for way in WAYS:
            channel_status.resume(way)
        for row in db.session.scalars(select(Invitation)).all():
            preferences.resume(Link(row.token_id, "sms"))

    def rests(self) -> None:
        if row := self._any(select(Invitation)):
            preferences.pause(Link(row.token_id, "sms"), 30)

    def dismisses(self) -> None:
        for row in db.session.scalars(select(Invitation)).all():
            dismiss.dismiss(row.token_id, "inapp")

    def withholds(self) -> None:
        if one := self._any(select(Event)):
            withhold(one.id, Withheld("customer_declined", "a1"))

    def settles(self) -> None:
        for one in unresolved_messages.listed():
            unresolved_messages.settle(one.message_id, sent=self.by.random() < 0.5)

    def erases(self) -> None:
        if one := self._any(select(Response)):
            erase.erase(one.person_id, one.id)

    def complains(self) -> None:
        if message := self._any(select(Message).where(Message.channel == "email")):
            optout.complain(message.id)

    def sleeps(self) -> None:
        if self.by.random() < 0.2:
            self.now += A_LONG_TIME

    def while_sending(self) -> None:
        happens = (self.receipt, self.receipt, self.taps, self.rests, self.stops_the_next)
        self._try(self.by.choice(happens))

    def stops_the_next(self) -> None:
        claimed = select(Message).where(Message.status == status.CLAIMED)
        if message := self._any(claimed.where(Message.text_digest == "")):
            optout.stop(message.channel, message.address, "test")

    def _any(self, among: Any) -> Any:
        rows = db.session.scalars(among).all()
        return self.by.choice(sorted(rows, key=lambda row: row.id)[-9:]) if rows else None


@contextmanager
def written_down() -> Iterator[Callable[[], list[Row[Any]]]]:
    """Gives `moved()`: all that was seen of (table, old, new); old is empty for an inserted row."""
    raw: list[str] = ["CREATE TABLE moved (kind text, old text, new text)"]
    undo: list[str] = []
    for table in ("invitations", "messages"):
        for when, old, only in (("INSERT", "''", ""), ("UPDATE", "OLD.status", "changed")):
            name = f"note_{table}_{when}".lower()
            note = f"INSERT INTO moved VALUES ('{table}', {old}, NEW.status)"
            only = only and "WHEN (OLD.status <> NEW.status)"
            head = f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW {only}"
            if is_postgres():
                raw += [
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {note}; RETURN NULL; END $$",
                    f"{head} EXECUTE FUNCTION {name}()",
                ]
                undo.append(f"DROP FUNCTION {name}() CASCADE")
            else:
                raw.append(f"{head} BEGIN {note}; END")
                undo.append(f"DROP TRIGGER {name}")
    _execute(raw)
    seen = text("SELECT DISTINCT kind, old, new FROM moved")
    try:
        yield lambda: list(db.session.execute(seen))
    finally:
        _execute([*undo, "DROP TABLE moved"])


def _execute(statements: list[str]) -> None:
    db.session.remove()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
