"""The verb that takes rules into use, alone or with their surveys: all in one transaction, or none.

Called by `commands/configuration.py`, the demo and the API. A version is immutable and holds all
but the status, so pausing a rule makes no new version. Next: `rulebook.py` reads what is live.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict
from collector.model.base import unit_of_work
from collector.model.ids import derived_id
from collector.model.rules import Rule, RuleVersion
from collector.surveys import catalog, versions
from collector.surveys.versions import Change
from collector.triggers.rules import check, check_survey
from collector.triggers.workspace import Workspace


def apply(definitions: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Check the rules against the surveys in use and write them; a new version where one changed.

    Raises InvalidInput with every problem of the first definition that has any, and Conflict
    (`configuration_changed`) if somebody else applied the same rule at the same moment.
    """
    return _apply((), [check(definition) for definition in definitions])


def apply_workspace(workspace: Workspace) -> list[Change]:
    """Take surveys and rules of a checked folder into use. Raises as `apply`.

    What is in use but not in the folder stays as it is.
    """
    return _apply(workspace.surveys, workspace.rules)


def _apply(
    surveys: Iterable[Mapping[str, Any]], rules: Iterable[Mapping[str, Any]]
) -> list[Change]:
    try:
        with unit_of_work() as work:
            changes = versions.write(work.session, list(surveys))
            changes += _write(work.session, list(rules))
            work.commit()
    except IntegrityError:
        raise Conflict(
            "Somebody else applied the same configuration at this moment; look and apply again.",
            code="configuration_changed",
        ) from None
    return changes


def _write(session: Session, definitions: list[Mapping[str, Any]]) -> list[Change]:
    known = catalog.current_many({definition["survey"] for definition in definitions})
    for definition in definitions:
        survey = known.get(definition["survey"])
        check_survey(definition, survey.definition if survey else None)
    keys = [definition["key"] for definition in definitions]
    held = {row.key: row for row in session.scalars(select(Rule).where(Rule.key.in_(keys)))}
    newest = select(RuleVersion.key, func.max(RuleVersion.version).label("version"))
    last = {
        row.key: row.version
        for row in session.execute(
            newest.where(RuleVersion.key.in_(keys)).group_by(RuleVersion.key)
        )
    }
    changes = []
    for definition in definitions:
        changes.append(_one(session, definition, held, last))
    session.flush()
    return changes


def _one(
    session: Session,
    definition: Mapping[str, Any],
    held: dict[str, Rule],
    last: dict[str, int],
) -> Change:
    key, status = definition["key"], definition["status"]
    content = {name: value for name, value in definition.items() if name != "status"}
    digest, at, rule = versions.digest(content), clock.now(), held.get(key)
    if rule is not None and rule.version.digest == digest:
        if rule.status == status:
            return Change("rule", key, rule.version.version, "unchanged")
        rule.status, rule.changed_at = status, at
        return Change("rule", key, rule.version.version, "changed")
    number = last.get(key, 0) + 1
    version = RuleVersion(
        id=derived_id("rul", at, key, str(number)),
        key=key,
        version=number,
        definition=content,
        digest=digest,
        created_at=at,
    )
    session.add(version)
    session.flush()  # the rule refers to its version
    last[key] = number
    if rule is None:
        held[key] = Rule(
            key=key, status=status, event_type=definition["on"], version=version, changed_at=at
        )
        session.add(held[key])
        return Change("rule", key, number, "created")
    rule.status, rule.event_type, rule.version, rule.changed_at = (
        status,
        definition["on"],
        version,
        at,
    )
    return Change("rule", key, number, "changed")
