"""Looks rules up for showing: the current version of one or of all. Reads only.

Used by the API, the console and the command line; deciding uses `rulebook.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from collector.errors import NotFound
from collector.model.base import db
from collector.model.rules import Rule


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule's current version. `definition` is the checked object without its status."""

    key: str
    version: int
    version_id: str
    status: str
    event_type: str
    definition: Mapping[str, Any]
    filed_status: str = ""


def all_rules() -> list[RuleView]:
    """Every rule, sorted by key."""
    return [_view(row) for row in db.session.scalars(select(Rule).order_by(Rule.key))]


def get(key: str) -> RuleView:
    """That rule. Raises NotFound (`unknown_rule`)."""
    row = db.session.scalars(select(Rule).where(Rule.key == key)).one_or_none()
    if row is None:
        raise NotFound("There is no rule with this key.", code="unknown_rule")
    return _view(row)


def _view(row: Rule) -> RuleView:
    version = row.version
    return RuleView(
        row.key, version.version, version.id, row.status, row.event_type, version.definition,
        row.filed_status,
    )  # fmt: skip
