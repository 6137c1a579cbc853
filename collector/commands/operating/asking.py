"""What `collector doctor` says about asking: is anything live, and what keeps people from it?

A rule that is set up and asks nobody looks like a quiet week. Whatever is paused, retired, a draft
again, or asks a survey that is stopped is told here, with how many asks wait and the way out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.invitations import deployment
from collector.invitations.stops import waiting
from collector.invitations.stops.waiting import Which
from collector.model.audit import AuditEntry
from collector.model.base import db
from collector.rules import advice, catalog, definition, stops
from collector.rules.catalog import RuleView
from collector.rules.statuses import DRAFT, LIVE, RETIRED
from collector.rules.stops import Stops
from collector.surveys import catalog as survey_catalog
from collector.surveys import definitions as survey_definitions

Finding = tuple[bool, str]


def check() -> Iterator[Finding]:
    """The lines of `doctor` about rules."""
    stopped = stops.load(cast(Session, db.session()))
    if stopped.everything is not None:
        halt = stopped.everything
        held = waiting.sentence(waiting.count(Which()), "{they} held")
        yield (
            False,
            f"everything is paused since {clock.iso(halt.at)} by {halt.by}: {halt.reason}; {held}. "
            "`collector resume` goes on",
        )
    rules = catalog.all_rules()
    asking = [
        rule for rule in rules if rule.status == LIVE and _survey(rule) not in stopped.surveys
    ]
    if not rules:
        yield True, "none live, so nobody is asked; `collector rules apply DIR` loads some"
    elif asking:
        yield True, f"{len(asking)} live"
    else:
        yield False, f"{len(rules)} in use and none of them asks anybody"
    for rule in rules:
        yield from _of_rule(rule, stopped, alone=not asking)


def _of_rule(rule: RuleView, stopped: Stops, *, alone: bool) -> Iterator[Finding]:
    to_live = f"`collector rules status {rule.key} live`"
    survey = _survey(rule)
    if rule.status == LIVE:
        if survey in stopped.surveys:
            halt = stopped.surveys[survey]
            yield (
                False,
                f"{rule.key}: live, but its survey {survey} is {halt.status} since "
                f"{clock.iso(halt.at)}, so nobody is asked; {_waiting(rule)}. "
                f"`collector surveys status {survey} live` goes on",
            )
    elif rule.status == RETIRED:
        return
    elif rule.status == DRAFT:
        if _was_live(rule.key):
            yield False, f"{rule.key}: was live and is a draft, so nobody is asked; {to_live}"
        elif alone:
            yield True, f"{rule.key}: a draft; {to_live} begins to ask"
    else:
        filed = rule.filed_status == LIVE
        yield (
            not filed,
            f"{rule.key}: {rule.status}, nobody is asked; {_waiting(rule)}"
            + (", though its file says live" if filed else "")
            + f". {to_live} goes on",
        )


def _waiting(rule: RuleView) -> str:
    return waiting.sentence(waiting.count(Which(rule=rule.key)), "{they} held")


def _survey(rule: RuleView) -> str:
    return str(rule.definition.get("survey", ""))


def _was_live(key: str) -> bool:
    entries = db.session.scalars(
        select(AuditEntry.details).where(AuditEntry.kind == "rule", AuditEntry.key == key)
    )
    return any(LIVE in details.get("status", ()) for details in entries)


def warned() -> Iterator[tuple[bool | None, str]]:
    """What is surely not meant in live rules; False where a rule can reach nobody at all."""
    live = [rule for rule in catalog.all_rules() if rule.status == LIVE]
    here = deployment.here([rule.definition for rule in live])
    surveys = {one.key: one.definition for one in survey_catalog.current_many().values()}
    found: list[tuple[bool | None, str]] = []
    for rule in live:
        whole = definition.check({**rule.definition, "status": rule.status})
        for said in advice.of_rule(whole, here=here, survey=surveys.get(_survey(rule))):
            nobody = said.code == "channel_not_set_up" and not (
                set(whole["channels"]) & set(here.channels or ())
            )
            found.append((False if nobody else None, f"{rule.key}{said.pointer}: {said.detail}"))
    for key in sorted({_survey(rule) for rule in live} & surveys.keys()):
        for said in advice.of_survey(survey_definitions.check(dict(surveys[key])), here=here):
            found.append((None, f"{key}{said.pointer}: {said.detail}"))
    yield from found or [(True, "nothing in live rules that is surely not meant")]
