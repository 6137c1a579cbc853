"""What is looked for all the time costs the same however much was handled before.

A chain from event to follow-up is handled and copied many times over; then every task, its backlog,
`/metrics` and the widget's inbox are asked at two sizes of the past, and must cost the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from collector import clock
from collector.invitations import lapse
from collector.model.answers import Response, Tap
from collector.model.base import db, is_postgres
from collector.model.events import Decision, Event
from collector.model.followups import FollowUp
from collector.model.ids import new_id
from collector.model.integrity import LogEntry
from collector.model.invitations import Invitation, Message
from collector.model.people import Person
from collector.model.sql.bulk import insert_all
from collector.model.verdicts import Verdict
from collector.web.widget import inbox
from collector.work import tasks
from tests import factories
from tests.effort import analyze, effort, large
from tests.factories import NOON

LATER = NOON + timedelta(days=3)
CHAIN: tuple[Any, ...] = (
    Person, Event, Decision, Invitation, Message, Tap, Response, Verdict, FollowUp, LogEntry,
)  # fmt: skip
OWN = {"id", "ref", "token_id", "idempotency_key", "event_id", "decision_id", "person_id",
       "invitation_id", "response_id", "digest", "provider_ref"}  # fmt: skip


def chain() -> list[tuple[Any, dict[str, Any]]]:
    """One interaction that is over and done: the row of each table."""
    asked = factories.sent_invitation(db.session)
    message = db.session.scalars(select(Message)).one()
    message.status = "delivered"
    message.channel, message.address = "inapp", "somebody"
    tap = factories.tap(db.session, asked.id, 5, folded=True)
    given = factories.response(db.session, asked, needs_verdict=False)
    said = factories.verdict(db.session, given.id, published=True)
    case = FollowUp(id=new_id("fup"), response_id=given.id, status="closed", opened_at=NOON,
                    due_at=NOON, closed_at=NOON)  # fmt: skip
    entry = LogEntry(number=1, heard_at=NOON, kind="answer", ref=given.id, body={})
    db.session.add_all([case, entry])
    db.session.commit()
    for row in (asked, message, given):
        row.exported = True
    db.session.commit()
    rows: list[Any] = [
        db.session.get_one(Person, asked.person_id), db.session.get_one(Event, asked.event_id),
        db.session.get_one(Decision, asked.decision_id), asked, message, tap, given, said, case,
        entry,
    ]  # fmt: skip
    return [
        (kind, {c.key: getattr(row, c.key) for c in kind.__table__.columns})
        for kind, row in zip(CHAIN, rows, strict=True)
    ]


def past(rows: list[tuple[Any, dict[str, Any]]], first: int, count: int) -> None:
    """So many copies of it: every id and key with another number behind it."""
    for kind, row in rows:
        insert_all(db.session(), kind.__table__, [
            {**row, **{name: f"{row[name]}"[-24:] + f"-{n}" for name in OWN & row.keys()},
             **({"token_id": f"f{n:015x}"} if "token_id" in row else {}),
             **({"number": n, "ref": f"r-{n}"} if kind is LogEntry else {})}
            for n in range(first, first + count)
        ])  # fmt: skip
    db.session.commit()
    analyze()


def look() -> None:
    inbox.now_for("somebody else")
    db.session.rollback()


def metrics(app: Flask) -> None:
    with app.test_request_context():
        app.view_functions["health.metrics"]()
    db.session.rollback()


def test_no_task_no_backlog_no_metric_and_no_inbox_costs_more_for_what_is_over(
    ctx: Flask,
) -> None:
    asked: dict[str, Callable[[], object]] = {
        **{f"run {task.name}": lambda task=task: task.run(10) for task in tasks.TASKS},
        **{f"count {task.name}": lambda task=task: task.backlog() for task in tasks.TASKS},
        "metrics": lambda: metrics(ctx), "inbox": look,
    }  # fmt: skip
    rows = chain()
    past(rows, 1_000, 400)

    def costs() -> dict[str, int]:
        found = {}
        with clock.at(LATER):
            for name, run in asked.items():
                run()
                found[name] = effort(run)
        return found

    few = costs()
    past(rows, 10_000, 2_000)
    many = costs()
    # A tree that is one level deeper may cost a few steps more; a row read for each, far more.
    grown = {n: (few[n], many[n]) for n in few if many[n] > few[n] + 400}
    assert grown == {}


def plan(statement: str, parameters: Any) -> str:
    word = "EXPLAIN " if is_postgres() else "EXPLAIN QUERY PLAN "
    rows = db.session.connection().exec_driver_sql(word + statement, parameters)
    return "\n".join(str(row[0] if is_postgres() else row[3]) for row in rows)


def test_what_lapses_is_found_by_when_it_closes_and_what_waits_is_not_read(ctx: Flask) -> None:
    def more(count: int) -> int:
        survey = factories.survey_version(db.session)
        for _ in range(count):
            factories.invitation(db.session, survey=survey, send_by=NOON + timedelta(days=9))
        db.session.commit()
        analyze()
        with clock.at(LATER):
            lapse.backlog()
            return effort(lambda: (lapse.backlog(), lapse.run_batch()))

    few, many = more(20), more(200)
    assert many <= few + 100, (few, many)
    for run in (lapse.backlog, lapse.run_batch):
        statement = _statement(run)
        with large():
            found = plan(*statement)
        assert "Index Cond: (CASE WHEN" in found or "ix_invitations_closing (<expr><?)" in found
        assert "SCAN invitations" not in found


@pytest.mark.parametrize(
    ("made", "ends"),
    [
        ({"lapses_at": LATER}, "lapsed"),
        ({"send_by": LATER}, "lapsed"),
        ({"send_by": LATER, "sent_at": NOON}, "waiting"),
        ({"lapses_at": LATER, "sent_at": NOON}, "sent"),
        ({"send_by": LATER + timedelta(seconds=1)}, "waiting"),
        ({"lapses_at": LATER, "send_by": LATER + timedelta(days=1)}, "lapsed"),
        ({"lapses_at": LATER, "status": "sending", "claimed_at": NOON}, "sending"),
    ],
)  # fmt: skip
def test_when_an_unsent_invitation_is_over(ctx: Flask, made: dict[str, Any], ends: str) -> None:
    row = factories.invitation(db.session, **made)
    db.session.commit()
    with clock.at(LATER):
        assert lapse.backlog() == (ends not in ("waiting", "sending"))
        db.session.rollback()
        lapse.run_batch()
    db.session.expire_all()
    assert row.status == ends


def _statement(run: Callable[[], int]) -> tuple[str, Any]:
    seen: list[tuple[str, Any]] = []

    def sent(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "invitations" in statement:
            seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", sent)
    with clock.at(LATER):
        run()
    db.session.rollback()
    event.remove(db.engine, "before_cursor_execute", sent)
    return seen[0]
