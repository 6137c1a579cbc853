"""The tap as one statement: a round trip, nothing beside it, and the same decisions as by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from collector import clock
from collector.answers import tap_statement
from collector.answers.record import record, record_and_see
from collector.answers.taps import IncomingTap
from collector.errors import CollectorError
from collector.model.answers import Tap
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation
from collector.model.sql import alone
from tests import factories
from tests.answers.taps import PHONE
from tests.factories import NOON

ON_POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Told = tuple[Any, ...]


def asked(**changes: Any) -> Invitation:
    row = factories.sent_invitation(db.session, **changes)
    db.session.commit()
    return row


def tap(of: Invitation, key: str, **changes: Any) -> IncomingTap:
    return IncomingTap(
        **{
            "kind": "confirmed", "via": "page", "channel": "sms", "score": 4,
            "token_id": of.token_id, "idempotency_key": key, "user_agent": PHONE, **changes,
        }
    )  # fmt: skip


@ON_POSTGRES
def test_a_tap_sends_one_statement_and_the_next_one_too(ctx: Flask, database_url: str) -> None:
    invitation = asked()
    one, two = tap(invitation, "a", kind="provisional", score=5), tap(invitation, "b")
    with clock.at(NOON + MINUTE):
        record(tap(asked(), "warms up"))
        sent: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *all: sent.append(all[2]))
        _, first = record_and_see(one)
        _, second = record_and_see(two)
    assert sent == []
    assert first is not None
    assert first.taps is not None
    assert [seen.score for seen in first.taps] == [5]
    assert first.taps[0].sent_at == NOON
    assert second is not None
    assert second.taps is not None
    assert [(seen.kind, seen.score) for seen in second.taps] == [
        ("provisional", 5), ("confirmed", 4),
    ]  # fmt: skip


@ON_POSTGRES
def test_inside_a_unit_of_work_it_refuses(ctx: Flask, database_url: str) -> None:
    invitation = asked()
    with unit_of_work(), pytest.raises(RuntimeError):
        record(tap(invitation, "a"))


@ON_POSTGRES
def test_a_lost_connection_is_no_lost_tap(ctx: Flask, database_url: str) -> None:
    one = tap(asked(), "a")
    with clock.at(NOON + MINUTE):
        record(tap(asked(), "warms up"))
        with db.engine.connect() as other:
            other.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                "pg_backend_pid() AND datname = current_database()"
            )
        db.session.remove()
        recorded = record(one)
    assert [row.id for row in rows(recorded.invitation_id)] == [recorded.tap_id]


CASES: Mapping[str, tuple[Mapping[str, Any], list[tuple[timedelta, Mapping[str, Any]]]]] = {
    "a second press": ({}, [(MINUTE, {}), (2 * MINUTE, {"score": 1, "comment": "late"})]),
    "after the edit window": ({}, [(MINUTE, {}), (2 * DAY, {"score": 1})]),
    "a press long after a machine": (
        {}, [(MINUTE, {"kind": "provisional"}), (2 * DAY, {"score": 1})],
    ),
    "a page long after a machine": (
        {}, [(MINUTE, {"kind": "provisional"}), (2 * DAY, {"kind": "provisional", "score": 1})],
    ),
    "a decoy after the window": (
        {}, [(MINUTE, {}), (2 * DAY, {"kind": "decoy", "score": None})],
    ),
    "expired at this very moment": ({"lapses_at": NOON + MINUTE}, [(MINUTE, {})]),
    "off the scale": ({}, [(MINUTE, {"score": 6}), (MINUTE, {"score": 0})]),
    "no such link": ({}, [(MINUTE, {"token_id": "0" * 16})]),
    "too many of machines": (
        {}, [(MINUTE * n, {"kind": "provisional", "score": 1 + n % 5}) for n in range(1, 5)]
        + [(5 * MINUTE, {"score": 3})],
    ),
    "kept by a browser, answered since": (
        {}, [(3 * MINUTE, {}), (4 * MINUTE, {"score": 1, "made_at": NOON + MINUTE})],
    ),
    "kept by a browser, only a machine since": (
        {}, [(3 * MINUTE, {"kind": "provisional"}),
             (4 * MINUTE, {"score": 1, "made_at": NOON + MINUTE})],
    ),
}  # fmt: skip


@ON_POSTGRES
@pytest.mark.parametrize("case", CASES)
def test_one_statement_and_the_careful_way_decide_the_same(
    ctx: Flask, database_url: str, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.answers.record.MAX_UNPRESSED", 3)
    changes, taps = CASES[case]
    quick = played(asked(**changes), taps)
    with monkeypatch.context() as careful:
        careful.setattr(alone, "run", lambda statement, values: None)
        assert played(asked(**changes), taps) == quick


def played(of: Invitation, taps: list[tuple[timedelta, Mapping[str, Any]]]) -> list[Told]:
    told: list[Told] = []
    for number, (after, changes) in enumerate(taps):
        with clock.at(NOON + after):
            try:
                recorded = record(tap(of, f"{of.id[-20:]}-{number}", **changes))
                told.append((recorded.kind, recorded.score, recorded.repeated))
            except CollectorError as error:
                told.append((error.code,))
    return [*told, *((row.kind, row.score, row.comment, row.locale) for row in rows(of.id))]


def rows(invitation_id: str) -> list[Tap]:
    db.session.rollback()
    wanted = select(Tap).where(Tap.invitation_id == invitation_id).order_by(Tap.tapped_at, Tap.id)
    return list(db.session.scalars(wanted))


def test_the_driver_remembers_the_statement() -> None:
    """It forgets what is longer, and then takes it to pieces for every tap."""
    assert all(len(text) < 4_096 for text in tap_statement.BY.values())
