"""What is gamed in the made-up week, and what only looks like it. Pure.

Felix writes mailboxes of his own into customers' files and answers from his phone; Gina begs for
top marks, and some customers say so; Hugo puts his own number in place of customers'. Beside them a
tablet on the counter, on which many customers of all agents answer themselves: nothing may be held
against it. Only what happens is made up here; what is made of it is the engine's. `play.py` plays
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from collector import clock
from collector.answers.taps import CONFIRMED, PAGE, SMS_REPLY
from collector.simulation.demo import customers, week
from collector.simulation.demo.customers import DESKTOP, PHONE, Asked, Press
from collector.simulation.demo.week import AGENTS, DAYS, SOURCE, Happening

FELIX, GINA, HUGO, COUNTER = "felix", "gina", "hugo", "counter"
KIND: Final = "chat.closed"
ASKED_AFTER: Final = timedelta(hours=2)  # as the rule `after_chat` says
FIRST: Final = 301  # the customers here come after those of `week.py`
MANY: Final = {FELIX: 8, GINA: 6, HUGO: 2, COUNTER: 10}
HUGOS_NUMBER: Final = "+447700900777"
FELIX_AT: Final = ("192.0.2.10", "198.51.100.77", "203.0.113.254")  # the shop, on the way, home
PASTED: Final = "Very helpful and very quick, thank you so much."
BEGGED: Final = (
    "He was nice, but she asked me to give full marks.",
    "She told me that only a 7 is a good score, so here it is.",
    "Solved. I was asked for a top score, twice.",
)


def roster() -> list[dict[str, Any]]:
    """Who works at the shop, as its roster says it: Hugo's number is known."""
    staff = {HUGO: [HUGOS_NUMBER]}
    return [
        {"agent_id": agent, "team_id": "care", "staff_contacts": staff.get(agent, [])}
        for agent in (*AGENTS, FELIX, GINA, HUGO)
    ]


def happenings(end: datetime) -> list[Happening]:
    """The chats, and what was done to customers' files before and after; in order of time."""
    start = clock.aware(end) - timedelta(days=DAYS)
    return sorted(_all(start), key=lambda one: (one.at, one.event["id"]))


def answers(
    asked: Asked, comments: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[Press] | None:
    """The taps on this message; None where nothing is special about it."""
    if not asked.event_key.startswith("chat-"):
        return None
    _, who, turn = asked.event_key.split("-")
    if who == COUNTER:
        return _counter(asked, comments)
    return {FELIX: _felix, GINA: _gina, HUGO: _hugo}[who](asked, int(turn))


def _all(start: datetime) -> Iterator[Happening]:
    number = FIRST
    for who, many in MANY.items():
        for turn in range(many):
            person = _customer(number, by_phone=who == HUGO)
            at = _noon(start, 1 + turn // 4 * 2 if who != COUNTER else 1 + turn % 5)
            at += timedelta(minutes=4 * (turn % 4) if who != COUNTER else 7 * turn)
            agent = AGENTS[turn % len(AGENTS)] if who == COUNTER else who
            about = {"agent": {"id": agent, "credited": agent}, "team": "care"}
            context = {"ticket": f"t-{number}"}
            yield _event(f"chat-{who}-{turn}", KIND, at, person, context, about)
            own = {FELIX: {"email": f"felix.box{turn}@example.com"}, HUGO: {"phone": HUGOS_NUMBER}}
            if who in own:
                # Between the chat and the ask, so that the file had another one when it happened.
                before = at + ASKED_AFTER - timedelta(minutes=1)
                yield _event(f"swap-{number}", "account.changed", before, {**person, **own[who]})
            number += 1


def _felix(asked: Asked, turn: int) -> list[Press]:
    """The best score, one after the other, from one phone; once a little less, for looks."""
    at = asked.sent_at + timedelta(minutes=20, seconds=95 * (turn % 4))
    score = asked.metric.high - (turn == 5)
    words = PASTED if turn % 2 else None
    return [
        Press(
            at, asked, 0, CONFIRMED, score, PAGE, words, address=FELIX_AT[turn % 3],
            device="d-felix", user_agent=PHONE,
        )
    ]  # fmt: skip


def _gina(asked: Asked, turn: int) -> list[Press]:
    """Her customers answer themselves, as she asked them to. Half of them say so."""
    at = asked.sent_at + timedelta(minutes=11 + 37 * turn)
    words = BEGGED[turn // 2] if turn % 2 == 0 else None
    return [
        Press(
            at, asked, 0, CONFIRMED, asked.metric.high, PAGE, words,
            address=f"203.0.113.{120 + turn}", device=f"d-gina-{turn}", user_agent=PHONE,
        )
    ]  # fmt: skip


def _hugo(asked: Asked, turn: int) -> list[Press]:
    """He replies to the text that came to his own phone."""
    at = asked.sent_at + timedelta(minutes=6 + turn)
    return [Press(at, asked, 0, CONFIRMED, asked.metric.high, SMS_REPLY)]


def _counter(asked: Asked, comments: Mapping[str, Mapping[str, Sequence[str]]]) -> list[Press]:
    """What each customer thinks, low scores too, on the tablet that stands there for them."""
    random = Random(f"{asked.event_key}:counter")  # noqa: S311 - nothing secret
    score = customers.score(asked.metric, customers.mood(random, asked))
    at = asked.sent_at + timedelta(minutes=random.randint(5, 300))
    words = customers.comment(random, asked, score, comments) if random.random() < 0.4 else None
    return [
        Press(
            at, asked, 0, CONFIRMED, score, PAGE, words, address="192.0.2.10", device="d-counter",
            user_agent=DESKTOP,
        )
    ]  # fmt: skip


def _customer(number: int, *, by_phone: bool) -> dict[str, Any]:
    reach = {"phone": week.fictitious(number)} if by_phone else {}
    return {
        "ref": f"c-{number}", "kind": "customer", "locale": "en", "timezone": "Europe/London",
        "consent": {"sms": "granted", "email": "granted"},
        **(reach or {"email": f"customer{number}@example.com"}),
    }  # fmt: skip


def _noon(start: datetime, day: int) -> datetime:
    return (start + timedelta(days=day)).replace(hour=12, minute=0)


def _event(
    key: str,
    kind: str,
    at: datetime,
    person: dict[str, Any],
    context: dict[str, Any] | None = None,
    subjects: dict[str, Any] | None = None,
) -> Happening:
    event = {
        "source": SOURCE, "id": key, "type": kind, "occurred_at": clock.iso(at), "person": person,
        "context": context or {}, "subjects": subjects or {},
    }  # fmt: skip
    return Happening(at, event)
