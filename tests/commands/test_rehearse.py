"""`collector rehearse` and `collector explain` at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from collector import clock
from collector.commands import context, explain
from collector.commands.configuration import rehearse
from collector.intake import receive
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.triggers import decide
from collector.triggers.rehearse import run
from tests.commands.test_configuration import RULE, SURVEY, write
from tests.triggers.making import NOON, event, read

PLAIN = RULE.replace("when: >\n  context.amount > 100\n", "")


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two deliveries under the rule of this folder, two days ago."""
    monkeypatch.setattr(context, "create_app", lambda: app)
    made = write(tmp_path / "c", {"surveys/delivery.yaml": SURVEY, "rules/delivered.yaml": PLAIN})
    with app.app_context():
        with clock.at(NOON):
            apply_workspace(workspace.read(made))
        for number in (1, 2):
            with clock.at(NOON):
                raw = event(f"c-{number}", id=f"o-{number}", context={"amount": 100 * number})
                raw["person"]["phone"] = f"+551198765432{number}"
                raw["person"]["email"] = f"c{number}@example.com"
                (kept,) = receive.receive([read(raw)])
                decide.decide_events([kept.id])
    with clock.at(NOON + timedelta(days=2)):
        yield made


def started(*arguments: Any) -> Result:
    return CliRunner().invoke(rehearse.command, [str(one) for one in arguments])


def test_a_draft_in_a_file_is_compared_with_what_is_live(folder: Path) -> None:
    write(folder, {"rules/delivered.yaml": RULE})
    result = started(folder / "rules" / "delivered.yaml", "--from", "7d")
    assert result.exit_code == 0, result.output
    assert "0 newly invited, 1 no longer" in result.output
    assert "invited → condition_false: 1" in result.output


def test_a_stored_rule_comes_out_as_it_was_decided(folder: Path) -> None:
    body = json.loads(started("delivered", "--from", "2026-03-01", "--json").stdout)
    assert body["agreement"]["same"] == body["agreement"]["recorded"] == 2


def test_a_draft_may_bring_its_own_survey(folder: Path) -> None:
    draft = PLAIN.replace("key: delivered", "key: new").replace("survey: delivery", "survey: other")
    write(folder, {
        "rules/new.yaml": draft,
        "surveys/other.yaml": SURVEY.replace("key: delivery", "key: other"),
    })  # fmt: skip
    result = started(folder / "rules" / "new.yaml", "--from", "7d", "--json")
    assert json.loads(result.stdout)["decided"] == 2


def test_a_bad_draft_is_refused_with_its_line(folder: Path) -> None:
    write(folder, {"rules/delivered.yaml": RULE.replace("> 100", ">")})
    result = started(folder / "rules" / "delivered.yaml")
    assert result.exit_code == 2
    assert "delivered.yaml:6:19" in result.output


def test_stopping_it_is_clean(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = run.rehearse

    def interrupted(ready: Any) -> Iterator[Any]:
        with closing(real(ready)) as steps:
            yield next(steps)
            raise KeyboardInterrupt

    monkeypatch.setattr(run, "rehearse", interrupted)
    result = started("delivered", "--from", "7d")
    assert (result.exit_code, "nothing was written" in result.stderr) == (130, True)


def test_an_event_and_a_person_are_explained_in_words(folder: Path) -> None:
    told = CliRunner().invoke(explain.command, ["event", "o-1"]).output
    assert "✓ consent" in told
    assert "now it would be: capped" not in told
    person = CliRunner().invoke(explain.command, ["person", "c-1"]).output
    assert "leads to an ask from 2026-0" in person
    assert "lately" in person
    assert "+55" not in told + person
    as_json = CliRunner().invoke(explain.command, ["event", "o-1", "--json"]).output
    assert json.loads(as_json)["event_id"] == "o-1"
    assert CliRunner().invoke(explain.command, ["event", "nothing"]).exit_code == 2
