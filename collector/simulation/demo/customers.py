"""How the made-up customers answer: who taps, when, which score, what they write. And the machines.

Pure: the same ask gets the same answer, because chance is seeded with the event that was asked
about. Some mail hosts open every link of a mail within seconds, some people confirm, change their
mind or reply by text, a few tap for somebody else. Used by `play.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from collector.answers.taps import CONFIRMED, DECOY, PAGE, PROVISIONAL, SMS_REPLY, WIDGET
from collector.surveys.metrics import Metric

PHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
DESKTOP: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
OLD_CHROME: Final = DESKTOP.replace("131", "89")  # what scanners like to pose as
NAMED_SCANNER: Final = "BarracudaCentral/1.0"
ANSWER_SHARE: Final = {"sms": 0.52, "email": 0.44, "inapp": 0.62}
TYPICAL_DELAY: Final = {
    "sms": timedelta(minutes=25),
    "email": timedelta(hours=5),
    "inapp": timedelta(hours=9),
}
AGENT_MOOD: Final = {"amira": 0.9, "bruno": 0.2, "chen": 0.5, "dora": 0.6, "emil": -0.9}


@dataclass(frozen=True, slots=True)
class Asked:
    """One message that reached somebody: what the made-up customer knows when answering."""

    invitation_id: str
    event_key: str
    channel: str
    to: str
    metric: Metric
    locale: str
    sent_at: datetime
    context: Mapping[str, Any]
    subjects: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """One tap to come, in the words of `answers.taps`."""

    at: datetime
    asked: Asked
    number: int
    kind: str
    score: int | None
    via: str
    comment: str | None = None
    address: str = ""
    device: str = ""
    user_agent: str = ""


def answers(asked: Asked, comments: Mapping[str, Mapping[str, Sequence[str]]]) -> list[Press]:
    """Every tap that this message will get, machines' first; often none."""
    random = Random(f"{asked.event_key}:{asked.channel}")  # noqa: S311 - nothing secret
    presses = _scanner(random, asked) if asked.channel == "email" else []
    if random.random() < ANSWER_SHARE[asked.channel]:
        presses += _person(random, asked, comments, len(presses))
    return presses


def _person(
    random: Random,
    asked: Asked,
    comments: Mapping[str, Mapping[str, Sequence[str]]],
    number: int,
) -> list[Press]:
    felt = mood(random, asked)
    given = score(asked.metric, felt)
    delay = max(random.expovariate(1.0), 0.02) * TYPICAL_DELAY[asked.channel]
    at = asked.sent_at + timedelta(seconds=20) + delay
    home = f"203.0.113.{random.randrange(1, 250)}"  # TEST-NET-3, RFC 5737
    phone = asked.channel != "email" or random.random() < 0.6
    device = f"d-{asked.event_key}"
    who = {"address": home, "device": device, "user_agent": PHONE if phone else DESKTOP}
    words = comment(random, asked, given, comments) if random.random() < 0.4 else None
    if asked.channel == "sms" and random.random() < 0.35:
        return [Press(at, asked, number, CONFIRMED, given, SMS_REPLY, address="", device="")]
    if asked.channel == "inapp":
        first = [Press(at, asked, number, CONFIRMED, given, WIDGET, **who)]
        if words:
            later = at + timedelta(seconds=random.randint(8, 60))
            first.append(Press(later, asked, number + 1, CONFIRMED, None, WIDGET, words, **who))
        return first
    presses = [Press(at, asked, number, PROVISIONAL, given, PAGE, **who)]
    later = at + timedelta(seconds=random.randint(6, 70))
    if random.random() < 0.12:  # the wrong number, put right
        better = min(asked.metric.high, given + 1) if felt > 0 else max(asked.metric.low, given - 1)
        presses.append(Press(later, asked, number + 1, CONFIRMED, better, PAGE, words, **who))
    elif words:
        presses.append(Press(later, asked, number + 1, CONFIRMED, given, PAGE, words, **who))
    return presses


def _scanner(random: Random, asked: Asked) -> list[Press]:
    """A mail host that opens every link: seconds after delivery, many scores, no press."""
    if random.random() > 0.16:
        return []
    at = asked.sent_at + timedelta(seconds=random.uniform(1, 40))
    agent = NAMED_SCANNER if random.random() < 0.4 else OLD_CHROME
    who = {"address": f"198.51.100.{random.randrange(1, 250)}", "device": "", "user_agent": agent}
    scores = range(asked.metric.low, asked.metric.high + 1)
    presses = [
        Press(at + timedelta(milliseconds=150 * turn), asked, turn, PROVISIONAL, score, PAGE, **who)
        for turn, score in enumerate(scores)
    ]
    if random.random() < 0.5:
        presses.append(Press(presses[-1].at, asked, len(presses), DECOY, None, PAGE, **who))
    return presses


def mood(random: Random, asked: Asked) -> float:
    """How somebody feels, about -2 to 2: what happened, who helped, and a person's own day."""
    felt = random.gauss(0.75, 0.75)
    felt -= 0.75 * min(int(asked.context.get("days_late", 0)), 3)
    agent = asked.subjects.get("agent", {})
    return felt + AGENT_MOOD.get(agent.get("id", ""), 0.0) - (0.4 if agent else 0.0)


def score(metric: Metric, felt: float) -> int:
    """The score of this feeling."""
    share = min(max((felt + 2) / 4, 0.0), 1.0)
    return metric.low + round(float(share**0.75) * (metric.high - metric.low))


def comment(
    random: Random,
    asked: Asked,
    given: int,
    comments: Mapping[str, Mapping[str, Sequence[str]]],
) -> str:
    """What somebody writes beside this score, in their language."""
    share = (given - asked.metric.low) / (asked.metric.high - asked.metric.low)
    tone = "good" if share > 0.74 else "bad" if share < 0.5 else "fair"
    return random.choice(comments.get(asked.locale, comments["en"])[tone])
