"""Writes survey versions inside somebody's unit of work: a new one only where something changed.

A helper without a commit, used by `apply.py` and by `triggers/apply.py`, which writes surveys and
rules together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from collector import clock
from collector.model.ids import derived_id
from collector.model.surveys import SurveyVersion


@dataclass(frozen=True, slots=True)
class Change:
    """What applying one definition did: `action` is created, changed or unchanged."""

    kind: str
    key: str
    version: int
    action: str


def digest(definition: Mapping[str, Any]) -> str:
    """SHA-256 of the definition as canonical JSON."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write(session: Session, definitions: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Write checked definitions; returns a change for each, in order. The caller commits.

    Raises sqlalchemy's IntegrityError if somebody else wrote the same version meanwhile.
    """
    newest = select(SurveyVersion.key, func.max(SurveyVersion.version)).group_by(SurveyVersion.key)
    rows = session.scalars(
        select(SurveyVersion).where(tuple_(SurveyVersion.key, SurveyVersion.version).in_(newest))
    )
    held = {row.key: row for row in rows}
    changes = []
    for definition in definitions:
        key, now = definition["key"], held.get(definition["key"])
        fresh = digest(definition)
        if now is not None and now.digest == fresh:
            changes.append(Change("survey", key, now.version, "unchanged"))
            continue
        version = now.version + 1 if now else 1
        at = clock.now()
        held[key] = SurveyVersion(
            id=derived_id("srv", at, key, str(version)),
            key=key,
            version=version,
            metric=definition["metric"],
            definition=dict(definition),
            digest=fresh,
            created_at=at,
        )
        session.add(held[key])
        changes.append(Change("survey", key, version, "changed" if now else "created"))
    session.flush()
    return changes
