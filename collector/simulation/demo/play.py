"""Plays the made-up week through the real pipeline, two hours at a time.

Everything goes through the verbs that the web and the workers call; only the clock is simulated.
Whatever was played before is recognised (event keys, idempotency keys), so a week that was broken
off goes on from its beginning without counting anything twice.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files

from sqlalchemy import select

from channels.status import DELIVERED, SENT
from collector import clock
from collector.answers import record, texts
from collector.answers.taps import SMS_REPLY, IncomingTap
from collector.errors import CollectorError
from collector.intake import receive
from collector.intake.formats.native import read_event
from collector.intake.outcomes import FINE
from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import Invitation, Message
from collector.simulation.demo import customers, gaming, week
from collector.simulation.demo.customers import Asked, Press
from collector.simulation.demo.week import Happening
from collector.surveys import catalog
from collector.work import tasks

TICK = timedelta(hours=2)
QUIET_END = timedelta(hours=3)
"""Nobody answers what was sent in the last hours, and the latecomers never do: a newcomer finds
something to tap."""


def play(end: datetime, tick: Callable[[datetime], None]) -> Counter[str]:
    """Play the week that ends at `end`; `tick` hears of each tick. Returns what was refused, by
    code (empty for a clean run)."""
    waiting = sorted(
        week.week(end) + gaming.happenings(end), key=lambda one: (one.at, one.event["id"])
    )
    refused: Counter[str] = Counter()
    presses: list[tuple[datetime, str, int, Press]] = []
    comments = json.loads(_sample("comments.json"))
    at = end - timedelta(days=week.DAYS)
    while at < end:
        before, at = at, min(at + TICK, end)
        while presses and presses[0][0] <= at:
            _tap(heapq.heappop(presses)[3], refused)
        with clock.at(at):
            count = sum(one.at <= at for one in waiting)
            _receive(waiting[:count], at, refused)
            waiting = waiting[count:]
            tasks.drain()
            reached = _reached(before, at) if at <= end - QUIET_END else []
        for asked in reached:
            presses_of = gaming.answers(asked, comments)
            if presses_of is None:
                presses_of = customers.answers(asked, comments)
            for press in presses_of:
                if press.at <= end:
                    key = (press.at, asked.invitation_id, press.number, press)
                    heapq.heappush(presses, key)
        db.session.remove()
        tick(at)
    return refused


def hours() -> int:
    """How many ticks a week has."""
    return int(timedelta(days=week.DAYS) / TICK)


def _receive(happenings: list[Happening], at: datetime, refused: Counter[str]) -> None:
    if not happenings:
        return
    read = [read_event(one.event, f"/{n}", at) for n, one in enumerate(happenings)]
    for outcome in receive.receive(read):
        if outcome.status not in FINE:
            refused[outcome.status] += 1


def _tap(press: Press, refused: Counter[str]) -> None:
    asked = press.asked
    key = f"demo:{asked.invitation_id}:{press.number}"
    with clock.at(press.at):
        try:
            if press.via == SMS_REPLY:
                texts.receive(asked.to, f"{press.score}", key)
                return
            record.record(
                IncomingTap(
                    kind=press.kind,
                    via=press.via,
                    channel=asked.channel,
                    idempotency_key=key,
                    invitation_id=asked.invitation_id,
                    score=press.score,
                    comment=press.comment,
                    opened_at=press.at - timedelta(seconds=4),
                    remote_addr=press.address,
                    device=press.device,
                    user_agent=press.user_agent,
                )
            )
        except CollectorError as error:
            refused[error.code] += 1


def _reached(after: datetime, until: datetime) -> list[Asked]:
    """The messages that reached somebody in this tick, in a fixed order."""
    rows = db.session.execute(
        select(Invitation, Message, Event)
        .join(Message, Message.invitation_id == Invitation.id)
        .join(Event, Event.id == Invitation.event_id)
        .where(
            Message.status.in_((SENT, DELIVERED)),
            Message.sent_at > after,
            Message.sent_at <= until,
            Event.source == week.SOURCE,
        )
        .order_by(Event.event_id, Message.channel)
    )
    found = [
        Asked(
            invitation_id=invitation.id,
            event_key=event.event_id,
            channel=message.channel,
            to=message.address,
            metric=catalog.get(invitation.survey_version_id).metric,
            locale=invitation.locale,
            sent_at=message.sent_at or until,
            context=event.context,
            subjects=event.subjects,
        )
        for invitation, message, event in rows
    ]
    return [one for one in found if not week.is_latecomer(one.event_key)]


def _sample(name: str) -> str:
    return files(__package__).joinpath("workspace", name).read_text(encoding="utf-8")
