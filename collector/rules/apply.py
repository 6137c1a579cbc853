"""The verb that takes rules into use, alone or with their surveys: all in one transaction, or none.

Called by `commands/configuration/files.py` and the demo; `change.py` changes one object on its own.
A version is immutable and holds all but the status, so pausing a rule makes no new version. Every
change goes into the audit log. Next: `rulebook.py` reads what is live.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict, InvalidInput
from collector.model import audit
from collector.model.audit import SERVICE, Author
from collector.model.base import unit_of_work
from collector.model.ids import derived_id
from collector.model.rules import Rule, RuleVersion
from collector.model.transaction import transaction
from collector.rules import scope
from collector.rules.definition import check, check_survey
from collector.rules.folder.workspace import Workspace
from collector.rules.statuses import merged
from collector.surveys import catalog, versions
from collector.surveys.differences import differences
from collector.surveys.versions import Change, reason_required

LIVE = "live"


def apply(definitions: Iterable[Mapping[str, Any]], who: Author = SERVICE) -> list[Change]:
    """Check the rules against the surveys in use and write them; a new version where one changed.

    Raises InvalidInput with every problem of the first definition that has any, or without a reason
    for a change of what is live (`reason_required`), and Conflict (`configuration_changed`) if
    somebody else applied the same rule at the same moment.
    """
    return _apply((), [check(definition) for definition in definitions], who, False)


def apply_workspace(
    workspace: Workspace, who: Author = SERVICE, *, take_status: bool = False
) -> list[Change]:
    """Take surveys and rules of a checked folder into use. Raises as `apply`.

    What is in use but not in the folder stays as it is; so does the status of a rule, unless its
    file says another one than the last time (`statuses.py`) or `take_status` takes all of them.
    """
    return _apply(workspace.surveys, workspace.rules, who, take_status)


@transaction
def _apply(
    surveys: Iterable[Mapping[str, Any]],
    rules: Iterable[Mapping[str, Any]],
    who: Author,
    take: bool,
) -> list[Change]:
    try:
        with unit_of_work() as work:
            changes = versions.write(work.session, list(surveys), who)
            changes += write(work.session, list(rules), who, filed=True, take=take)
            work.commit()
    except IntegrityError:
        raise collided() from None
    return changes


def collided() -> Conflict:
    """Two changed the same object at once; the database let only one of them."""
    return Conflict(
        "Somebody else changed the same configuration at this moment; look and try again.",
        code="configuration_changed",
    )


def write(
    session: Session,
    definitions: list[Mapping[str, Any]],
    who: Author,
    action: str = "changed",
    *,
    filed: bool = False,
    take: bool = False,
) -> list[Change]:
    """Write checked rules within the caller's transaction; raises as `apply`.

    `filed`: they come from files, whose status counts as `statuses.merged` says.
    """
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
        known_as, said = held.get(definition["key"]), ""
        if filed:
            said = definition["status"]
            was, before = (known_as.status, known_as.filed_status) if known_as else ("", "")
            definition = {**definition, "status": merged(was, before, said, take)}
        change = _one(session, definition, held, last, who, action)
        if filed:
            held[definition["key"]].filed_status = said
        changes.append(replace(change, said=said if said != change.status[1] else ""))
    session.flush()
    live = {change.key for change in changes if change.status[1] == LIVE}
    _spare_people(session, {one["on"] for one in definitions if one["key"] in live})
    return changes


def _spare_people(session: Session, event_types: set[str]) -> None:
    """Raises InvalidInput (`kpi_fatigue`) where one of these events is now followed by too many
    different surveys."""
    live = session.scalars(
        select(Rule).where(Rule.event_type.in_(event_types), Rule.status == LIVE)
    )
    asked = [(row.key, row.event_type, str(row.version.definition["survey"])) for row in live]
    for event_type, surveys in sorted(scope.crowded(asked, event_types).items()):
        raise InvalidInput(scope.fatigue(event_type, surveys), code="kpi_fatigue", pointer="/on")


def _one(
    session: Session,
    definition: Mapping[str, Any],
    held: dict[str, Rule],
    last: dict[str, int],
    who: Author,
    action: str,
) -> Change:
    key, status = definition["key"], definition["status"]
    content = {name: value for name, value in definition.items() if name != "status"}
    digest, at, rule = versions.digest(content), clock.now(), held.get(key)
    same = rule is not None and rule.version.digest == digest
    before = rule.status if rule else ""
    moved = before, status
    if rule is not None and same and before == status:
        return Change("rule", key, rule.version.version, "unchanged", moved)
    if LIVE in moved and not who.reason:
        raise reason_required(f"The rule `{key}` {'is' if before == LIVE else 'goes'} live")
    details: dict[str, Any] = {"status": list(moved)} if before != status else {}
    if rule is not None and same:
        rule.status, rule.changed_at = status, at
        audit.append(session, who, "rule", key, "status", rule.version.version, details)
        return Change("rule", key, rule.version.version, "changed", moved)
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
        audit.append(session, who, "rule", key, "created", number, details)
        return Change("rule", key, number, "created", moved)
    old = rule.version.definition
    details["differences"] = [one.as_json() for one in differences(old, content)]
    rule.status, rule.event_type, rule.version = status, definition["on"], version
    rule.changed_at = at
    audit.append(session, who, "rule", key, action, number, details)
    removed = tuple(kind for kind in old["channels"] if kind not in content["channels"])
    return Change("rule", key, number, "changed", moved, removed=removed)
