"""The live rules that listen to an event, each compiled once. Reads only.

Versions never change, so compiled ones are cached for the running app by version id; which version
is live is asked of the database every time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import structlog
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model import rules as tables
from collector.rules.definition import Rule, ready
from collector.surveys import catalog
from collector.surveys.catalog import Survey

CACHED = "collector.rules"
MAX_CACHED = 5_000
Listening = dict[str, list[tuple[Rule, Survey]]]

log = structlog.get_logger()


def listening(session: Session, event_types: Iterable[str]) -> Listening:
    """The live rules by event type, each with the current version of its survey."""
    pointers = (
        session.connection()
        .execute(
            select(tables.Rule.version_id).where(
                tables.Rule.event_type.in_(sorted(set(event_types))), tables.Rule.status == "live"
            )
        )
        .scalars()
    )
    rules = _ready(session, set(pointers))
    surveys = catalog.current_many({rule.survey_key for rule in rules}) if rules else {}
    listed: Listening = {}
    for rule in sorted(rules, key=lambda rule: rule.key):
        if rule.survey_key not in surveys:
            log.error("rule_without_survey", rule=rule.key)
            continue
        listed.setdefault(rule.event_type, []).append((rule, surveys[rule.survey_key]))
    return listed


def versions(session: Session, version_ids: Iterable[str]) -> dict[str, Rule]:
    """These versions by id, whether they are live or not: what waits follows the rule it had."""
    wanted = set(version_ids)
    return {rule.version_id: rule for rule in _ready(session, wanted)} if wanted else {}


def _ready(session: Session, version_ids: set[str]) -> list[Rule]:
    cache = cast(dict[str, Rule], current_app.extensions.setdefault(CACHED, {}))
    missing = sorted(version_ids - cache.keys())
    if missing:
        if len(cache) + len(missing) > MAX_CACHED:
            cache.clear()
            missing = sorted(version_ids)
        versions = tables.RuleVersion
        for row in session.execute(
            select(versions.id, versions.definition).where(versions.id.in_(missing))
        ):
            cache[row.id] = ready(row.id, row.definition)
    return [cache[version_id] for version_id in version_ids]
