"""The made-up week of a made-up shop: two hundred people and what happened to them. Pure.

The same seed and the same end give the same week, to the byte. Numbers and addresses come from the
ranges that are reserved for fiction (Ofcom +44 7700 900xxx, NANP 555-01xx, RFC 2606 example.*), so
that nobody real can ever be written to. Used by `play.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from collector import clock

SOURCE = "lantern-loom"
SEED = 20260
PEOPLE = 200
LATECOMERS = 24  # people to whom something happens only at the end: theirs stay unanswered
TWINS = 40  # second records of people who are there already: one order, asked about twice
DAYS = 7

TWIN_FROM = PEOPLE - LATECOMERS - TWINS

WAKING = (9, 18)  # from nine until six in the evening: with a delay of two hours, before nine
LATE_PREFIX = "late-"

LOCALES = (
    ("en", "Europe/London", 70),
    ("es", "Europe/Madrid", 40),
    ("pt-BR", "America/Sao_Paulo", 35),
    ("zh", "Asia/Singapore", 30),
    ("ar", "Asia/Dubai", 25),
)
AGENTS = ("amira", "bruno", "chen", "dora", "emil")
DEPOTS = ("north", "south", "harbour")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in the service's native JSON, and when the shop sends it."""

    at: datetime
    event: dict[str, Any]


def people(seed: int = SEED) -> list[dict[str, Any]]:
    """The people as native JSON: several languages, some opted out, some without any contact."""
    random = Random(seed)  # noqa: S311 - a made-up week, nothing secret
    spread = [(locale, zone) for locale, zone, share in LOCALES for _ in range(share)]
    # The latecomers are spread over the languages, so that each can be tried at the end.
    everybody = [*_shuffled(random, spread)[: PEOPLE - LATECOMERS]]
    everybody += [LOCALES[at % len(LOCALES)][:2] for at in reversed(range(LATECOMERS))]
    known = [_person(random, at, *where) for at, where in enumerate(everybody, start=1)]
    for original, twin in zip(known, known[TWIN_FROM : TWIN_FROM + TWINS], strict=False):
        twin.update({k: v for k, v in original.items() if k != "ref"})
    return known


def week(end: datetime, seed: int = SEED) -> list[Happening]:
    """Everything that happened in the seven days before `end`, in order of time."""
    random = Random(seed + 1)  # noqa: S311
    start = clock.aware(end) - timedelta(days=DAYS)
    known = people(seed)
    found: list[Happening] = []
    deliveries: dict[int, list[Happening]] = {}
    for place, person in enumerate(known[: PEOPLE - LATECOMERS]):
        if place >= TWIN_FROM:
            for first in deliveries[place - TWIN_FROM]:
                found.append(_again(random, len(found), first, person))
            continue
        before = len(found)
        for at in _moments(random, start, random.choice((1, 1, 2))):
            found.append(_delivery(random, len(found), at, person))
        deliveries[place] = found[before:]
        if random.random() < 0.85:
            found.append(_ticket(random, len(found), _moments(random, start, 1)[0], person))
        if random.random() < 0.75:
            found.append(_visit(random, len(found), _moments(random, start, 1)[0], person))
        if random.random() < 0.25:  # something that no rule listens to
            at = _moments(random, start, 1)[0]
            found.append(_happening(len(found), "cart.saved", at, person, {"items": 2}))
    for turn, person in enumerate(known[PEOPLE - LATECOMERS :]):
        # Old enough that a delay of an hour or two is over by the end.
        at = _waking(end - timedelta(hours=2, minutes=55 - 2 * turn), person["timezone"])
        kind = (_visit, _delivery, _ticket, _visit)[turn % 4]
        made = kind(random, len(found), at, person, fresh=True)
        found.append(Happening(at, made.event | {"id": LATE_PREFIX + made.event["id"]}))
    return sorted(found, key=lambda one: (one.at, one.event["id"]))


def is_latecomer(event_key: str) -> bool:
    """Whether the event of this key happened to somebody who leaves the question unanswered."""
    return event_key.startswith(LATE_PREFIX)


def _waking(at: datetime, timezone: str) -> datetime:
    """The last moment up to `at` after which a question goes out before the evening, where that
    person lives: a newcomer who starts the demo at any hour finds one open in each language."""
    local = at.astimezone(ZoneInfo(timezone))
    earliest, latest = WAKING
    if local.hour < earliest:
        local -= timedelta(days=1)
    elif local.hour < latest:
        return at
    minute = local.minute  # so that they do not all come in the same minute
    return clock.aware(local.replace(hour=latest - 1, minute=minute))


def _person(random: Random, number: int, locale: str, zone: str) -> dict[str, Any]:
    late = number > PEOPLE - LATECOMERS
    person: dict[str, Any] = {
        "ref": f"c-{number:03}",
        "kind": "customer",
        "locale": locale,
        "timezone": zone,
        "attributes": {"member": random.random() < 0.4, "since": random.randint(2015, 2026)},
        "consent": {"sms": "granted", "email": "granted"},
    }
    reach = random.random()
    if late or reach > 0.06:  # the rest cannot be reached outside the shop
        if late or reach > 0.35:
            person["phone"] = fictitious(number)
        if late or reach < 0.80:
            person["email"] = f"customer{number:03}@example.com"
    word = 1.0 if late else random.random()
    if word < 0.05:
        person["consent"] = {"any": "denied"}
    elif word < 0.11:
        person["consent"] = {"sms": "denied", "email": "granted"}
    elif word < 0.15:
        person["consent"] = {}
    elif word < 0.27 or (late and number % 5 == 0):
        person["consent"]["inapp"] = "denied"  # rather by mail than inside the shop
    return person


def _delivery(
    random: Random, number: int, at: datetime, person: dict[str, Any], fresh: bool = False
) -> Happening:
    late = 0 if fresh or random.random() > 0.16 else random.randint(2, 5)
    return _happening(
        number,
        "order.delivered",
        at,
        person,
        {"order": f"o-{10_000 + number}", "days_late": late, "amount": random.randint(15, 320)},
        {"order": f"o-{10_000 + number}", "depot": random.choice(DEPOTS)},
    )


def _again(random: Random, number: int, first: Happening, person: dict[str, Any]) -> Happening:
    """The carrier reports the same delivery too, to the customer's other record."""
    at = first.at + timedelta(minutes=random.randint(2, 50))
    event = first.event
    return _happening(number, event["type"], at, person, event["context"], event["subjects"])


def _ticket(
    random: Random, number: int, at: datetime, person: dict[str, Any], fresh: bool = False
) -> Happening:
    did = random.choice(AGENTS)
    # Sometimes a colleague takes the credit: the export keeps both.
    credited = did if random.random() > 0.06 else random.choice(AGENTS)
    return _happening(
        number,
        "ticket.solved",
        at,
        person,
        {"ticket": f"t-{3_000 + number}", "reopened": random.random() < 0.15},
        {"agent": {"id": did, "credited": credited}, "team": "care"},
    )


def _visit(
    random: Random, number: int, at: datetime, person: dict[str, Any], fresh: bool = False
) -> Happening:
    visits = random.randint(3, 12) if fresh else random.randint(1, 9)
    return _happening(number, "visit.returned", at, person, {"visits": visits})


def _happening(
    number: int,
    kind: str,
    at: datetime,
    person: dict[str, Any],
    context: dict[str, Any],
    subjects: dict[str, Any] | None = None,
) -> Happening:
    event = {
        "source": SOURCE,
        "id": f"e-{number:04}",
        "type": kind,
        "occurred_at": clock.iso(at),
        "person": person,
        "context": context,
        "subjects": subjects or {},
    }
    return Happening(at, event)


def _moments(random: Random, start: datetime, count: int) -> list[datetime]:
    """Moments by day rather than by night, none in the last six hours of the week."""
    found = []
    for _ in range(count):
        day = random.randrange(DAYS)
        hour = min(max(random.gauss(14, 3.5), 7), 21.5)
        at = start.replace(hour=0, minute=0, second=0, microsecond=0)
        at += timedelta(days=day, seconds=int(hour * 3600))
        last = start + timedelta(days=DAYS, hours=-6)
        found.append(at if start <= at <= last else start + (at - start) % (last - start))
    return sorted(found)


def _shuffled(random: Random, items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    copy = list(items)
    random.shuffle(copy)
    return copy


def fictitious(number: int) -> str:
    """A phone number that is reserved for fiction, another one for each person."""
    if number % 2:
        return f"+44770090{number:04}"
    return f"+1{(202, 212, 415, 617)[number // 50 % 4]}55501{number % 100:02}"
