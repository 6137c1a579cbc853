"""`collector followups list`: whom to call, about what, what they said, until when."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from collector import clock
from collector.commands import context, followups
from collector.followups import open as follow_up
from collector.model.base import db
from collector.model.events import Event
from collector.model.followups import FollowUp
from tests import factories
from tests.factories import NOON


@pytest.fixture(autouse=True)
def _service(ctx: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "create_app", lambda: ctx)


def case(hours: float, agent: str = "a1", comment: str = "The box was empty.") -> str:
    """A case that was opened so many hours after noon; its id."""
    session = db.session
    invitation = factories.invitation(session)
    about = session.get(Event, invitation.event_id)
    assert about is not None
    about.subjects = {"agent": {"id": agent}, "order": {"id": "o-7"}}
    row = factories.response(session, invitation, score=1, comment=comment, needs_follow_up=True)
    session.commit()
    with clock.at(NOON + timedelta(hours=hours)):
        follow_up.run_batch()
    found = session.query(FollowUp).filter_by(response_id=row.id).one().id
    session.commit()
    return str(found)


def run(*arguments: str, hours: float = 30) -> str:
    with clock.at(NOON + timedelta(hours=hours)):
        result = CliRunner().invoke(followups.command, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_case_can_be_worked_from(ctx: Flask) -> None:
    id = case(2)
    told = run("list", hours=10)
    for shown in (id, "open", "1 of 5 (csat)", "due 2026-", "(in ", "customer ", "agent a1",
                  "order o-7", "“The box was empty.”", "owner care"):  # fmt: skip
        assert shown in told
    assert all(len(line) <= 140 for line in told.splitlines())


def test_late_ones_come_first_and_are_told_from_open_ones(ctx: Flask) -> None:
    late, soon = case(1), case(10)
    told = run("list")
    assert told.index(late) < told.index(soon)
    assert "h late)" in told
    assert soon not in run("list", "--state", "late")
    run("close", late, "called back, refunded")
    assert late not in run("list")
    assert "→ called back, refunded" in run("list", "--state", "closed")
    assert {late, soon} <= set(run("list", "--all").split())


def test_page_by_page_each_case_once(ctx: Flask) -> None:
    ids = [case(hour) for hour in (3, 1, 2, 2)]
    seen: list[str] = []
    after = ""
    while True:
        lines = run("list", "--limit", "2", "--json", *(("--after", after) if after else ()))
        page = [json.loads(line)["id"] for line in lines.splitlines()]
        if not page:
            break
        seen += page
        after = page[-1]
    assert sorted(seen) == sorted(ids)
    assert seen[0] == ids[1]
    assert "more: collector followups list --state open --after" in run("list", "--limit", "2")


def test_as_json_it_has_every_field_and_by_agent_only_theirs(ctx: Flask) -> None:
    case(1, "a1")
    case(1, "a2")
    (line,) = run("list", "--agent", "a2", "--json").splitlines()
    told = json.loads(line)
    assert told["subjects"] == {"agent": ["a2"], "order": ["o-7"]}
    assert {"customer", "survey", "score", "comment", "due_at", "state"} <= set(told)


def test_nothing_to_do_says_so(ctx: Flask) -> None:
    assert "No open cases" in run("list")
    assert "No late cases" in run("list", "--state", "late")
    assert "No cases that fit" in run("list", "--owner", "nobody")
