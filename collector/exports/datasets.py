"""The public schema of what is exported: every column with its meaning, type and unit.

This list is the contract with downstream systems: columns are only ever added at the end. `feed.py`
reads exactly these, `files.py` writes exactly these, the API and the docs describe exactly these.
Pure; anyone from `exports` upwards may import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from collector import clock

Type = Literal["integer", "number", "text", "timestamp", "list", "object"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `nullable` columns may be null; every other one always has a value.

    JSON form of each type: `integer` and `number` a number, `text` a string, `timestamp` a string
    (RFC 3339, UTC, milliseconds, `Z`), `list` an array of strings, `object` an object.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    nullable: bool = False


RESPONSES: tuple[Column, ...] = (
    Column("number", "integer", "place in the feed: remember the last one you read; no gaps"),
    Column("response_id", "text", "which response this row is the newest word about"),
    Column("revision", "integer", "1 for a response's first row, then 2, 3 …; the highest holds"),
    Column("kind", "text", "answer, or tombstone: taken back by the person, drop earlier contents"),
    Column("survey", "text", "key of the survey that was asked"),
    Column("survey_version", "integer", "version of the survey's wording that was asked"),
    Column("metric", "text", "nps, csat or ces"),
    Column("scale_low", "integer", "lowest score that could be given", "points"),
    Column("scale_high", "integer", "highest score that could be given", "points"),
    Column("direction", "text", "which end of the scale is good, such as higher_is_better"),
    Column(
        "score",
        "integer",
        "the answer; null: words without a score, or only machines tapped",
        "points",
        True,
    ),
    Column("band", "text", "detractor, passive, promoter, satisfied …; empty without a score"),
    Column("state", "text", "settled, confirmed, or set_aside (only machines tapped)"),
    Column("comment", "text", "what the person wrote, as they wrote it", "", True),
    Column("verdict", "text", "clean, suspect or rejected"),
    Column(
        "weight",
        "number",
        "how much the score counts, 0 without one; above 1: it stands for others",
        "0 to 4",
    ),
    Column("reasons", "list", "codes of the checks behind the verdict; empty only if clean"),
    Column("checks_version", "text", "version of the integrity checks that judged"),
    Column("taps", "integer", "how many taps are behind this answer, set aside or not", "taps"),
    Column("channel", "text", "channel of the tap that counts: sms, email or inapp"),
    Column("locale", "text", "language in which the question was asked (BCP 47)"),
    Column("invited_at", "timestamp", "when the invitation went out (else: when it was decided)"),
    Column("answered_at", "timestamp", "when the tap that counts was made"),
    Column("published_at", "timestamp", "when this row entered the feed"),
    Column("invitation_id", "text", "the invitation, of which each has at most one response"),
    Column("person_id", "text", "who answered; says nothing about them outside this service"),
    Column("rule", "text", "key of the rule that asked"),
    Column("rule_version", "integer", "version of that rule"),
    Column("event_source", "text", "system that sent the event"),
    Column("event_id", "text", "that system's own id of the event; joins with its data"),
    Column("event_type", "text", "such as order.delivered"),
    Column("occurred_at", "timestamp", "when the event happened, by its sender"),
    Column("subjects", "object", "role → {id: who did the work, credited: who is credited}"),
    Column("appeal", "text", "newest appeal: open, upheld, dismissed, withdrawn; empty for none"),
    Column("counts_for", "text", "all; or company: left out of figures of agent, team and store"),
)


def public(row: Mapping[str, Any]) -> dict[str, Any]:
    """A feed row as plain JSON values, columns in the schema's order."""
    return {column.name: _plain(row[column.name]) for column in RESPONSES}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.iso(value)
    if isinstance(value, dict):  # databases keep an object's keys in orders of their own
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def json_text(value: Any) -> bytes:
    """A value of a `list` or `object` column as JSON text, the same from every database."""
    return orjson.dumps(_plain(value))
