"""The documented rates over the two exported tables are the counts of GET /v1/kpis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.commands import export
from collector.exports.erase import erase
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Decision
from collector.model.ids import new_id
from collector.model.invitations import Message
from collector.web.auth import issue
from tests import factories
from tests.commands.own_app import commands_use
from tests.exports.invited.looking import publish_all
from tests.exports.kpi_world import LATER, World
from tests.exports.loading import blocks

duckdb = pytest.importorskip("duckdb")


def world(metric: str) -> None:
    """Answers, silence, lost messages, asks that were called off or lapsed, an erasure."""
    made = World(metric)
    given = [made.answer(score) for score in (5, 4, 1)] + [made.answer(None)]
    lost = made.asked()
    db.session.query(Message).filter_by(invitation_id=lost.id).update({"status": "bounced"})
    made.asked()
    for state, reason in (("cancelled", "cancelled_by_event"), ("lapsed", "lapsed")):
        asked = factories.invitation(db.session, survey=made.survey, status=state)
        decided = db.session.get_one(Decision, asked.decision_id)
        db.session.add(
            Decision(
                id=new_id("dec"), event_id=decided.event_id, rule_key=decided.rule_key, number=2,
                rule_version_id=decided.rule_version_id, survey_key=made.key,
                person_id=decided.person_id, outcome="held_back", reason=reason, facts={},
                decided_at=LATER,
            )
        )  # fmt: skip
    for state in ("waiting", "lapsed", "cancelled", "failed"):
        factories.invitation(db.session, survey=made.survey, status=state)
    made.held("capped_global")
    made.publish()
    response = db.session.get_one(Response, given[0])
    with clock.at(LATER):
        erase(response.person_id, response.id)
    db.session.remove()


@pytest.fixture
def figures(app: Flask, client: FlaskClient) -> list[dict[str, Any]]:
    with app.app_context():
        for metric in ("csat", "nps"):
            world(metric)
        publish_all(LATER)
        key = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}
    rows: list[dict[str, Any]] = client.get("/v1/kpis", headers=key).json["rows"]
    return sorted(rows, key=lambda row: str(row["survey"]))


@pytest.fixture
def tables(
    app: Flask, figures: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """Both tables in DuckDB, exported by the page's own commands."""
    commands_use(app, monkeypatch)
    monkeypatch.chdir(tmp_path)
    (_, commands), *_ = blocks("rates")
    for line in commands.splitlines():
        made = CliRunner().invoke(export.command, line.split()[2:])
        assert made.exit_code == 0, made.output
    with duckdb.connect() as engine:
        for name in ("responses", "invitations"):
            engine.execute(f"CREATE TABLE {name} AS SELECT * FROM '{name}.parquet'")
        yield engine


def test_the_rates_of_the_page_are_the_services_own(
    figures: list[dict[str, Any]], tables: Any
) -> None:
    _, (_, rates), (_, channels) = blocks("rates")
    told = tables.execute(rates).fetchall()
    assert [(row[0], *row[2:4], *row[5:]) for row in told] == [
        (one["survey"], one["invited"], one["delivered"], one["answered"], one["response_rate"])
        for one in figures
    ]
    assert [row[1] for row in told] == [12, 12]
    by_channel = tables.execute(channels).fetchall()
    assert [row[1:] for row in by_channel] == [("sms", 6, 0, 1)] * 2
