"""Reads what the clean KPIs are made of: the newest revisions, and the ledger of who was asked.

Writes nothing. A period is about when the interaction happened, so that answers and denominators
are of the same customers. Used by `GET /v1/kpis` and `collector kpis`; figures: `kpi_figures.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, select
from sqlalchemy.orm import aliased

from collector.errors import InvalidInput
from collector.exports.kpi_figures import (
    GROUPINGS,
    ROLES,
    Answer,
    Exposure,
    Figures,
    figures,
    workers,
)
from collector.integrity.rulings import COMPANY, JUDGED_ROLES
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.feed import Revision
from collector.model.invitations import Invitation, Message
from collector.surveys import catalog

PAGE = 2_000
SEGMENT = "store"
CONTEXT = re.compile(r"context\.[A-Za-z_][A-Za-z0-9_]{0,63}")
PLAIN_SEGMENTS = (*ROLES, "event_type", "rule")
# What the survey is not about. Whatever a person or a cap held back stays eligible.
NOT_ELIGIBLE = frozenset(
    {"wrong_audience", "condition_false", "condition_error", "cancelled_by_event", "outside_window"}
)
HANDED_OVER = frozenset({"sent", "delivered"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Checked parameters. `start` is inside the period, `end` is not; None: without end."""

    surveys: Mapping[str, str]
    by: str | None
    segment: str
    start: datetime | None
    end: datetime | None


def wanted(
    survey: str = "", by: str = "", segment: str = "", start: str = "", end: str = ""
) -> Wanted:
    """Empty means: all, together, by store, without limits. Raises InvalidInput with a pointer."""
    known = {key: one.metric.key for key, one in catalog.current_many().items()}
    if survey and survey not in known:
        raise InvalidInput(
            "There is no such survey; known: " + (", ".join(known) or "none yet") + ".",
            code="unknown_survey", pointer="/survey",
        )  # fmt: skip
    if by and by not in GROUPINGS:
        raise InvalidInput(
            f"Group by one of {', '.join(GROUPINGS)}.", code="unknown_grouping", pointer="/by"
        )
    if segment and segment not in PLAIN_SEGMENTS and not CONTEXT.fullmatch(segment):
        raise InvalidInput(
            f"A segment is one of {', '.join(PLAIN_SEGMENTS)}, or context. and a field's name.",
            code="unknown_segment", pointer="/segment",
        )  # fmt: skip
    first, last = _moment(start, "/from"), _moment(end, "/to")
    if first and last and first >= last:
        raise InvalidInput("The period ends before it begins.", code="bad_period", pointer="/to")
    chosen = {survey: known[survey]} if survey else known
    return Wanted(chosen, by or None, segment or SEGMENT, first, last)


def table(query: Wanted) -> list[Figures]:
    """The figures that were asked for."""
    try:
        return figures(answers(query), asks(query), query.by, query.surveys)
    finally:
        db.session.rollback()


def answers(query: Wanted) -> Iterator[Answer]:
    """Newest revisions with a score. Of an erased person the score stays, without a segment: a
    tombstone carries it, with the newest judgement.

    What a reviewer ruled to count for the company alone has no weight by agent, team or store.
    """
    later = aliased(Revision)
    newest = (
        select(func.max(later.revision))
        .where(later.response_id == Revision.response_id)
        .scalar_subquery()
    )
    rows = (
        select(
            Revision.survey, Revision.metric, Revision.score, Revision.weight, Revision.verdict,
            Revision.channel, Revision.locale, Revision.subjects, Revision.event_type,
            Revision.rule, Revision.counts_for, _context(query),
        )
        .where(
            Revision.revision == newest, Revision.score.is_not(None),
            Revision.survey.in_(sorted(query.surveys)),
        )
    )  # fmt: skip
    if _by_context(query):
        rows = rows.outerjoin(Event, and_(
            Event.source == Revision.event_source, Event.event_id == Revision.event_id
        ))  # fmt: skip
    for row in _stream(_within(rows, Revision.occurred_at, query)):
        who = workers(row.subjects or {})
        spared = row.counts_for == COMPANY and query.by in JUDGED_ROLES
        weight = 0.0 if spared else row.weight
        yield Answer(
            row.survey, row.metric, row.score, weight, row.verdict, row.channel, row.locale,
            _segment(query.segment, who, row.event_type, row.rule, row.context or {}), who,
        )  # fmt: skip


def asks(query: Wanted) -> Iterator[Exposure]:
    """One for every interaction that a survey is about, by the newest decision of each rule."""
    rows = (
        select(
            Decision.event_id, Decision.survey_key, Decision.rule_key, Decision.outcome,
            Decision.reason, Event.type, Event.subjects, _context(query), Invitation.locale,
            Message.channel, Message.status,
        )
        .join(Event, Event.id == Decision.event_id)
        .outerjoin(Invitation, Invitation.event_id == Decision.event_id)
        .outerjoin(Message, Message.invitation_id == Invitation.id)
        .where(Decision.survey_key.in_(sorted(query.surveys)))
        .order_by(Decision.event_id, Decision.survey_key, Decision.rule_key, Decision.number)
    )  # fmt: skip
    group: list[Any] = []
    for row in _stream(_within(rows, Event.occurred_at, query)):
        if group and group[0][:2] != row[:2]:
            yield from _ask(group, query)
            group = []
        group.append(row)
    if group:
        yield from _ask(group, query)


def _ask(rows: list[Any], query: Wanted) -> Iterator[Exposure]:
    newest = {row.rule_key: row for row in rows}  # the last one of each rule, in order of number
    meant = [row for row in newest.values() if row.reason not in NOT_ELIGIBLE]
    if not meant:
        return
    asking = next((row for row in meant if row.outcome == "invited"), None)
    shown = asking or meant[0]
    who = workers(shown.subjects or {})
    channels: dict[str, bool] = {}
    for row in rows if asking else ():
        if row.channel:
            handed = row.status in HANDED_OVER
            channels[row.channel] = channels.get(row.channel, False) or handed
    yield Exposure(
        shown.survey_key, query.surveys[shown.survey_key],
        _segment(query.segment, who, shown.type, shown.rule_key, shown.context or {}), who,
        asking is not None, shown.locale if asking else None, channels,
    )  # fmt: skip


def _by_context(query: Wanted) -> bool:
    return query.segment.startswith("context.")


def _context(query: Wanted) -> ColumnElement[Any]:
    """The events' context, which can be large, only where a segment is made of it."""
    column = Event.context if _by_context(query) else null()
    return column.label("context")


def _segment(
    name: str, who: Mapping[str, str | None], event_type: str, rule: str, context: Mapping[str, Any]
) -> str | None:
    if name == "event_type":
        return event_type
    if name == "rule":
        return rule
    if not name.startswith("context."):
        return who.get(name)
    value = context.get(name.removeprefix("context."))
    return None if value is None or isinstance(value, dict | list) else str(value)


def _within(rows: Select[Any], column: Any, query: Wanted) -> Select[Any]:
    if query.start is not None:
        rows = rows.where(column >= query.start)
    return rows if query.end is None else rows.where(column < query.end)


def _stream(rows: Select[Any]) -> Iterator[Any]:
    yield from db.session.execute(rows.execution_options(yield_per=PAGE))


def _moment(text: str, pointer: str) -> datetime | None:
    if not text:
        return None
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            "Give a date (2026-03-31, UTC) or a time (2026-03-31T08:00:00Z).",
            code="bad_time", pointer=pointer,
        ) from error  # fmt: skip
