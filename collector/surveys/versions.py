"""Writes survey versions inside somebody's unit of work: a new one only where something changed.

A helper without a commit, used by `apply.py` and by `rules/apply.py`, which writes surveys and
rules together. Every change goes into the audit log with its author; one that people are being
asked by right now needs a reason.
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
from collector.errors import InvalidInput
from collector.model import audit
from collector.model.audit import SERVICE, Author
from collector.model.ids import derived_id
from collector.model.rules import Rule
from collector.model.surveys import SurveyVersion
from collector.surveys.differences import differences


@dataclass(frozen=True, slots=True)
class Change:
    """What applying one definition did: `action` is created, changed or unchanged.

    `status` is that before and after; `said` is the status that a file asked for in vain. `removed`
    are channels that were taken out.
    """

    kind: str
    key: str
    version: int
    action: str
    status: tuple[str, str] = ("", "")
    said: str = ""
    removed: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether something that could go out before may not go out now."""
        before, after = self.status
        return bool(self.removed) or (before != after and after in ("paused", "retired"))


def digest(definition: Mapping[str, Any]) -> str:
    """SHA-256 of the definition as canonical JSON."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write(
    session: Session,
    definitions: Sequence[Mapping[str, Any]],
    who: Author = SERVICE,
    action: str = "changed",
) -> list[Change]:
    """Write checked definitions; returns a change for each, in order. The caller commits.

    `action` is what the audit log calls a change. Raises InvalidInput (`reason_required`) for a
    survey that a live rule asks, and sqlalchemy's IntegrityError if somebody else wrote the same
    version meanwhile.
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
        if now is not None and not who.reason and _asked_live(session, key):
            raise reason_required(f"A live rule asks the survey `{key}`")
        differ = differences(now.definition if now else {}, definition)
        details = {"differences": [one.as_json() for one in differ]} if now else {}
        audit.append(session, who, "survey", key, action if now else "created", version, details)
    session.flush()
    return changes


def reason_required(why: str) -> InvalidInput:
    """The complaint about a change of something live without a word on why."""
    return InvalidInput(
        f"{why}; say why it is changed, in one sentence that the audit log will keep.",
        code="reason_required", pointer="/reason",
    )  # fmt: skip


def _asked_live(session: Session, key: str) -> bool:
    live = session.scalars(select(Rule).where(Rule.status == "live"))
    return any(rule.version.definition.get("survey") == key for rule in live)
