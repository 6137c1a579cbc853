"""Reads one signal, from the API or from a file, with every problem listed. Pure.

The fields are those of the files of `collector audit`, with the systems' names beside the ids:

    {"source": "helpdesk", "signal_id": "k-77", "type": "complaint", "at": "2026-03-02T15:00:00Z",
     "event_source": "shop", "event_id": "o-1-delivered", "agent_id": "a1", "value": 1, "tags": []}

Help desks write a topic where others have a number: a `value` that is a word is kept as a tag.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from collector import clock
from collector.intake.outcomes import Refused
from collector.rules.values import Problems, escape

FIELDS = (
    "source", "signal_id", "type", "event_source", "event_id", "agent_id", "value", "at", "tags",
)  # fmt: skip
# What the checks look at; any other word is kept too.
KNOWN = ("complaint", "refund", "qa", "repeat_contact")
TYPE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MAX_TAGS, MAX_TAG = 20, 60
AHEAD = timedelta(minutes=10)  # clocks differ; a time further ahead is a mistake
LARGEST = 1e12
MAX_WORD = 200
NO_NUMBER = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IncomingSignal:
    """One signal, usable. Empty texts say nothing; `value` is on the sender's own scale. `tags` are
    the sender's, and the word that stood in the value's place.
    """

    source: str
    signal_id: str
    type: str
    at: datetime
    event_source: str = ""
    event_id: str = ""
    agent_id: str = ""
    value: float | None = None
    tags: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The sender's own key, unique: the same key again is the same signal."""
        return self.source, self.signal_id

    def digest(self) -> str:
        """SHA-256 of everything that was said, to tell a repetition from a contradiction."""
        said = (
            self.key, self.type, clock.iso(self.at), self.event_source, self.event_id,
            self.agent_id, self.value, self.tags,
        )  # fmt: skip
        return hashlib.sha256(orjson.dumps(said)).hexdigest()


def read(
    raw: Any, pointer: str, now: datetime, *, others: bool = False
) -> IncomingSignal | Refused:
    """One signal, or what is wrong with it. `others`: fields that we do not know are let pass."""
    problems = Problems()
    fields = problems.mapping(raw, pointer)
    if raw is None:
        problems.add(pointer, "not_an_object", "This must be an object.")

    def text(name: str, most: int, required: bool = False) -> str:
        return problems.text(fields.get(name), f"{pointer}/{name}", most, required=required)

    source = text("source", 100)
    signal_id = text("signal_id", 200, required=True)
    kind = text("type", 40, required=True)
    if kind and not TYPE.fullmatch(kind):
        problems.add(f"{pointer}/type", "bad_type", f"A type is a word such as {', '.join(KNOWN)}.")
    event_id = text("event_id", 200)
    event_source = text("event_source", 100) or (source if event_id else "")
    agent_id = text("agent_id", 200)
    _check_about(problems, pointer, fields, event_source, event_id, agent_id)
    at = problems.moment(fields.get("at"), f"{pointer}/at")
    if at is not None and at > now + AHEAD:
        problems.add(f"{pointer}/at", "in_the_future", "This time is yet to come.")
    value, word = _value(problems, fields.get("value"), f"{pointer}/value")
    tags = _tags(problems, fields.get("tags"), f"{pointer}/tags")
    if word and word not in tags:
        tags = (*tags, word)
    for name in fields:
        if name not in FIELDS and not others:
            problems.add(
                f"{pointer}/{escape(str(name))}",
                "unknown_field",
                f"Known fields: {', '.join(FIELDS)}.",
            )
    if problems.found or at is None:
        return Refused(tuple(problems.found), source, signal_id)
    return IncomingSignal(
        source, signal_id, kind, at, event_source if event_id else "", event_id, agent_id, value,
        tags,
    )  # fmt: skip


def _check_about(
    problems: Problems, at: str, fields: Any, event_source: str, event_id: str, agent_id: str
) -> None:
    if event_id and not event_source:
        problems.add(
            f"{at}/event_source", "missing", "Say by which source the event was sent to us."
        )
    if not event_id and not agent_id and not fields.get("event_id") and not fields.get("agent_id"):
        problems.add(
            f"{at}/event_id", "missing", "Say which interaction (event_id) or whom it is about."
        )


def _value(problems: Problems, raw: Any, pointer: str) -> tuple[float | None, str]:
    """The number; or the word in its place, which is a topic."""
    if raw is None or raw == "":
        return None, ""
    try:
        number = math.nan if isinstance(raw, bool) else float(raw)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if abs(number) <= LARGEST:  # no comparison with NaN holds
        return number, ""
    if (
        isinstance(raw, str)
        and re.search(r"[^\W\d_]", raw)
        and not NO_NUMBER.fullmatch(raw.strip())
    ):
        return None, problems.text(raw.strip(), pointer, MAX_WORD).lower()
    problems.add(
        pointer, "bad_value", "A value is a number, on whatever scale you use, or a topic in words."
    )
    return None, ""


def _tags(problems: Problems, raw: Any, pointer: str) -> tuple[str, ...]:
    if raw is None or raw == "":
        return ()
    if isinstance(raw, str):  # from CSV
        raw = [tag.strip(' "') for tag in raw.strip("[] ").split(",") if tag.strip(' "')]
    if not isinstance(raw, list) or len(raw) > MAX_TAGS:
        problems.add(pointer, "bad_tags", f"Tags are a list of at most {MAX_TAGS} words.")
        return ()
    return tuple(
        problems.text(tag, f"{pointer}/{place}", MAX_TAG, required=True)
        for place, tag in enumerate(raw)
    )
