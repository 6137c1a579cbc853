"""The figures computed row by row in Python: what counting in the database must equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import select

from collector.exports.kpi_figures import Answer, Exposure, Figures, figures, workers
from collector.exports.kpi_parameters import Wanted
from collector.exports.kpi_query import HANDED_OVER, NOT_ELIGIBLE
from collector.exports.kpi_sums import Weights
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.feed import Revision
from collector.model.invitations import Invitation, Message
from collector.rules.same_value import spelled


def by_row(query: Wanted) -> list[Figures]:
    """The same as `kpi_query.table`."""
    return figures(_answers(query), _asks(query), query.by, query.surveys)


def _answers(query: Wanted) -> Iterator[Answer]:
    newest: dict[str, Revision] = {}
    for row in db.session.scalars(select(Revision).order_by(Revision.number)):
        newest[row.response_id] = row
    events = {(row.source, row.event_id): row for row in db.session.scalars(select(Event))}
    for row in newest.values():
        if row.score is None or not _inside(row.occurred_at, query):
            continue
        who = workers(row.subjects)
        event = events.get((row.event_source, row.event_id))
        spared = row.counts_for == "company" and query.by in ("agent", "team", "store")
        yield Answer(
            row.survey, row.metric, row.score, row.verdict, row.channel, row.locale,
            _segment(query, who, row.event_type, row.rule, event.context if event else {}), who,
            Weights.of(0.0 if spared else row.weight),
        )  # fmt: skip


def _asks(query: Wanted) -> Iterator[Exposure]:
    invitations = {row.event_id: row for row in db.session.scalars(select(Invitation))}
    messages = db.session.scalars(select(Message)).all()
    rows = db.session.execute(
        select(Decision, Event)
        .join(Event, Event.id == Decision.event_id)
        .order_by(Decision.event_id, Decision.survey_key, Decision.rule_key, Decision.number)
    ).all()
    for _, group in groupby(rows, key=lambda row: (row[0].event_id, row[0].survey_key)):
        newest: dict[str, tuple[Decision, Event]] = {}
        for decision, event in group:
            newest[decision.rule_key] = (decision, event)
        meant = [row for row in newest.values() if row[0].reason not in NOT_ELIGIBLE]
        if not meant or not _inside(meant[0][1].occurred_at, query):
            continue
        asking = next((row for row in meant if row[0].outcome == "invited"), None)
        decision, event = asking or meant[0]
        who = workers(event.subjects)
        sent = invitations.get(event.id) if asking else None
        channels: dict[str, bool] = {}
        for message in messages if sent else ():
            if sent and message.invitation_id == sent.id:
                handed = message.status in HANDED_OVER
                channels[message.channel] = channels.get(message.channel, False) or handed
        yield Exposure(
            decision.survey_key, query.surveys[decision.survey_key],
            _segment(query, who, event.type, decision.rule_key, event.context), who,
            asking is not None, sent.locale if sent else None, channels,
        )  # fmt: skip


def _segment(
    query: Wanted, who: Mapping[str, str | None], type: str, rule: str, context: Mapping[str, Any]
) -> str | None:
    if query.segment in ("event_type", "rule"):
        return type if query.segment == "event_type" else rule
    if not query.segment.startswith("context."):
        return who.get(query.segment)
    value = context.get(query.segment.removeprefix("context."))
    return None if value is None or isinstance(value, dict | list) else spelled(value)


def _inside(at: Any, query: Wanted) -> bool:
    return (query.start is None or at >= query.start) and (query.end is None or at < query.end)
