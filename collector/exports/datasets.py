"""The public schema of what is exported: columns with meaning, type and unit; those of `responses`.

This list is the contract with downstream systems: within one `SCHEMA`, columns are only ever added
at the end, and none changes its name, type or nullability (tests/contracts/ hold a copy). `feed.py`
reads exactly these, `files.py` writes exactly these, the API and the docs describe exactly these.
Null means absent, in every column and form; the empty text never does. Pure; anyone from `exports`
upwards may import it. Next: `catalog.py`, every dataset that leaves the house; `contract.py`, which
says the same as JSON Schema and as a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import orjson

from collector import clock

Type = Literal["integer", "number", "text", "timestamp", "list", "records"]

SCHEMA: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of each entry of a `records` column."""

    name: str
    type: Literal["integer", "text", "timestamp"]
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `nullable` columns may be null; every other one always has a value.

    JSON form of each type: `integer` and `number` a number, `text` a string, `timestamp` a string
    (RFC 3339, UTC, milliseconds, `Z`), `list` an array of strings, `records` an array of objects
    with the fields of `entry`. `kept_in` is the table's column where it has another name.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    nullable: bool = False
    kept_in: str = ""
    entry: tuple[Entry, ...] = ()

    @property
    def stored(self) -> str:
        """The table's column."""
        return self.kept_in or self.name


SUBJECT: Final = (
    Entry("role", "text", "what the subject is, such as agent, team, store, product"),
    Entry("id", "text", "who did the work, or which one it is", True),
    Entry("credited", "text", "who is credited for it; the same as id where nobody else is", True),
)
SUBJECTS: Final = Column(
    "subjects",
    "records",
    "whom or what it is about: role, id, credited; by role, then id",
    entry=SUBJECT,
)


RESPONSES: tuple[Column, ...] = (
    Column("number", "integer", "place in the feed; grows with every row, without gaps"),
    Column("response_id", "text", "which response this row is the newest word about"),
    Column("revision", "integer", "1 for a response's first row, then 2, 3 …; the highest holds"),
    Column("kind", "text", "answer, or tombstone: taken back by the person, keep this row alone"),
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
    Column(
        "band", "text", "detractor, passive, promoter, satisfied …; null without a score", "", True
    ),
    Column("state", "text", "settled, confirmed, or set_aside (only machines tapped)"),
    Column("comment", "text", "what the person wrote, as they wrote it", "", True),
    Column("verdict", "text", "clean, suspect or rejected"),
    Column(
        "weight",
        "number",
        "how much the score counts, 0 without one; above 1: it stands for others",
        "0 to 4",
    ),
    Column("reasons", "list", "codes of the checks behind the verdict; [] only if clean"),
    Column("checks_version", "text", "version of the integrity checks that judged"),
    Column("taps", "integer", "how many taps are behind this answer, set aside or not", "taps"),
    Column("channel", "text", "channel of the tap that counts: sms, email or inapp"),
    Column("locale", "text", "language in which the question was asked (BCP 47)"),
    Column("invited_at", "timestamp", "when the invitation went out (else: when it was decided)"),
    Column("answered_at", "timestamp", "when the tap that counts was made"),
    Column("published_at", "timestamp", "when this row entered the feed"),
    Column(
        "invitation_id",
        "text",
        "the invitation, of which each has at most one response; null once erased",
        "",
        True,
    ),
    Column(
        "person_id",
        "text",
        "who answered; says nothing about them outside this service; null once erased",
        "",
        True,
    ),
    Column("rule", "text", "key of the rule that asked"),
    Column("rule_version", "integer", "version of that rule"),
    Column("event_source", "text", "system that sent the event"),
    Column(
        "event_id",
        "text",
        "that system's own id of the event; joins with its data; null once erased",
        "",
        True,
    ),
    Column("event_type", "text", "such as order.delivered"),
    Column("occurred_at", "timestamp", "when the event happened, by its sender"),
    SUBJECTS,
    Column(
        "appeal", "text", "newest appeal: open, upheld, dismissed, withdrawn; null: none", "", True
    ),
    Column("counts_for", "text", "all; or company: left out of figures of agent, team and store"),
    Column(
        "updated_at",
        "timestamp",
        "when this row was published, under the name that loaders look for: published_at",
        kept_in="published_at",
    ),
)


def public(row: Mapping[str, Any], columns: tuple[Column, ...] = RESPONSES) -> dict[str, Any]:
    """A feed row as plain JSON values, columns in the schema's order."""
    return {column.name: _said(column, row[column.stored]) for column in columns}


def _said(column: Column, value: Any) -> Any:
    if column.type == "records" and isinstance(value, dict):
        return records(value)
    if column.type == "text" and column.nullable:
        return value or None
    return _plain(value)


def records(kept: Any) -> list[dict[str, str | None]]:
    """`role → {id, credited}`, or `role → id`, as entries in one order, whatever the database's."""
    named = [(role, one if isinstance(one, dict) else {"id": one}) for role, one in kept.items()]
    made = [
        {"role": role, "id": _text(one.get("id")), "credited": _text(one.get("credited"))}
        for role, one in named
    ]
    return sorted(made, key=lambda one: (one["role"] or "", one["id"] or ""))


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else orjson.dumps(_plain(value)).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.iso(value)
    if isinstance(value, dict):  # databases keep an object's keys in orders of their own
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def json_text(kept: Any) -> bytes:
    """What a `list` or `records` column holds as JSON text, the same from every database."""
    return orjson.dumps(records(kept) if isinstance(kept, dict) else _plain(kept))
