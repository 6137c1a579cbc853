"""What to rehearse: which rule, as which draft, over which events. Checked before anything runs.

`prepare` raises everything that can be wrong at once, so that a run that has begun does not end in
a complaint. Used by the API and the command line; `run.py` takes the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from collector import clock
from collector.errors import InvalidInput
from collector.model.base import db
from collector.model.rules import Rule as RuleRow
from collector.rules import catalog as rule_catalog
from collector.rules import definition as rule_definition
from collector.rules import rulebook
from collector.rules.conditions import Expression, compile_expression
from collector.rules.definition import Rule
from collector.surveys import catalog
from collector.surveys.catalog import Survey
from collector.surveys.documents import Locate, json_pointer

DRAFT = "draft"
LONGEST = timedelta(days=3 * 366)
Book = dict[str, list[tuple[Rule, Survey]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked rehearsal. `live` are the rules in use; `drafted` the same with the draft among
    them, None where the draft is what is live already, so that one pass is enough."""

    key: str
    begins: datetime
    ends: datetime
    live: Book
    drafted: Book | None
    version: str
    segment: Expression | None

    @property
    def rules(self) -> list[Rule]:
        """Every rule that takes part, each once."""
        books = (self.live, self.drafted or {})
        found = {r.version_id: r for book in books for listed in book.values() for r, _ in listed}
        return list(found.values())

    @property
    def looks_back(self) -> timedelta:
        """How far before the window an ask can still matter for a cap or a pause."""
        return max(
            (
                max(
                    rule.policy.global_cap * max(rule.policy.doubling, 1),
                    rule.policy.survey_cap,
                )
                for rule in self.rules
            ),
            default=timedelta(),
        )


def prepare(
    key: str,
    definition: Mapping[str, Any] | None,
    begins: datetime,
    ends: datetime | None = None,
    segment: str = "",
    survey: Mapping[str, Any] | None = None,
    locate: Locate = json_pointer,
) -> Plan:
    """Check a rehearsal of `definition` (of the stored rule `key` for None).

    `survey` is the checked definition of a survey that is not in use yet. Raises InvalidInput
    (`bad_window` and as `rules.check`), and NotFound (`unknown_rule`).
    """
    ends = ends or clock.now()
    if begins >= ends or ends - begins > LONGEST:
        raise InvalidInput(
            "The window must end after it begins, and be at most three years long.",
            code="bad_window", pointer="/from",
        )  # fmt: skip
    by = compile_expression(segment) if segment else None
    held = {one.key: one for one in rule_catalog.all_rules()}
    if definition is None:
        stored = rule_catalog.get(key)
        definition = rule_definition.check({**stored.definition, "status": stored.status})
    else:
        definition = rule_definition.check({"key": key, "status": DRAFT, **definition}, locate)
    key = definition["key"]
    known = catalog.current_many([definition["survey"]]).get(definition["survey"])
    asked = known.definition if known else survey
    rule_definition.check_survey(definition, asked, locate)
    live = _live()
    content = {name: value for name, value in definition.items() if name != "status"}
    now = held.get(key)
    if now is not None and now.status == "live":
        same = rule_definition.check({**now.definition, "status": "live"})
        if {name: value for name, value in same.items() if name != "status"} == content:
            return Plan(key, begins, ends, live, None, str(now.version), by)
    if known is None:
        assert asked is not None
        known = catalog.unsaved(asked)
    drafted = {
        event_type: [(rule, survey) for rule, survey in listed if rule.key != key]
        for event_type, listed in live.items()
    }
    drafted.setdefault(definition["on"], []).append((rule_definition.ready(DRAFT, content), known))
    for listed in drafted.values():
        listed.sort(key=lambda one: one[0].key)
    return Plan(key, begins, ends, live, drafted, DRAFT, by)


def _live() -> Book:
    types = db.session.scalars(select(RuleRow.event_type).where(RuleRow.status == "live"))
    return rulebook.listening(db.session(), set(types))
