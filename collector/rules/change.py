"""The verb that changes one rule or survey by hand: write it, switch it, go back one step.

Called by the API and the command line. Whoever edits says which version they looked at (`seen`, a
tag such as `3-live`); if it is not that any more, nothing is written and the answer tells what
changed since. Folders of files go through `apply.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector.errors import Conflict, InvalidInput, NotFound
from collector.model import locks
from collector.model.audit import Author
from collector.model.base import unit_of_work
from collector.model.rules import Rule, RuleVersion
from collector.model.surveys import SurveyVersion
from collector.model.transaction import transaction
from collector.rules import apply as rules_apply
from collector.rules import definition as rule_definition
from collector.rules.statuses import DRAFT, LIVE
from collector.surveys import definitions as survey_definitions
from collector.surveys import history, versions
from collector.surveys.differences import differences
from collector.surveys.documents import Path, json_pointer
from collector.surveys.history import RULE, SURVEY
from collector.surveys.versions import Change

ANY, NONE = "*", ""  # what somebody saw: whatever there is; nothing of this key


def rule_tag(version: int, status: str) -> str:
    """Names what is in use of a rule; differs after every change."""
    return f"{version}-{status}"


def put_rule(
    key: str, definition: Mapping[str, Any], status: str, seen: str, who: Author
) -> Change:
    """Write the rule; `status` of '' leaves it as it is (a new rule begins as a draft).

    Raises InvalidInput as `apply`, and Conflict `version_conflict` if the rule is not as `seen`,
    `version_required` if it exists and `seen` is empty.
    """
    _same_key(key, definition)

    def run(session: Session) -> Change:
        held = _held_rule(session, key)
        _compare(session, RULE, key, seen, held.version.version if held else 0, _tag(held))
        now = status or (held.status if held else DRAFT)
        checked = rule_definition.check({"key": key, **definition, "status": now}, _in_body)
        return _switched(session, held, checked, who, "changed")

    return _in_one(run)


def set_status(key: str, status: str, seen: str, who: Author) -> Change:
    """Switch a rule: draft → live → paused → live, or retired. Makes no new version.

    Raises NotFound, InvalidInput (`reason_required`) and Conflict as `put_rule`.
    """

    def run(session: Session) -> Change:
        held = _known_rule(session, key)
        _compare(session, RULE, key, seen, held.version.version, _tag(held))
        checked = rule_definition.check({**held.version.definition, "status": status})
        return _switched(session, held, checked, who, "changed")

    return _in_one(run)


def roll_back_rule(key: str, to: int | None, seen: str, who: Author) -> Change:
    """Make a new version that equals version `to` (the one before the current for None).

    Raises NotFound (`unknown_rule`, `unknown_version`) and as `put_rule`.
    """

    def run(session: Session) -> Change:
        held = _known_rule(session, key)
        number = held.version.version
        _compare(session, RULE, key, seen, number, _tag(held))
        wanted = number - 1 if to is None else to
        older = session.scalars(
            select(RuleVersion).where(RuleVersion.key == key, RuleVersion.version == wanted)
        ).one_or_none()
        if older is None:
            raise _no_version(RULE, key, wanted)
        checked = rule_definition.check({**older.definition, "status": held.status})
        return _switched(session, held, checked, who, "rolled_back")

    return _in_one(run)


def put_survey(key: str, definition: Mapping[str, Any], seen: str, who: Author) -> Change:
    """Write the survey. Raises as `put_rule`."""
    _same_key(key, definition)

    def run(session: Session) -> Change:
        held = _held_survey(session, key)
        version = held.version if held else 0
        _compare(session, SURVEY, key, seen, version, str(version or ""))
        checked = survey_definitions.check({"key": key, **definition}, _in_body)
        return versions.write(session, [checked], who)[0]

    return _in_one(run)


def roll_back_survey(key: str, to: int | None, seen: str, who: Author) -> Change:
    """Make a new version that equals an older one. Raises as `roll_back_rule`."""

    def run(session: Session) -> Change:
        held = _held_survey(session, key)
        if held is None:
            raise NotFound("There is no survey with this key.", code="unknown_survey")
        _compare(session, SURVEY, key, seen, held.version, str(held.version))
        wanted = held.version - 1 if to is None else to
        older = _held_survey(session, key, wanted)
        if older is None:
            raise _no_version(SURVEY, key, wanted)
        checked = survey_definitions.check(older.definition)
        return versions.write(session, [checked], who, "rolled_back")[0]

    return _in_one(run)


@transaction
def _in_one(run: Callable[[Session], Change]) -> Change:
    try:
        with unit_of_work() as work:
            change = run(work.session)
            if change.status[1] == LIVE:
                work.ring("send")  # what a pause held is due again
            work.commit()
    except IntegrityError:
        raise rules_apply.collided() from None
    return change


def _switched(
    session: Session, held: Rule | None, checked: Mapping[str, Any], who: Author, action: str
) -> Change:
    if held is not None and held.status != DRAFT and checked["status"] == DRAFT:
        raise InvalidInput(
            "A rule that was live cannot become a draft again; pause it.",
            code="status_backwards", pointer="/status",
        )  # fmt: skip
    return rules_apply.write(session, [checked], who, action)[0]


def _compare(session: Session, kind: str, key: str, seen: str, version: int, tag: str) -> None:
    if seen in (ANY, tag):
        return
    if seen == NONE:
        raise Conflict(
            f"This {kind} exists; send the ETag that you read as If-Match, so that nobody's "
            "change is lost.",
            code="version_required", pointer="If-Match",
        )  # fmt: skip
    if not version:
        raise NotFound(f"There is no {kind} with this key.", code=f"unknown_{kind}")
    said = _what_changed(session, kind, key, seen, version, tag)
    raise Conflict(
        f"Somebody changed this {kind} since you read it ({seen}; it is {tag} now). {said}",
        code="version_conflict", pointer="If-Match",
    )  # fmt: skip


def _what_changed(session: Session, kind: str, key: str, seen: str, version: int, tag: str) -> str:
    number, _, status = seen.partition("-")
    table = RuleVersion if kind == RULE else SurveyVersion
    rows = session.execute(
        select(table.version, table.definition).where(
            table.key == key, table.version.in_([int(number) if number.isdecimal() else 0, version])
        )
    )
    found: dict[int, Mapping[str, Any]] = {row.version: row.definition for row in rows}
    if not number.isdecimal() or int(number) not in found:
        return "The version that you name never was; read it again."
    said = [str(one) for one in differences(found[int(number)], found[version])]
    if kind == RULE and status != tag.partition("-")[2]:
        said.append(f"status: {status} → {tag.partition('-')[2]}")
    later = history.since(kind, key, int(number))[-1:]
    by = "".join(f" By {one.by} at {one.at:%Y-%m-%d %H:%M} UTC." for one in later)
    return f"Changed: {'; '.join(said[:10]) or 'nothing, it was changed back'}.{by}"


def _in_body(path: Path, offset: int = -1, /) -> str:
    return "/definition" + json_pointer(path)


def _same_key(key: str, definition: Mapping[str, Any]) -> None:
    if definition.get("key", key) != key:
        raise InvalidInput(
            "The key in the definition is not the key in the address.",
            code="key_mismatch", pointer="/definition/key",
        )  # fmt: skip


def _held_rule(session: Session, key: str) -> Rule | None:
    return locks.one(session, Rule, key)


def _known_rule(session: Session, key: str) -> Rule:
    held = _held_rule(session, key)
    if held is None:
        raise NotFound("There is no rule with this key.", code="unknown_rule")
    return held


def _held_survey(session: Session, key: str, version: int | None = None) -> SurveyVersion | None:
    found = select(SurveyVersion).where(SurveyVersion.key == key)
    if version is not None:
        found = found.where(SurveyVersion.version == version)
    return session.scalars(found.order_by(SurveyVersion.version.desc()).limit(1)).first()


def _tag(held: Rule | None) -> str:
    return rule_tag(held.version.version, held.status) if held else ""


def _no_version(kind: str, key: str, wanted: int) -> NotFound:
    return NotFound(f"The {kind} `{key}` has no version {wanted}.", code="unknown_version")
