"""Looks surveys up: one version by id (cached, versions never change) or the current one by key.

Imported by every later stage. The cache belongs to the running app, so two apps in one process
never see each other's surveys; which version is current is always asked of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from collector.errors import NotFound
from collector.model.base import db
from collector.model.surveys import SurveyVersion
from collector.surveys import metrics
from collector.surveys.wording import Wording, choose

CACHED = "collector.surveys"
MAX_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Survey:
    """One version of a survey, ready to use. `definition` is the checked object as JSON."""

    id: str
    key: str
    version: int
    metric: metrics.Metric
    owner: str
    subject: str
    strict: bool
    settle_minutes: int
    edit_hours: int
    lapse_days: int
    definition: Mapping[str, Any]

    def wording(self, locale: str = "") -> Wording:
        """The wording that fits `locale` best."""
        return choose(self.definition, locale)


def get(survey_version_id: str) -> Survey:
    """That version. Raises NotFound (`unknown_survey`)."""
    return get_many([survey_version_id])[survey_version_id]


def get_many(survey_version_ids: Iterable[str]) -> dict[str, Survey]:
    """Those versions by id, in at most one statement. Raises NotFound if one is unknown."""
    wanted = set(survey_version_ids)
    cache = _cache()
    missing = sorted(wanted - cache.keys())
    if missing:
        for row in _session().scalars(select(SurveyVersion).where(SurveyVersion.id.in_(missing))):
            _remember(cache, row)
    if unknown := wanted - cache.keys():
        raise NotFound(f"There is no survey version {min(unknown)}.", code="unknown_survey")
    return {one: cache[one] for one in wanted}


def current(key: str) -> Survey:
    """The newest version of that survey. Raises NotFound (`unknown_survey`)."""
    found = current_many([key])
    if key not in found:
        raise NotFound(f"There is no survey with the key '{key}'.", code="unknown_survey")
    return found[key]


def current_many(keys: Iterable[str] | None = None) -> dict[str, Survey]:
    """The newest versions by key (all surveys for None); unknown keys are left out."""
    newest = select(SurveyVersion.key, func.max(SurveyVersion.version)).group_by(SurveyVersion.key)
    if keys is not None:
        newest = newest.where(SurveyVersion.key.in_(sorted(set(keys))))
    ids = select(SurveyVersion.key, SurveyVersion.id).where(
        tuple_(SurveyVersion.key, SurveyVersion.version).in_(newest)
    )
    by_key = {row.key: row.id for row in _session().execute(ids)}
    found = get_many(by_key.values())
    return {key: found[by_key[key]] for key in sorted(by_key)}


def unsaved(definition: Mapping[str, Any]) -> Survey:
    """A checked definition that is not in use, as a survey without id, for trying things out."""
    return _survey("", 0, definition)


def _remember(cache: dict[str, Survey], row: SurveyVersion) -> None:
    if len(cache) >= MAX_CACHED:
        cache.clear()
    cache[row.id] = _survey(row.id, row.version, row.definition)


def _survey(version_id: str, version: int, definition: Mapping[str, Any]) -> Survey:
    metric = metrics.of(definition["metric"])
    return Survey(
        id=version_id,
        key=definition["key"],
        version=version,
        metric=metric,
        owner=definition.get("owner", ""),
        subject=definition.get("subject") or metric.scope[0],
        strict=definition["strict"],
        settle_minutes=definition["settle_minutes"],
        edit_hours=definition["edit_hours"],
        lapse_days=definition["lapse_days"],
        definition=definition,
    )


def _cache() -> dict[str, Survey]:
    return cast(dict[str, Survey], current_app.extensions.setdefault(CACHED, {}))


def _session() -> Session:
    return cast(Session, db.session())
