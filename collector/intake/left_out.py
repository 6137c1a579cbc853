"""The verb that counts what could not be kept, and the list of it for whoever runs the service.

Analytics clients do not look at the answer, and a 422 in somebody else's log is seen by nobody
here. Counted are our own codes and field names, by day, key and way in; nothing of what was sent.
Shown by `collector refused` and `GET /v1/refused`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from collector import clock
from collector.errors import Problem
from collector.intake.formats.native import EVENT_FIELDS, PERSON_FIELDS
from collector.intake.incoming import CONSENT_CHANNELS
from collector.model.access import ApiKey
from collector.model.base import db, unit_of_work
from collector.model.events import LeftOut
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction

REFUSED, CUT, UNHEARD = "refused", "cut", "unheard"
Reason = tuple[str, str, str]  # kind, code, field
TABLE: Any = LeftOut.__table__
KNOWN: Final = frozenset(
    {
        *EVENT_FIELDS, *PERSON_FIELDS, *CONSENT_CHANNELS,
        "messageId", "userId", "anonymousId", "event", "properties", "traits", "timestamp",
        "originalTimestamp", "sentAt", "batch", "groupId",  # Segment
        "signal_id", "at", "event_source", "event_id", "agent_id", "value", "tags",  # signals
        "time", "data", "specversion", "subject",  # CloudEvents
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One reason, with how often it came in the days asked for. `key` is the API key's name."""

    kind: str
    way: str
    key: str
    code: str
    field: str
    number: int
    last_at: datetime


def reasons(kind: str, problems: Iterable[Problem]) -> Counter[Reason]:
    """These problems, as they are counted."""
    return Counter((kind, one.code[:40], field(one.pointer)) for one in problems)


def field(pointer: str) -> str:
    """A pointer without what its sender chose: /batch/3/properties/secret is `properties`.

    Names of ours stay; the rest of a pointer may be anything.
    """
    named = [part for part in pointer.split("/")[1:] if not part.isdigit()]
    kept = []
    for part in named:
        if part not in KNOWN:
            break
        kept.append(part)
    return ".".join(part for part in kept if part != "batch")[:100]


@transaction
def count(way: str, api_key_id: str, found: Counter[Reason]) -> None:
    """Add these to today's numbers. `way` is how they came: native, cloudevents, segment, …"""
    if not found:
        return
    now = clock.now()
    with unit_of_work() as work:
        connection = work.session.connection()
        for (kind, code, name), number in sorted(found.items()):
            row = {
                "day": f"{now:%Y-%m-%d}", "api_key_id": api_key_id, "way": way, "kind": kind,
                "code": code, "field": name, "number": number, "last_at": now,
            }  # fmt: skip
            statement = upsert(TABLE).values(row)
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=list(TABLE.primary_key.columns),
                    set_={
                        "number": TABLE.c.number + statement.excluded.number,
                        "last_at": statement.excluded.last_at,
                    },
                )
            )
        work.commit()


def listed(days: int = 7) -> list[Line]:
    """What was left out in the last `days` days, today among them; what is lost comes first."""
    first = f"{clock.now() - timedelta(days=days - 1):%Y-%m-%d}"
    rows = db.session.execute(
        select(
            LeftOut.kind, LeftOut.way, ApiKey.name, LeftOut.code, LeftOut.field,
            func.sum(LeftOut.number).label("number"), func.max(LeftOut.last_at).label("last_at"),
        )
        .join(ApiKey, ApiKey.id == LeftOut.api_key_id)
        .where(LeftOut.day >= first)
        .group_by(LeftOut.kind, LeftOut.way, ApiKey.name, LeftOut.code, LeftOut.field)
    )  # fmt: skip
    order = (REFUSED, UNHEARD, CUT)
    lines = [
        Line(row.kind, row.way, row.name, row.code, row.field, int(row.number), row.last_at)
        for row in rows
    ]
    return sorted(
        lines,
        key=lambda one: (order.index(one.kind), -one.number, one.way, one.key, one.code, one.field),
    )
