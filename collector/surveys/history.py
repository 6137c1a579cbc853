"""What became of a survey, a rule, an appeal … over time: the log of changes. Reads only.

Used by the API and the command line; `model/audit.py` holds the table, `versions.py`,
`rules/apply.py` and the verbs of `integrity/appeals/` write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from collector.model.audit import AuditEntry
from collector.model.base import db
from collector.model.sql import paging

RULE, SURVEY = "rule", "survey"
KINDS = (RULE, SURVEY, "service", "roster", "appeal", "finding", "suppression", "person")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `action` is created, changed, opened, upheld …; `number` counts the changes of
    this object."""

    id: str
    kind: str
    key: str
    number: int
    action: str
    version: int
    by: str
    reason: str
    details: Mapping[str, Any]
    at: datetime


def page(kind: str = "", key: str = "", before: str = "", limit: int = paging.USUAL) -> list[Entry]:
    """The newest changes first; `before` is the id of the last entry of the page before this."""
    wanted = [AuditEntry.kind == kind] if kind else []
    wanted += [AuditEntry.key == key] if key else []
    return [_entry(row) for row in paging.newest(AuditEntry, *wanted, before=before, limit=limit)]


def since(kind: str, key: str, version: int) -> list[Entry]:
    """What happened to one object after that version was made, oldest first."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.kind == kind, AuditEntry.key == key, AuditEntry.version >= version)
        .order_by(AuditEntry.number)
    )
    return [_entry(row) for row in rows]


def _entry(row: AuditEntry) -> Entry:
    return Entry(
        row.id, row.kind, row.key, row.number, row.action, row.version, row.by, row.reason,
        row.details, row.at,
    )  # fmt: skip
