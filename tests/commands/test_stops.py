"""Stopping by command: what is said aloud, what waits before and after, and what doctor tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.commands import context
from collector.commands.configuration import rules, surveys
from collector.commands.operating import asking, pause
from collector.model.base import db
from tests.commands.test_configuration import RULE, SURVEY, WHO, write
from tests.invitations.stops.conftest import Service
from tests.triggers.making import NOON


@pytest.fixture(autouse=True)
def _service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(context, "create_app", lambda: app)
    with clock.at(NOON + timedelta(minutes=1)):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draft = RULE.replace("status: live", "status: draft") + "delay: 1h\nconsent: implied\n"
    assert "draft" in draft
    folder = {"surveys/delivery.yaml": SURVEY, "rules/r.yaml": draft}
    return write(tmp_path / "config", folder)


def run(command: click.Command, *arguments: str | Path) -> str:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def asked(app: Flask, people: int = 3) -> None:
    with app.app_context():
        for number in range(people):
            Service().happened(f"c-{number}", context={"amount": 200})
        db.session.remove()


def doctor(app: Flask) -> list[tuple[bool, str]]:
    with app.app_context():
        found = list(asking.check())
        db.session.remove()
    return found


def edited(folder: Path, before: str, after: str) -> None:
    path = folder / "rules" / "r.yaml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_what_was_set_live_stays_live_when_its_file_is_applied_again(
    app: Flask, folder: Path
) -> None:
    run(rules.command, "apply", folder, *WHO)
    assert "status: draft → live" in run(rules.command, "status", "delivered", "live", *WHO)
    edited(folder, "delay: 1h", "delay: 2h")
    assert "stays live; the file says draft" in run(rules.command, "diff", folder)
    told = run(rules.command, "apply", folder, *WHO)
    assert "changed    rule    delivered (version 2)  stays live; the file says draft" in told
    run(rules.command, "rollback", "delivered", *WHO)
    assert "live    delivered (version 3)" in run(rules.command, "list")
    assert doctor(app) == [(True, "1 live")]
    edited(folder, "status: draft", "status: paused")
    assert 'status: "live" → "paused"' in run(rules.command, "diff", folder)
    assert "status: live → paused" in run(rules.command, "apply", folder, *WHO)
    assert "status: live → paused" in run(rules.command, "history", "delivered")


def test_what_was_paused_by_hand_stays_paused_unless_it_is_said_otherwise(
    app: Flask, folder: Path
) -> None:
    edited(folder, "status: draft", "status: live")
    run(rules.command, "apply", folder, *WHO)
    run(rules.command, "status", "delivered", "paused", *WHO)
    edited(folder, "delay: 1h", "delay: 2h")
    assert "stays paused; the file says live" in run(rules.command, "apply", folder, *WHO)
    ((fine, _), (also_fine, said)) = doctor(app)
    assert (fine, also_fine) == (False, False)
    assert "though its file says live" in said
    told = run(rules.command, "apply", folder, "--take-status", *WHO)
    assert "status: paused → live" in told


def test_pausing_a_rule_says_how_many_asks_wait_and_that_they_are_held(
    app: Flask, folder: Path
) -> None:
    run(rules.command, "apply", folder, *WHO)
    run(rules.command, "status", "delivered", "live", *WHO)
    asked(app)
    told = run(rules.command, "status", "delivered", "paused", *WHO)
    assert "rule delivered: 3 asks wait; they are held" in told
    listed = run(rules.command, "waiting", "delivered", "--limit", "2")
    assert "3 held: the rule is paused or a draft" in listed
    assert "next channel: sms 3" in listed
    assert "… and 1 more (--limit)" in listed
    off = run(rules.command, "call-off", "delivered", *WHO)
    assert "3 called off" in off
    assert "0 wait now" in off
    assert "no ask waits" in run(rules.command, "waiting", "delivered")
    assert '"asks": 0' in run(rules.command, "waiting", "delivered", "--json")


def test_retiring_a_survey_calls_off_what_waits_and_doctor_tells_of_it(
    app: Flask, folder: Path
) -> None:
    run(rules.command, "apply", folder, *WHO)
    run(rules.command, "status", "delivered", "live", *WHO)
    asked(app)
    told = run(surveys.command, "status", "delivery", "retired", *WHO)
    assert "survey delivery: 3 asks that waited called off" in told
    assert "retired csat  delivery" in run(surveys.command, "list")
    assert any("its survey delivery is retired" in said for fine, said in doctor(app) if not fine)


def test_everything_is_paused_and_goes_on_and_twice_is_fine(
    app: Flask, folder: Path, client: FlaskClient
) -> None:
    run(rules.command, "apply", folder, *WHO)
    run(rules.command, "status", "delivered", "live", *WHO)
    asked(app)
    told = run(pause.command, *WHO)
    assert "everything is paused" in told
    assert "3 asks wait; they are held" in told
    assert "was paused already" in run(pause.command, "--by", "bo", "--reason", "me too")
    assert any("everything is paused since" in said for fine, said in doctor(app) if not fine)
    assert client.get("/readyz").get_json()["paused"] == {"since": "2026-03-02T12:01:00.000Z"}
    told = run(pause.resume, *WHO)
    assert "asking goes on" in told
    assert "3 asks wait; they are going out when due" in told
    assert "nothing was paused" in run(pause.resume, *WHO)
