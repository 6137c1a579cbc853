"""`collector appeals` and `collector findings`: JSON for machines, sentences for mistakes."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from collector import clock
from collector.commands import appeals, context, findings
from collector.commands.configuration import history
from collector.model.base import db
from tests.integrity.appeals.cases import LATER, REJECTED, finding, newest, published, send

WHY = ("--by", "a1", "--ground", "genuine", "--statement", "I know this customer.")


@pytest.fixture(autouse=True)
def _service(ctx: Flask, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(context, "create_app", lambda: ctx)
    with clock.at(LATER):
        yield


def run(command: click.Command, *arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    db.session.rollback()
    return result


def opened() -> tuple[str, str]:
    response = published(5, **REJECTED)
    assert run(appeals.command, "open", response, *WHY).exit_code == 0
    (line,) = run(appeals.command, "list", "--about", response, "--json").output.splitlines()
    return response, json.loads(line)["id"]


def test_json_holds_what_the_api_gives(ctx: Flask) -> None:
    response, id = opened()
    told = json.loads(run(appeals.command, "show", id, "--json").output)
    assert (told["about_id"], told["state"], told["score"]) == (response, "open", 5)
    assert told["opened_at"] == "2026-03-03T12:00:00.000Z"
    assert told["evidence"]["DEVICE_SHARED"] == {"customers": 7, "for_subject": 6}
    hidden = json.loads(run(appeals.command, "show", id, "--json", "--as-agent").output)
    assert (hidden["evidence"], hidden["contested"]) == (None, None)


def test_an_appeal_is_withdrawn_by_its_appellant_alone(ctx: Flask) -> None:
    response, id = opened()
    refused = run(appeals.command, "withdraw", id, "--by", "boss")
    assert (refused.exit_code, "whoever opened it" in refused.output) == (2, True)
    done = run(appeals.command, "withdraw", id, "--by", "a1", "--reason", "settled")
    assert done.output == f"{id} is withdrawn.\n"
    send()
    assert newest(response)["appeal"] == "withdrawn"
    assert "withdrawn by a1: settled" in run(history.command, "--kind", "appeal").output


def test_mistakes_are_sentences_and_exit_code_2(ctx: Flask) -> None:
    _, id = opened()
    ruling = ("upheld", "--by", "rita", "--reason", "x")
    for arguments, words in (
        (("show", "apl_nothing"), "no appeal with this id"),
        (("open", "rsp_nothing", *WHY), "no response with this id"),
        (("open", "fnd_nothing", *WHY), "must be one of: innocent_explanation"),
        (("rule", id, *ruling), "must be one of: counts, company_only, set_aside"),
        (("rule", id, *ruling, "--outcome", "cleared"), "must be one of: counts"),
        (("rule", id, "upheld", "--by", "rita"), "--reason"),
        (("rule", id, "dismissed", "--by", "a1", "--reason", "x"), "opened this appeal"),
    ):
        result = run(appeals.command, *arguments)
        assert (result.exit_code, words in result.output) == (2, True), result.output


def test_empty_lists_say_so(ctx: Flask) -> None:
    said = {
        ("list",): "No appeals: nobody has contested a verdict or a finding. "
        "How to: collector appeals open --help\n",
        ("list", "--state", "open"): "No appeals are open.\n",
        ("list", "--by", "ana"): "No appeals that fit; without the options the list shows every "
        "one there is.\n",
    }
    assert {words: run(appeals.command, *words).output for words in said} == said
    assert run(findings.command, "list", "--state", "open").output == "No findings are open.\n"
    assert run(findings.command, "list").output.startswith("No findings: nothing looked odd")
    assert run(appeals.command, "list", "--json").output == ""


def test_findings_are_told_as_json_with_their_words(ctx: Flask) -> None:
    id = finding()
    told = json.loads(run(findings.command, "show", id, "--json").output)
    assert told["told"] == [
        "of 9 invitations withheld by hand, 7 were about cases with trouble (expected: 2.1)"
    ]
    (line,) = run(findings.command, "list", "--subject", "a1", "--json").output.splitlines()
    assert json.loads(line)["id"] == id
    refused = run(findings.command, "rule", id, "confirmed", "--by", "a1", "--reason", "x")
    assert (refused.exit_code, "whom this is about" in refused.output) == (2, True)
    assert (
        run(findings.command, "rule", id, "confirmed", "--by", "r", "--reason", "x").exit_code == 0
    )
