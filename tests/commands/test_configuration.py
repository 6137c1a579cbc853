"""`collector config` at the command line: file:line for every problem, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from collector.commands import context
from collector.commands.configuration.files import command
from collector.model.base import db
from collector.rules import catalog as rule_catalog
from collector.surveys import catalog

SURVEY = """\
# asked after each delivery
key: delivery
metric: csat
owner: care
wording:
  en:
    question: How was it?
    low: Poor
    high: Great
    why: Why?
    thanks: Thanks.
"""
RULE = """\
key: delivered
on: order.delivered
survey: delivery
status: live
when: >
  context.amount > 100
channels: [sms, email]
"""
WHO = ("--by", "ana", "--reason", "agreed with care")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small, correct workspace."""
    return write(tmp_path / "config", {"surveys/delivery.yaml": SURVEY, "rules/r.yaml": RULE})


@pytest.fixture
def service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Commands make their own app from the environment; here they are given the test's."""
    monkeypatch.setattr(context, "create_app", lambda: app)
    return app


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def in_use(app: Flask) -> tuple[list[str], list[str]]:
    with app.app_context():
        found = list(catalog.current_many()), [one.key for one in rule_catalog.all_rules()]
        db.session.remove()
        return found


def test_validating_needs_no_database_and_says_what_was_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTOR_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    result = run("validate", folder)
    assert result.exit_code == 0
    assert result.output.endswith("fine: 1 survey, 1 rule\n")


def test_texts_are_priced_in_one_line_unless_each_is_asked_for(folder: Path) -> None:
    chinese = (
        SURVEY[SURVEY.index("  en:") :]
        .replace("  en:", "  zh:")
        .replace("How was it?", "它怎么样，请说说看" * 5)
    )
    write(folder, {"surveys/delivery.yaml": SURVEY + chinese})
    summed, each = run("validate", folder).output, run("validate", folder, "--texts").output
    assert [line[:4] for line in summed.splitlines()] == ["sms ", "fine"]
    assert "2 texts: 1 of 1 segment, 1 of 2 segments (zh); what each costs: --texts" in summed
    assert [line.split()[:3] for line in each.splitlines() if line.startswith("sms")] == [
        ["sms", "delivery", "en"],
        ["sms", "delivery", "zh"],
    ]


def test_a_text_that_one_character_makes_dear_is_told_in_any_case(folder: Path) -> None:
    write(
        folder, {"surveys/delivery.yaml": SURVEY.replace("How was it?", "How was it, Zoë & Çağ?")}
    )
    assert "because of ë ğ" in run("validate", folder).output


def test_applying_takes_all_into_use_and_applying_again_changes_nothing(
    service: Flask, folder: Path
) -> None:
    first, again = run("apply", folder, *WHO), run("apply", folder, *WHO)
    assert first.exit_code == again.exit_code == 0, first.output
    assert "created    rule    delivered (version 1)" in first.output
    assert "0 changed" in again.output
    assert in_use(service) == (["delivery"], ["delivered"])


def test_one_bad_rule_keeps_everything_out(service: Flask, folder: Path) -> None:
    write(folder, {"rules/zz.yaml": RULE.replace("context.amount", "contxt.amount")})
    result = run("apply", folder, *WHO)
    assert result.exit_code == 2
    assert in_use(service) == ([], [])


@pytest.mark.parametrize(
    ("name", "text", "where", "words"),
    [
        ("surveys/x.yaml", SURVEY.replace("csat", "stars"), "surveys/x.yaml:3", "nps, csat, ces"),
        ("surveys/x.yaml", SURVEY.replace("    low: Poor\n", ""), "surveys/x.yaml:6", "`low`"),
        ("surveys/x.yaml", SURVEY.replace("owner", "onwer"), "surveys/x.yaml:4", "`owner`"),
        ("surveys/x.yaml", SURVEY + "key: again\n", "surveys/x.yaml:12", "duplicate key"),
        ("surveys/x.yaml", SURVEY, "surveys/x.yaml:2", "taken by surveys/delivery.yaml"),
        ("surveys/x.yaml", "- a\n- b\n", "surveys/x.yaml:1", "must be an object"),
        ("surveys/x.yaml", "", "surveys/x.yaml:1", "must be an object"),
        ("rules/x.yaml", RULE.replace("y: delivery", "y: nobody"), "rules/x.yaml:3", "`nobody`"),
        ("rules/x.yaml", RULE.replace("> 100", ">"), "rules/x.yaml:6:19", "line 1, column 17"),
        ("rules/x.yaml", RULE.replace("email", "fax"), "rules/x.yaml:7", "inapp, sms, email"),
        ("rules/x.yaml", RULE + "caps:\n  global_days: x\n", "rules/x.yaml:9", "whole number"),
    ],
)
def test_every_problem_names_file_and_line(
    folder: Path, name: str, text: str, where: str, words: str
) -> None:
    result = run("validate", write(folder, {name: text}))
    assert result.exit_code == 2
    line = next(one for one in result.output.splitlines() if where in one)
    assert words in line


def test_nps_for_an_agent_is_refused_with_the_reason(folder: Path) -> None:
    write(folder, {
        "surveys/love.yaml": SURVEY.replace("delivery", "love").replace("csat", "nps"),
        "rules/x.yaml": RULE.replace("survey: delivery", "survey: love\nsubject: agent"),
    })  # fmt: skip
    result = run("validate", folder)
    assert result.exit_code == 2
    assert "rules/x.yaml:4" in result.output
    assert "NPS may not be attributed to 'agent'" in result.output


def test_a_touchpoint_that_is_asked_too_much_is_told_without_a_database(folder: Path) -> None:
    for name in ("b", "c", "d"):
        write(folder, {
            f"surveys/{name}.yaml": SURVEY.replace("key: delivery", f"key: {name}"),
            f"rules/{name}.yaml": RULE.replace("delivered\non", f"{name}\non")
            .replace("survey: delivery", f"survey: {name}"),
        })  # fmt: skip
    result = run("validate", folder)
    assert result.exit_code == 2
    assert "rules/r.yaml:2: `order.delivered` would then be followed by more" in result.output
    write(folder, {"rules/r.yaml": RULE.replace("status: live", "status: draft")})
    assert run("validate", folder).exit_code == 0


def test_problems_of_all_files_are_listed_at_once(folder: Path) -> None:
    write(folder, {
        "surveys/x.yaml": SURVEY.replace("csat", "stars").replace("delivery", "x"),
        "rules/x.yaml": RULE.replace("live", "on").replace("delivered", "x"),
        "rules/y.yaml": RULE.replace("[sms", "[sms, sms").replace("delivered", "y"),
    })  # fmt: skip
    output = run("validate", folder).output
    assert all(one in output for one in ("x.yaml:3", "rules/x.yaml:4", "rules/y.yaml:7"))


def test_a_folder_without_configuration_is_not_fine(tmp_path: Path) -> None:
    assert run("validate", tmp_path).exit_code == 2
    assert run("validate", tmp_path / "nowhere").exit_code == 2


def test_a_file_that_is_not_text_is_refused(folder: Path) -> None:
    (folder / "rules" / "x.yaml").write_bytes(b"key: \xff\xfe")
    result = run("validate", folder)
    assert result.exit_code == 2
    assert "rules/x.yaml:1: The file is not UTF-8." in result.output


def test_what_is_surely_not_meant_is_warned_of_with_file_and_line(folder: Path) -> None:
    odd = RULE + "quiet_hours: {sms: 09:00-20:00}\n"
    write(folder, {"rules/r.yaml": odd, "odd.yaml": RULE.replace("delivered\non", "odd\non")})
    told, strict = run("validate", folder), run("validate", folder, "--strict")
    assert (told.exit_code, strict.exit_code) == (0, 2)
    assert f"warning  {folder}/rules/r.yaml:8: silent by day, from 09:00 to 20:00" in told.output
    assert f"warning  {folder}/odd.yaml:1: this looks like a rule and is not read" in told.output
    assert "2 warnings: 1 survey, 1 rule" in told.output
    assert "fine" not in told.output


def test_a_rule_beside_its_folder_is_never_fine(tmp_path: Path) -> None:
    write(tmp_path, {"r.yaml": RULE})
    result = run("validate", tmp_path)
    assert result.exit_code == 2
    assert "move it to rules/r.yaml" in result.output


def test_comparing_and_applying_warn_of_a_channel_that_is_not_here(
    service: Flask, folder: Path
) -> None:
    write(folder, {"rules/r.yaml": RULE.replace("[sms, email]", "[sms, webhook]")})
    for asked in (("diff", folder), ("apply", folder, *WHO)):
        result = run(*asked)
        assert result.exit_code == 0, result.output
        assert f"{folder}/rules/r.yaml:7: webhook is not set up here" in result.output
        assert "+86" in result.output
