"""`collector rules` and `surveys`: files with their comments kept, one step back, who and why."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from collector.commands import context
from collector.commands.configuration import history, rules, surveys
from tests.commands.test_configuration import RULE, SURVEY, WHO, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "config", {"surveys/delivery.yaml": SURVEY, "rules/r.yaml": RULE})


@pytest.fixture(autouse=True)
def _service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "create_app", lambda: app)


def run(command: click.Command, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_a_change_of_what_is_live_needs_a_name_and_a_reason(folder: Path) -> None:
    nameless = run(rules.command, "apply", folder)
    assert (nameless.exit_code, "--by" in nameless.output) == (2, True)
    wordless = run(rules.command, "apply", folder, "--by", "ana")
    assert (wordless.exit_code, "say why" in wordless.output) == (2, True)
    assert run(rules.command, "apply", folder, *WHO).exit_code == 0


def test_diff_shows_field_by_field_what_applying_would_change(folder: Path) -> None:
    assert "new      rule delivered" in run(rules.command, "diff", folder).output
    run(rules.command, "apply", folder, *WHO)
    assert run(rules.command, "diff", folder, "--check").output == "no difference\n"
    write(folder, {"rules/r.yaml": RULE.replace("> 100", "> 50") + "caps: {global_days: 7}\n"})
    result = run(rules.command, "diff", folder, "--check")
    assert result.exit_code == 2
    assert "caps.global_days: 30 → 7" in result.output
    assert 'when: "context.amount > 100" → "context.amount > 50"' in result.output


def test_export_keeps_the_comments_and_touches_only_what_differs(folder: Path) -> None:
    commented = "# why we ask\n" + RULE.replace("[sms, email]", "[sms, email]  # mail as fall-back")
    write(folder, {"rules/r.yaml": commented})
    run(rules.command, "apply", folder, *WHO)
    run(rules.command, "status", "delivered", "paused", *WHO)
    result = run(rules.command, "export", folder)
    assert "1 files written" in result.output
    assert (folder / "rules" / "r.yaml").read_text() == commented.replace(": live", ": paused")
    assert (folder / "surveys" / "delivery.yaml").read_text() == SURVEY


def test_export_into_an_empty_folder_is_short_and_applies_unchanged(
    folder: Path, tmp_path: Path
) -> None:
    run(rules.command, "apply", folder, *WHO)
    assert run(rules.command, "export", tmp_path / "new").exit_code == 0
    text = (tmp_path / "new" / "rules" / "delivered.yaml").read_text()
    assert "caps" not in text
    assert "context.amount > 100" in text
    assert "0 changed" in run(rules.command, "apply", tmp_path / "new", *WHO).output


def test_going_back_and_the_history_of_it(folder: Path) -> None:
    run(rules.command, "apply", folder, *WHO)
    write(folder, {"rules/r.yaml": RULE.replace("> 100", "> 50")})
    run(rules.command, "apply", folder, *WHO)
    back = run(rules.command, "rollback", "delivered", "--by", "bo", "--reason", "too many asked")
    assert back.output == "changed    rule    delivered (version 3)\n"
    told = run(rules.command, "history", "delivered").output
    assert "rolled back by bo: too many asked" in told
    assert 'when: "context.amount > 50" → "context.amount > 100"' in told
    assert told.count("by ana: agreed with care") == 2
    assert "survey delivery (version 1) created by ana" in run(history.command).output


def test_a_survey_goes_back_too(folder: Path) -> None:
    run(surveys.command, "apply", folder, *WHO)
    write(folder, {"surveys/delivery.yaml": SURVEY.replace("How was it?", "And?")})
    run(surveys.command, "apply", folder, *WHO)
    assert "(version 3)" in run(surveys.command, "rollback", "delivery", *WHO).output
    assert "wording.en.question" in run(surveys.command, "history", "delivery").output


@pytest.mark.parametrize("arguments", [("history",), ("rollback", *WHO), ("status", "live", *WHO)])
def test_what_is_not_there_is_said_plainly(arguments: tuple[str, ...]) -> None:
    result = run(rules.command, arguments[0], "nobody", *arguments[1:])
    assert (result.exit_code, "There is no rule" in result.output) == (2, True)
