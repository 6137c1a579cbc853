"""What is written down of one answer: the fields of an engine's case, no personal data. Pure.

`feature_loader.py` reads the `Features`, `body` makes the log entry's body of them,
`engine_cache.py` feeds it. Times are seconds since 1970; people are told apart by keyed
fingerprints; of a comment only the sketch is stored by which two comments can be compared, and
whether it says that a score was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector.answers.taps import TapEvidence
from collector.integrity.engine import text
from collector.integrity.evidence import tap_stream

CHANNELS = {"inapp": "in_app"}
# What leads to a person; taken out of the log when they take their answer back.
PII_FIELDS = ("customer", "contact", "on_file", "device", "ip", "net", "bands", "comment")


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints that the answering tap left; empty texts where there was none."""

    device: str = ""
    address: str = ""
    network: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """The interaction that was asked about. `key`: its fingerprint; `contacts`: by channel."""

    key: str
    occurred_at: datetime
    subjects: Mapping[str, Any]
    context: Mapping[str, Any]
    contacts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Features:
    """All that is known of one version of a response when it is judged.

    `home`: team and store of who did the work, by the roster ('' where it says nothing). `former`:
    the body of this response's entry before, with its id under `id`. `same_as`: an answer that
    counts and is about the same interaction. `cases`: how often the customer had come by then.
    """

    state: str
    score: int
    comment: str | None
    channel: str
    answered_at: datetime
    set_aside: Sequence[Any]
    metric: str
    low: int
    high: int
    locale: str
    customer: str
    taps: Sequence[TapEvidence]
    prints: Prints
    about: Happening
    home: tuple[str, str] = ("", "")
    staff: bool = False
    cases: int = 0
    former: Mapping[str, Any] | None = None
    former_comment: bool = False
    same_as: str | None = None


def who(subjects: Mapping[str, Any], role: str) -> tuple[str, str]:
    """(credited, who did the work) of this role; empty texts where nobody is named."""
    named = subjects.get(role) or {}
    did = str(named.get("id") or "")
    return str(named.get("credited") or did), did


def seconds(context: Mapping[str, Any]) -> float | None:
    """`context.handle_seconds`: how long the interaction was worked on."""
    value = context.get("handle_seconds")
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def reason(context: Mapping[str, Any]) -> str | None:
    """`context.reason`: what the interaction was about, such as `complaint`."""
    value = context.get("reason")
    return value if isinstance(value, str) and value else None


def body(features: Features) -> dict[str, Any]:
    """The fields of the case, without those that are empty."""
    about = features.about
    tap = tap_stream.answering(features.taps, features.score, features.answered_at)
    agent, worker = who(about.subjects, "agent")
    team, store = who(about.subjects, "team")[0], who(about.subjects, "store")[0]
    # In the app there is no contact point that could be somebody else's.
    reached = features.channel != "inapp"
    words = _words(features)
    fields: dict[str, Any] = {
        "agent": agent, "worker": worker or agent, "team": features.home[0] or team,
        "store": features.home[1] or store, "metric": features.metric.upper(),
        "low": float(features.low), "high": float(features.high), "score": float(features.score),
        "answered": features.answered_at.timestamp(),
        "channel": CHANNELS.get(features.channel, features.channel),
        "opened": _at(tap.opened_at) if tap else None, "sent": _at(tap.sent_at) if tap else None,
        "ip": features.prints.address, "net": features.prints.network,
        "device": features.prints.device,
        "client": tap.user_agent.strip() if tap else None, "locale": features.locale,
        "supersedes": features.former["id"] if features.former else None, "event": about.key,
        "customer": features.customer, "contact": features.prints.contact if reached else None,
        "on_file": about.contacts.get(features.channel) if reached else None,
        "occurred": about.occurred_at.timestamp(), "seconds": seconds(about.context),
        "reason": reason(about.context), "staff_contact": features.staff,
        "cases_then": features.cases or None, "same_as": features.same_as,
        "taps": tap_stream.figures(features.taps, features.state, features.set_aside, tap), **words,
    }  # fmt: skip
    needed = ("agent", "worker", "team", "store")
    return {name: value for name, value in fields.items() if name in needed or not _empty(value)}


def _empty(value: object) -> bool:
    return value is None or value is False or value == "" or value == {}


def _words(features: Features) -> dict[str, Any]:
    """The comment's sketch, once: a later version that says the same adds nothing."""
    if not features.comment or features.former_comment:
        return {}
    return {
        "bands": list(text.sketch(features.comment)), "begs": text.admits_begging(features.comment),
        "long": text.is_long(features.comment),
    }  # fmt: skip


def _at(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
