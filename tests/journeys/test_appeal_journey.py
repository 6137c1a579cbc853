"""A low answer for an empty box, contested by the agent, ruled on by somebody from elsewhere, and
exported as a revision that no later judgement takes back. Over real HTTP and the command line; the
trail that it leaves is printed in the closing summary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import requests
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from collector.commands import appeals, export, kpis, roster, signals
from collector.commands.configuration import history
from collector.commands.operating import keys
from collector.invitations import links
from collector.model.base import db, is_postgres
from collector.model.invitations import Invitation
from collector.model.verdicts import Verdict
from collector.work import tasks
from tests.commands.own_app import commands_use
from tests.conftest import LiveServer
from tests.factories import NOON
from tests.journeys.visits import Visit, Watch, watch
from tests.journeys.walk import set_out

HOUR, DAY = 3_600.0, 86_400.0
ROSTER = """agent_id,team_id,store_id,role,staff_contacts
a1,t1,s1,agent,+5511987654321
lead,t1,s1,supervisor,lead@shop.example
rita,quality,s9,agent,
"""


class Office:
    """The systems around the service: an API client and somebody at a terminal."""

    def __init__(self, url: str, app: Flask, time: Watch) -> None:
        self.url, self.app, self.time = url, app, time

    def run(self, command: click.Command, *arguments: str | Path, code: int = 0) -> str:
        result = CliRunner().invoke(command, [str(one) for one in arguments])
        assert result.exit_code == code, result.output
        return result.output

    def key(self, *scopes: str) -> str:
        named = [part for scope in scopes for part in ("--scope", scope)]
        return self.run(keys.command, "create", "desk", *named).strip()

    def call(self, key: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {key}"}
        answer = requests.request(method, self.url + path, json=body, headers=headers, timeout=60)
        assert answer.status_code < 300, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def work(self, seconds: float) -> None:
        """Let time pass, then let the workers do what is due."""
        self.time.wait(seconds)
        db.session.rollback()
        tasks.drain()

    def exported(self, key: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.call(key, "GET", "/v1/exports/responses")["rows"]
        return rows


@pytest.fixture
def office(
    ctx: Flask, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    commands_use(ctx, monkeypatch)
    with watch(tmp_path / "time", NOON) as time, live_server(ctx) as url:
        set_out(ctx, url)
        yield Office(url, ctx, time)


def low_answer(office: Office) -> None:
    """An order of agent a1 is delivered; the customer is asked by mail and presses 1."""
    event = {
        "source": "shop", "id": "o-1-delivered", "type": "order.delivered",
        "occurred_at": "2026-03-02T11:59:00Z",
        "person": {"ref": "c-1", "locale": "en", "email": "ana@example.com",
                   "consent": {"any": "granted"}},
        "context": {"days_late": 0},
        "subjects": {"agent": {"id": "a1", "credited": "a1"}, "team": "t1", "store": "s1",
                     "order": "o-1"},
    }  # fmt: skip
    (told,) = office.call(office.key("events:write"), "POST", "/v1/events", event)["results"]
    assert [one["outcome"] for one in told["decisions"]].count("invited") == 1
    office.work(1.5 * HOUR)
    token_id = db.session.scalars(select(Invitation.token_id)).one()
    db.session.rollback()
    visit = Visit(office.url)
    page = visit.press(visit.get(f"/t/{links.token(token_id, 'email')}"), 1)
    visit.finish(page, "The box was empty.")
    visit.close()
    office.work(HOUR)


def test_an_appeal_walks_through_api_and_command_line_to_a_revision(
    office: Office, tmp_path: Path, record_property: Any
) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER)
    office.run(roster.command, "import", tmp_path / "roster.csv", "--by", "hr")
    low_answer(office)
    reader, desk = office.key("exports:read"), office.key("appeals:write")
    (first,) = office.exported(reader)
    assert (first["score"], first["verdict"], first["appeal"]) == (1, "clean", None)

    # The agent contests it over the API.
    said = {"by": "a1", "ground": "product_failed", "statement": "The factory sent an empty box."}
    path = f"/v1/responses/{first['response_id']}/appeals"
    appeal = office.call(desk, "POST", path, said)
    office.work(60)
    assert office.exported(reader)[-1]["appeal"] == "open"

    # At a terminal, the team's lead may not rule; somebody from elsewhere may.
    assert appeal["id"] in office.run(appeals.command, "list", "--state", "open")
    ruling = (appeal["id"], "upheld", "--outcome", "company_only")
    why = ("--reason", "Photo and weight at the depot show an empty box.")
    refused = office.run(appeals.command, "rule", *ruling, *why, "--by", "lead", code=2)
    assert "supervises those whom this is about" in refused
    shown = office.run(appeals.command, "rule", *ruling, *why, "--by", "rita")
    assert "the answer counts for the company, but for no agent, team or store" in shown
    office.work(60)
    last = office.exported(reader)[-1]
    assert (last["revision"], last["appeal"], last["counts_for"]) == (3, "upheld", "company")
    assert (last["score"], last["weight"]) == (1, 1.0)
    assert last["reasons"] == ["RULING/company_only"]
    assert last["checks_version"] == first["checks_version"]
    assert office.call(desk, "GET", f"/v1/appeals/{appeal['id']}")["ruling"]["by"] == "rita"

    # A late signal and the nights of a month judge again; the ruling stands, nothing else leaves.
    (tmp_path / "signals.csv").write_text(
        "source,signal_id,type,event_source,event_id,at\n"
        f"desk,k-1,complaint,shop,o-1-delivered,{office.time.now:%Y-%m-%dT%H:%M:%SZ}\n"
    )
    assert "1 new" in office.run(signals.command, "import", tmp_path / "signals.csv")
    office.work(60)
    office.work(32 * DAY)
    assert len(office.exported(reader)) == 3
    db.session.rollback()
    newest = db.session.scalars(select(Verdict).order_by(Verdict.number.desc())).first()
    assert newest is not None
    assert newest.judged_by.startswith("ruling rlg_")

    # Downstream sees the same in a file; by agent the answer has no weight any more.
    out = tmp_path / "responses.csv"
    office.run(export.command, "--format", "csv", "--out", out)
    assert out.read_text().splitlines()[-1].split(",")[-3:-1] == ["upheld", "company"]
    by_agent, by_all = (
        office.run(kpis.command, *options, "--survey", "delivery_csat", "--json")
        for options in (("--by", "team"), ())
    )
    assert '"cleaned":null' in by_agent.replace(" ", "")
    assert '"cleaned":0' in by_all.replace(" ", "")

    # The trail: who, when, why, without gaps, and without anybody's address.
    trail = office.run(history.command, "--kind", "appeal", "--key", appeal["id"])
    if not is_postgres():  # once is enough
        record_property("figure", "the trail of an appeal (tests/journeys/test_appeal_journey.py):")
        for line in trail.splitlines():
            record_property("figure", f"  {line}")
    for words in ("opened by a1: the product failed, not the service", "upheld by rita: Photo"):
        assert words in trail
    assert "ana@example.com" not in trail
