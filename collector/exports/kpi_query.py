"""Counts in the database what the clean KPIs are made of: newest revisions, and who was asked.

Writes nothing. However many answers there are, what is read is a row for each group of answers that
are alike (survey, score, verdict, group, segment) with the sums of their weights, and one for each
group of interactions. The sums are of whole numbers (`kpi_sums.UNIT`), so they do not depend on the
order of rows, and are the same on both databases. Next: `kpi_figures.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import aliased

from collector.exports.kpi_figures import ROLES, Answer, Exposure, Figures, figures, workers
from collector.exports.kpi_parameters import Wanted
from collector.exports.kpi_sums import UNIT, Weights
from collector.integrity.rulings import COMPANY, JUDGED_ROLES
from collector.model.base import db, is_postgres
from collector.model.events import Decision, Event
from collector.model.feed import Revision
from collector.model.invitations import Invitation, Message
from collector.rules.same_value import spelled

PAGE = 2_000
# What the survey is not about. Whatever a person or a cap held back stays eligible.
NOT_ELIGIBLE = (
    "wrong_audience", "condition_false", "condition_error", "cancelled_by_event", "outside_window",
)  # fmt: skip
HANDED_OVER = ("sent", "delivered")
NOBODY: Mapping[str, str | None] = {}


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
    weight: Any = Revision.weight
    if query.by in JUDGED_ROLES:
        weight = case((Revision.counts_for == COMPANY, 0.0), else_=weight)
    rows = select(
        Revision.survey, Revision.metric, Revision.score, Revision.verdict,
        cast(func.round(weight * UNIT), BigInteger).label("units"),
        _group(query, Revision.subjects, Revision.channel, Revision.locale).label("group"),
        _segment(query, Revision.subjects, Revision.event_type, Revision.rule).label("segment"),
    ).where(
        Revision.revision == newest, Revision.score.is_not(None),
        Revision.survey.in_(sorted(query.surveys)),
    )  # fmt: skip
    if query.segment.startswith("context."):
        rows = rows.outerjoin(Event, and_(
            Event.source == Revision.event_source, Event.event_id == Revision.event_id
        ))  # fmt: skip
    one = _within(rows, Revision.occurred_at, query).subquery()
    alike = (one.c.survey, one.c.metric, one.c.score, one.c.verdict, one.c.group, one.c.segment)
    counted = case((one.c.units > 0, one.c.units), else_=0)
    for row in _stream(
        select(
            *alike, func.count().label("count"), func.sum(case((one.c.units > 0, 1), else_=0)),
            func.sum(counted), func.sum(counted * counted),
        ).group_by(*alike)
    ):  # fmt: skip
        survey, metric, score, verdict, group, segment, *sums = row
        who, channel, locale = _who(query, group)
        yield Answer(
            survey, metric, score, verdict, channel, locale, _named(query.segment, segment), who,
            Weights(*map(int, sums)),
        )  # fmt: skip


def asks(query: Wanted) -> Iterator[Exposure]:
    """Every interaction that a survey is about, by the newest decision of each rule.

    By channel: those that were tried on one, once for each.
    """
    one = _interactions(query).subquery()
    alike = tuple(one.c)
    for row in _stream(select(*alike, func.count().label("count")).group_by(*alike)):
        who, channel, locale = _who(query, row.group)
        yield Exposure(
            row.survey_key, query.surveys[row.survey_key], _named(query.segment, row.segment), who,
            invited=bool(row.invited), locale=locale or None,
            channels={channel: bool(row.handed)}, count=row.count,
        )  # fmt: skip


def _interactions(query: Wanted) -> Select[Any]:
    """A row for each interaction and survey; by channel, for each channel that was tried, too."""
    meant = _meant(query).subquery()
    asked = meant.c.asked.is_not(None)
    shown: ColumnElement[Any] = func.coalesce(meant.c.asked, meant.c.first)
    carried = exists().where(
        Message.invitation_id == Invitation.id, Message.status.in_(HANDED_OVER)
    )
    tables: FromClause = meant.join(Event, Event.id == meant.c.event_id).outerjoin(
        Invitation, and_(Invitation.event_id == meant.c.event_id, asked)
    )
    handed: ColumnElement[Any] = case((and_(asked, carried), 1), else_=0)
    if query.by == "channel":
        tables = tables.join(Message, Message.invitation_id == Invitation.id)
        handed = func.max(case((Message.status.in_(HANDED_OVER), 1), else_=0))
    rows: Select[Any] = select(
        meant.c.survey_key,
        case((asked, 1), else_=0).label("invited"),
        handed.label("handed"),
        _group(query, Event.subjects, Message.channel, Invitation.locale).label("group"),
        _segment(query, Event.subjects, Event.type, shown).label("segment"),
    ).select_from(tables)
    if query.by != "channel":
        return rows
    return rows.group_by(
        meant.c.event_id, meant.c.survey_key, meant.c.asked, meant.c.first, Event.id,
        Message.channel,
    )  # fmt: skip


def _meant(query: Wanted) -> Select[Any]:
    """Of each interaction and survey, the first rule that meant it and the first that asked."""
    newer = aliased(Decision)
    overtaken = exists().where(
        newer.event_id == Decision.event_id, newer.rule_key == Decision.rule_key,
        newer.survey_key == Decision.survey_key, newer.number > Decision.number,
    )  # fmt: skip
    asking = case((Decision.outcome == "invited", Decision.rule_key))
    rows: Any = (
        select(
            Decision.event_id, Decision.survey_key, func.min(Decision.rule_key).label("first"),
            func.min(asking).label("asked"),
        )
        .where(
            Decision.survey_key.in_(sorted(query.surveys)),
            Decision.reason.not_in(NOT_ELIGIBLE), ~overtaken,
        )
        .group_by(Decision.event_id, Decision.survey_key)
    )  # fmt: skip
    if query.start is None and query.end is None:
        return rows  # type: ignore[no-any-return]
    return _within(rows.join(Event, Event.id == Decision.event_id), Event.occurred_at, query)


def _group(query: Wanted, subjects: Any, channel: Any, locale: Any) -> ColumnElement[Any]:
    if query.by in ROLES:
        return _json(subjects, str(query.by))
    found: ColumnElement[Any] = {"channel": channel, "locale": locale}.get(query.by or "", null())
    return found


def _segment(query: Wanted, subjects: Any, event_type: Any, rule: Any) -> ColumnElement[Any]:
    if query.segment in ROLES:
        return _json(subjects, query.segment)
    if query.segment.startswith("context."):
        name = query.segment.removeprefix("context.")
        kind = _kind(Event.context, name)
        return case((kind.in_(("object", "array")), null()), else_=_json(Event.context, name))
    return event_type if query.segment == "event_type" else rule  # type: ignore[no-any-return]


def _json(column: Any, name: str) -> ColumnElement[Any]:
    """The field of this name as JSON text; null where it is not there."""
    if is_postgres():
        return cast(column.op("->", return_type=Text())(literal(name, Text())), Text())
    value = func.json_quote(func.json_extract(column, f"$.{name}"))
    # SQLite extracts a truth value as a number.
    kind = _kind(column, name)
    return case((kind.in_(("true", "false")), kind), (kind.is_not(None), value))


def _kind(column: Any, name: str) -> ColumnElement[Any]:
    if is_postgres():
        return func.jsonb_typeof(column.op("->")(literal(name, Text())))
    return func.json_type(column, f"$.{name}")


def _who(query: Wanted, group: str | None) -> tuple[Mapping[str, str | None], str, str]:
    """The group as who did the work, channel and locale: what it is not stays empty."""
    if query.by in ROLES:
        return workers({str(query.by): _value(group)}), "", ""
    told = group or ""
    return NOBODY, told if query.by == "channel" else "", told if query.by == "locale" else ""


def _named(segment: str, given: str | None) -> str | None:
    if segment in ROLES:
        return workers({segment: _value(given)})[segment]
    if not segment.startswith("context."):
        return given
    return spelled(_value(given))


def _value(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


def _within(rows: Select[Any], column: Any, query: Wanted) -> Select[Any]:
    if query.start is not None:
        rows = rows.where(column >= query.start)
    return rows if query.end is None else rows.where(column < query.end)


def _stream(rows: Select[Any]) -> Iterator[Any]:
    yield from db.session.execute(rows.execution_options(yield_per=PAGE))
