"""`collector kpis`: the same figures as the API, as a table and as JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from collector.commands import context, kpis
from tests.exports.kpi_world import World


@pytest.fixture(autouse=True)
def _this_app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "create_app", lambda: app)


def run(*words: str) -> Result:
    return CliRunner().invoke(kpis.command, list(words))


def filled(app: Flask, metric: str = "csat") -> str:
    with app.app_context():
        world = World(metric)
        for score in (5, 5, 1):
            world.answer(score)
        world.answer(5, verdict="rejected", weight=0.0)
        world.held("customer_declined")
        world.publish()
        return world.key


def test_a_table_for_people(app: Flask) -> None:
    done = run("--survey", filled(app))
    assert done.exit_code == 0, done.output
    for part in ("75.0", "66.7", "25.0 %", "5 > 4 > 4 > 4"):
        assert part in done.output


@pytest.mark.parametrize("by", [(), ("--by", "locale"), ("--by", "store")])
def test_the_tables_fit_a_window_of_a_hundred_columns(app: Flask, by: tuple[str, ...]) -> None:
    filled(app)
    lines = run(*by).output.splitlines()
    assert max(map(len, lines)) <= 100
    assert sum("n (effective)" in line for line in lines) == 1


def test_json_for_programs(app: Flask) -> None:
    done = run("--survey", filled(app), "--by", "store", "--json")
    row = json.loads(done.output)
    assert (row["group"], row["raw"], row["answered"]) == ("north", 75.0, 4)


def test_an_agent_with_few_answers_has_counts_and_no_value(app: Flask) -> None:
    done = run("--survey", filled(app), "--by", "agent")
    assert "from 30 effective answers on" in done.output
    assert "66.7" not in done.output


def test_nps_is_no_figure_of_one_agent(app: Flask) -> None:
    done = run("--survey", filled(app, "nps"), "--by", "agent")
    assert "not about one agent" in done.output


def test_an_empty_service_says_so(app: Flask) -> None:
    assert "Nothing to show" in run().output


def test_a_survey_that_is_not_there_is_named_with_those_that_are(app: Flask) -> None:
    key = filled(app)
    done = run("--survey", "none")
    assert done.exit_code == 2
    assert "/survey" in done.output
    assert key in done.output
