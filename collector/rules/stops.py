"""What is stopped right now: everything, a survey, a rule, a channel of a rule. Reads only.

Asked whenever something is about to reach a person: by the claims, at the hand-over, by the inbox,
and by whoever explains. What is *paused* is held and goes out if it is resumed in time; what is
*retired* is called off. A draft asks nobody. Written by `change.py`, `survey_status.py`
and `invitations/stops/everything.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, and_, literal, select, true, union_all
from sqlalchemy.orm import Session

from collector import clock
from collector.model.base import db
from collector.model.rules import ALL, EVERYTHING, SURVEY, Rule, RuleVersion, Stop
from collector.model.surveys import SurveyVersion
from collector.rules import rulebook
from collector.rules.statuses import LIVE as LIVE
from collector.rules.statuses import RETIRED

EVERYTHING_PAUSED: Final = "everything_paused"
RULE_PAUSED, RULE_RETIRED = "rule_paused", "rule_retired"
SURVEY_PAUSED, SURVEY_RETIRED = "survey_paused", "survey_retired"
CHANNEL_REMOVED: Final = "channel_removed"
ENDS: Final = frozenset({RULE_RETIRED, SURVEY_RETIRED})
"""What waits is called off for these; for the other reasons it is held."""


RULE: Final = "rule"
ALL_STOPS: Final = union_all(
    select(Stop.kind, Stop.key, Stop.status, Stop.by, Stop.reason, Stop.at),
    select(literal(RULE), Rule.key, Rule.status, literal(""), literal(""), Rule.changed_at).where(
        Rule.status != LIVE
    ),
)


@dataclass(frozen=True, slots=True)
class Halt:
    """One stop of everything or of a survey, as a person set it."""

    status: str
    by: str
    reason: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"by": self.by, "reason": self.reason, "since": clock.iso(self.at)}


@dataclass(frozen=True, slots=True)
class Stops:
    """All of it at one moment. `rules`: those that are not live, with their status."""

    everything: Halt | None = None
    surveys: Mapping[str, Halt] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.everything or self.surveys or self.rules)

    def reason(self, rule: str, survey: str) -> str:
        """Why nothing of this rule and survey may go out; empty where it may. What ends an ask
        comes before what only holds it."""
        if self.rules.get(rule) == RETIRED:
            return RULE_RETIRED
        asked = self.surveys.get(survey)
        if asked is not None and asked.status == RETIRED:
            return SURVEY_RETIRED
        if self.everything is not None:
            return EVERYTHING_PAUSED
        if rule in self.rules:
            return RULE_PAUSED
        return SURVEY_PAUSED if asked is not None else ""

    def facts(self, rule: str, survey: str) -> dict[str, Any]:
        """The figures of that reason, for the ledger and for whoever explains."""
        told: dict[str, Any] = {"rule": rule, "survey": survey}
        halt = {
            EVERYTHING_PAUSED: self.everything,
            SURVEY_PAUSED: self.surveys.get(survey),
            SURVEY_RETIRED: self.surveys.get(survey),
        }.get(self.reason(rule, survey))
        if halt is not None:
            told |= halt.as_json()
        if rule in self.rules:
            told["status"] = self.rules[rule]
        return told

    def holding(self, rule_version: Any, survey_version: Any) -> ColumnElement[bool]:
        """The rows with these two columns that are held and not called off; put `~` before it for
        those that may be taken. Only to be used where there is a stop, or it costs for nothing."""
        paused_rules = [key for key, status in self.rules.items() if status != RETIRED]
        paused = [key for key, halt in self.surveys.items() if halt.status != RETIRED]
        retired = [key for key, status in self.rules.items() if status == RETIRED]
        gone = [key for key, halt in self.surveys.items() if halt.status == RETIRED]
        held = (
            true()
            if self.everything
            else _rules(rule_version, paused_rules) | _surveys(survey_version, paused)
        )
        return and_(held, ~_rules(rule_version, retired), ~_surveys(survey_version, gone))


def load(session: Session) -> Stops:
    """What is stopped at this moment, for many asks at once; one short statement."""
    halts: dict[tuple[str, str], Halt] = {}
    rules: dict[str, str] = {}
    for row in session.execute(ALL_STOPS):
        if row.kind == RULE:
            rules[row.key] = row.status
        else:
            halts[row.kind, row.key] = Halt(row.status, row.by, row.reason, row.at)
    return Stops(
        halts.get((EVERYTHING, ALL)),
        {key: halt for (kind, key), halt in halts.items() if kind == SURVEY},
        rules,
    )


def everything(session: Session) -> Halt | None:
    """The stop of everything, if there is one."""
    row = session.execute(
        select(Stop.status, Stop.by, Stop.reason, Stop.at).where(
            Stop.kind == EVERYTHING, Stop.key == ALL
        )
    ).one_or_none()
    return Halt(row.status, row.by, row.reason, row.at) if row else None


def of_surveys() -> dict[str, str]:
    """The surveys that are not live, with their status. For showing."""
    stopped = load(cast(Session, db.session()))
    return {key: halt.status for key, halt in stopped.surveys.items()}


def present_versions(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Rule key → the id of the version that holds now."""
    wanted = sorted(set(keys))
    found = session.execute(select(Rule.key, Rule.version_id).where(Rule.key.in_(wanted)))
    return {row.key: row.version_id for row in found}


def removed(session: Session, asked_by: Iterable[str]) -> dict[str, frozenset[str]]:
    """Rule version id → the channels that were taken out of the rule after it. Adding one, or any
    other change, reaches only the asks of events to come."""
    before = rulebook.versions(session, asked_by)
    present = present_versions(session, {rule.key for rule in before.values()})
    changed = {id: present.get(rule.key, id) for id, rule in before.items()}
    after = rulebook.versions(session, {now for id, now in changed.items() if now != id})
    return {
        id: frozenset(before[id].channels) - frozenset(after[now].channels)
        for id, now in changed.items()
        if now != id
    }


def _rules(column: Any, keys: list[str]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(
        select(RuleVersion.id).where(RuleVersion.key.in_(sorted(keys)))
    )
    return found


def _surveys(column: Any, keys: list[str]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(
        select(SurveyVersion.id).where(SurveyVersion.key.in_(sorted(keys)))
    )
    return found
