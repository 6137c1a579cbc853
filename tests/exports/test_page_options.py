"""Windows of time, surveys, columns: parts of the feed that a reader may ask for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.commands import export
from collector.exports import catalog, feed, publish
from collector.exports.datasets import RESPONSES, public
from collector.web.auth import issue
from tests.commands.own_app import commands_use
from tests.exports.conftest import LATER, Judge
from tests.exports.erasing import NOW, answered, at, until
from tests.exports.kpi_world import World

PATH = "/v1/exports/responses"
Get = Callable[..., Any]


@pytest.fixture
def get(app: Flask, client: FlaskClient) -> Get:
    with app.app_context():
        headers = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}

    def call(sent: dict[str, str] | None = None, **query: Any) -> Any:
        return client.get(PATH, query_string=query, headers={**headers, **(sent or {})})

    return call


@pytest.fixture
def hourly(app: Flask, judge: Judge) -> list[str]:
    """Six answers, one an hour from LATER on; the first is judged again in the last hour."""
    with app.app_context():
        ids = []
        for hour in range(6):
            ids.append(judge.one())
            if hour == 5:
                judge.again(ids[0], 2, score=2)
            with clock.at(LATER + timedelta(hours=hour)):
                publish.run_batch()
        return ids


def iso(hours: float) -> str:
    return clock.iso(LATER + timedelta(hours=hours))


def numbers(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [row["number"] for row in answer.json["rows"]]


@pytest.mark.parametrize(
    ("since", "end", "found"),
    [
        (0, None, [1, 2, 3, 4, 5, 6, 7]), (0.1, None, [2, 3, 4, 5, 6, 7]), (2, 4, [3, 4]),
        (None, 1, [1]), (None, 0, []), (4.5, 9, [6, 7]), (9, None, []), (-5, -4, []),
    ],
)  # fmt: skip
def test_a_window_of_time_holds_what_was_published_in_it(
    get: Get, hourly: list[str], since: float | None, end: float | None, found: list[int]
) -> None:
    query = {
        name: iso(at) for name, at in (("updated_since", since), ("until", end)) if at is not None
    }
    assert numbers(get(**query)) == found
    walked, after = [], "0"
    for _ in range(9):
        page = get(**query, limit=2, end="null", after=after).json
        walked += [row["number"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert walked == found


def test_with_current_a_window_shows_the_newest_rows_of_its_end(
    get: Get, hourly: list[str]
) -> None:
    rows = get(shape="current", until=iso(5)).json["rows"]
    assert [row["response_id"] for row in rows] == hourly[:5]
    rows = get(shape="current", updated_since=iso(5)).json["rows"]
    assert {row["response_id"] for row in rows} == {hourly[0], hourly[5]}
    day = get(updated_since=f"{LATER:%Y-%m-%d}", shape="current").json["rows"]
    assert len(day) == 6


def test_times_grow_with_numbers_even_when_a_clock_is_set_back(app: Flask, judge: Judge) -> None:
    with app.app_context():
        for hours in (5, 1, 3, 7):
            judge.one()
            with clock.at(LATER + timedelta(hours=hours)):
                publish.run_batch()
        times = [row["published_at"] for row in feed.stream()]
        assert times == sorted(times)
        assert times[-1] == LATER + timedelta(hours=7)


def test_an_erasure_never_stands_before_what_is_below_it(app: Flask, judge: Judge) -> None:
    with app.app_context():
        case = answered(score=3)
        until(NOW)
        judge.one()
        with clock.at(NOW + timedelta(days=2)):
            publish.run_batch()
        at(NOW, case.erase)
        times = [row["published_at"] for row in feed.stream()]
        assert times == sorted(times)


def test_one_survey_in_either_shape_and_its_pages_pass_the_others(app: Flask, get: Get) -> None:
    with app.app_context():
        one, other = World("csat"), World("nps")
        for world, score in ((one, 5), (other, 9), (other, 8), (one, 1), (other, 0)):
            world.answer(score)
        one.publish()
        key, other_key = one.key, other.key
    for shape in ("revisions", "current"):
        rows = get(survey=key, shape=shape, limit=1).json
        assert (rows["rows"][0]["survey"], rows["more"]) == (key, True)
        rest = get(survey=key, shape=shape, after=rows["position"]).json
        assert ([row["survey"] for row in rest["rows"]], rest["more"]) == ([key], False)
        assert rest["position"].split(".")[1] == "5"
    lines = get(survey=other_key, format="csv").text
    assert {row["survey"] for row in csv.DictReader(io.StringIO(lines))} == {other_key}


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "parquet"])
def test_fields_come_in_the_schemas_order_with_what_says_which_row_holds(
    get: Get, hourly: list[str], form: str
) -> None:
    answer = get(fields="weight, score", format=form)
    wanted = [c.name for c in RESPONSES if c.name in {"weight", "score", *catalog.RESPONSES.always}]
    if form == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        found = parquet.read_table(io.BytesIO(answer.data)).column_names
    elif form == "csv":
        found = next(csv.reader(io.StringIO(answer.text)))
    else:
        rows = answer.json["rows"] if form == "json" else [
            json.loads(line) for line in answer.data.splitlines()
        ]  # fmt: skip
        found = list(rows[0])
    assert found == wanted


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"survey": "nowhere"}, "/survey"), ({"survey": "a' OR 1=1 --"}, "/survey"),
        ({"fields": "score,nonsense"}, "/fields"), ({"fields": "score;DROP"}, "/fields"),
        ({"updated_since": "yesterday"}, "/updated_since"), ({"until": "2026-13-01"}, "/until"),
        ({"updated_since": "2026-03-02", "until": "2026-03-02"}, "/until"),
        ({"wait": "31"}, "/wait"), ({"wait": "-1"}, "/wait"), ({"shape": "newest"}, "/shape"),
        ({"end": "never"}, "/end"), ({"bom": "1"}, "/bom"), ({"from": "2026-01-01"}, "/from"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_by_the_parameters_name(
    get: Get, hourly: list[str], query: dict[str, str], pointer: str
) -> None:
    answer = get(**query)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_the_link_keeps_every_parameter(get: Get, hourly: list[str]) -> None:
    link = get(limit=2, fields="score", updated_since=iso(0), format="ndjson").headers["Link"]
    assert all(f"{name}=" in link for name in ("limit", "fields", "updated_since", "format"))


def test_the_command_takes_the_same_parts(
    app: Flask, hourly: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands_use(app, monkeypatch)

    def run(*more: str) -> Any:
        return CliRunner().invoke(
            export.command, ["--format", "csv", "--out", "-", *more], catch_exceptions=False
        )

    made = run("--since", iso(2), "--until", iso(4), "--fields", "score", "--bom")
    assert made.stdout_bytes.startswith(b"\xef\xbb\xbfnumber,response_id,revision,kind,score")
    assert made.stdout_bytes.count(b"\r\n") == 3
    with app.app_context():
        (key,) = {public(row)["survey"] for row in feed.stream(0, 1)}
    assert run("--survey", key).stdout_bytes.count(b"\r\n") == 3
    for wrong in (("--survey", "nowhere"), ("--since", "soon"), ("--fields", "nonsense")):
        assert run(*wrong).exit_code == 2
    refused = CliRunner().invoke(
        export.command, ["--format", "ndjson", "--out", "-", "--bom"], catch_exceptions=False
    )
    assert refused.exit_code == 2
