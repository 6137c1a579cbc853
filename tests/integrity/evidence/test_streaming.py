"""Streaming equals batch: a simulated company through the real pipeline, then audited again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from benchmarks.integrity.live_company import Company
from benchmarks.integrity.live_compare import counted, differences, histories
from benchmarks.integrity.live_funnel import FIRST, NEVER, lines, passages
from benchmarks.integrity.live_play import play
from benchmarks.integrity.simulator.simulate import simulate
from collector.exports import feed
from collector.integrity.evidence import log
from collector.model.base import db
from collector.model.integrity import LogEntry
from tests.how_much import FULL, ON_SQLITE

EVENTS, TICK = (1500, timedelta(hours=2)) if FULL else (120, timedelta(hours=12))


@ON_SQLITE
def test_a_company_ends_live_with_what_an_audit_of_what_was_seen_says(
    app: Flask, tmp_path: Path
) -> None:
    simulate(301, tmp_path / "company", agents_at_most=10)
    company = Company(tmp_path / "company", EVENTS)
    player = play(app, company, TICK, nights=timedelta(days=20))
    assert set(player.refused) <= {"edit_window_closed", "expired"}
    compared, wrong = differences(app, tmp_path / "dump")
    assert wrong == []
    assert compared > len(company.responses) * 0.9
    ours = histories(app)
    with app.app_context():
        kinds = dict(
            db.session.execute(select(LogEntry.kind, func.count()).group_by(LogEntry.kind)).all()  # type: ignore[arg-type]  # rows of two
        )
        assert kinds[log.SIGNAL] == len(company.signals)
        newest = {row["response_id"]: row for row in feed.stream()}
    for id, one in ours.items():
        row = newest[id]
        assert (row["verdict"], row["weight"], tuple(row["reasons"])) == one.newest
    assert sum(map(len, counted(app, company).values())) > 0
    found = passages(app, company)
    for one in found:
        assert (one.counted is None) == (one.where == NEVER)
        assert one.where != FIRST or one.counted == 0.0
    table = lines(found)
    assert [row.count("|") for row in table] == [table[0].count("|")] * len(table)
    assert table[-1].startswith("all others | ")
    written = (tmp_path / "dump" / "responses.ndjson").read_text(encoding="utf-8")
    assert "@example.com" not in written
    assert "+1212" not in written
    for row in company.responses:
        assert not row["comment"] or row["comment"] not in written
