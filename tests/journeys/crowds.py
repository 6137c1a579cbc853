"""Lets robots loose on mails and sends people to answer others; counts what came of both.

Used by `test_robots.py`, `test_humans.py` and `benchmarks/robots.py`. Real HTTP, real pipeline
(fold, settle, judge, publish); the clock is moved, nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from collector.exports import feed
from collector.invitations import links
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.people import Consent, Suppression
from collector.work import tasks
from tests import factories
from tests.journeys.humans import HUMANS
from tests.journeys.robots import ARRIVES, ROBOTS, Mail, mails
from tests.journeys.visits import Watch

METRICS = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
COUNTING = ("settled", "confirmed")
READ_AFTER = 40.0  # seconds from sending to the first visit, unless a robot says otherwise


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one kind of visitor. `taps` were recorded (evidence), `counted` are scores."""

    name: str
    invitations: int
    taps: int
    counted: int
    right: int


def let_loose(app: Flask, server: str, time: Watch, name: str, many: int) -> Outcome:
    """This kind of robot on so many mails; afterwards everything settles for two days."""
    sent = ask(app, time, many)
    for _, mail in mails(sent):
        time.wait(ARRIVES.get(name, READ_AFTER))
        _resend(app, time, mail) if name in ARRIVES else None
        ROBOTS[name](server, mail, time)
    return outcome_of(app, time, name, dict.fromkeys(sent))


def send_people(app: Flask, server: str, time: Watch, name: str, many: int) -> Outcome:
    """So many people of this kind, each with a mail of their own and a score in mind."""
    dice = Random(f"{name}-{many}")
    sent = ask(app, time, many)
    meant: dict[str, int | None] = {}
    time.wait(READ_AFTER)
    for invitation_id, mail in mails(sent):
        low, high = sent[invitation_id][2:]
        score = dice.randint(low, high)
        meant[invitation_id] = score
        time.wait(dice.uniform(0.5, 30))
        HUMANS[name](server, mail, time, dice, score)
    return outcome_of(app, time, name, meant)


def ask(app: Flask, time: Watch, many: int) -> dict[str, tuple[str, str, int, int]]:
    """Mails that have just left: id → (tap token, unsubscribe token, low, high)."""
    sent = {}
    with app.app_context():
        for place in range(many):
            metric = list(METRICS)[place % len(METRICS)]
            row = factories.sent_invitation(
                db.session,
                survey=factories.survey_version(db.session, metric=metric),
                channels=["email"],
                sent_at=time.now,
                lapses_at=time.now + timedelta(days=30),
            )
            tap = links.token(row.token_id, "email")
            out = links.unsubscribe_token(row.token_id, "email")
            sent[row.id] = (tap, out, *METRICS[metric])
        db.session.commit()
        db.session.remove()
    return sent


def written(app: Flask) -> int:
    """How many rows visitors have left anywhere."""
    with app.app_context():
        found = sum(
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Tap, Response, Consent, Suppression)
        )
        db.session.remove()
    return found


def table(title: str, outcomes: Iterable[Outcome]) -> str:
    """The figures, one kind of visitor a line."""
    rows = list(outcomes)
    lines = [f"{title:<40} {'mails':>6} {'taps':>7} {'counted':>8} {'as meant':>9}"]
    lines += [
        f"{one.name:<40} {one.invitations:>6} {one.taps:>7} {one.counted:>8} {one.right:>9}"
        for one in [*rows, _total(rows)]
    ]
    return "\n".join(lines)


def _total(rows: list[Outcome]) -> Outcome:
    sums = [sum(getattr(one, name) for one in rows) for name in Outcome.__slots__[1:]]
    return Outcome("in all", *sums)


def _resend(app: Flask, time: Watch, mail: Mail) -> None:
    """Have this mail leave a moment ago: its robot comes on delivery."""
    link = mail.bare.split("/")[2]
    with app.app_context():
        token_id = links.read(link).token_id
        left = time.now - timedelta(seconds=0.5)
        invitation = db.session.scalars(
            select(factories.Invitation).where(factories.Invitation.token_id == token_id)
        ).one()
        message = db.session.scalars(
            select(factories.Message).where(factories.Message.invitation_id == invitation.id)
        ).one()
        invitation.sent_at = message.sent_at = left
        db.session.commit()
        db.session.remove()


def outcome_of(app: Flask, time: Watch, name: str, meant: dict[str, Any]) -> Outcome:
    """Two days later: what is in the export counts unless it was rejected."""
    for _ in range(2):
        time.wait(86_400)
        with app.app_context():
            tasks.drain()
            db.session.remove()
    time.wait(1)
    with app.app_context():
        tasks.drain()
        newest = {row["invitation_id"]: row for row in feed.stream()}
        taps = db.session.scalar(
            select(func.count()).select_from(Tap).where(Tap.invitation_id.in_(list(meant)))
        )
        db.session.remove()
    counted = {
        id: newest[id]["score"]
        for id in meant
        if id in newest
        and newest[id]["state"] in COUNTING
        and newest[id]["verdict"] != "rejected"
        and newest[id]["score"] is not None
    }
    right = sum(counted.get(id) == score for id, score in meant.items() if score is not None)
    return Outcome(name, len(meant), taps or 0, len(counted), right)
