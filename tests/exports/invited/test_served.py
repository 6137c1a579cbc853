"""The feed of invitations as the API and the command give it: shapes, forms, windows, positions."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from collector.commands import export
from collector.commands.operating import feed as feed_command
from collector.exports import files, publish
from collector.exports.catalog import INVITATIONS
from collector.exports.files import plain_cell
from collector.model.base import db
from collector.web.auth import issue
from tests import factories
from tests.commands.own_app import commands_use
from tests.exports.erasing import NOW, answered, at, until
from tests.exports.invited.looking import publish_all
from tests.factories import NOON

PATH = "/v1/exports/invitations"
HOUR = timedelta(hours=1)


@pytest.fixture
def key(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}


@pytest.fixture
def seven(app: Flask) -> list[str]:
    """Four invitations, of which three changed later: seven rows."""
    with app.app_context():
        asked = [factories.sent_invitation(db.session) for _ in range(4)]
        publish_all(NOON)
        for one in asked[:3]:
            one.reminded_at = NOON + HOUR
        publish_all(NOON + 2 * HOUR)
        return [one.id for one in asked]


def get(client: FlaskClient, key: dict[str, str], **query: Any) -> Any:
    return client.get(PATH, query_string=query, headers=key)


def test_without_a_key_or_its_scope_nothing_is_shown(app: Flask, client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 401
    with app.app_context():
        other = issue("shop", ("events:write",))
    assert get(client, {"Authorization": f"Bearer {other}"}).status_code == 403


def test_pages_follow_one_another_without_a_gap_and_end(
    client: FlaskClient, key: dict[str, str], seven: list[str]
) -> None:
    seen, after, more = [], "0", True
    while more:
        page = get(client, key, after=after, limit=3).json
        seen += [row["number"] for row in page["rows"]]
        after, more = page["position"], page["more"]
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    end = get(client, key, after=after, end="null")
    assert (end.json["rows"], end.json["next"], end.json["schema"]) == ([], None, 1)


def test_current_gives_each_invitation_once(
    client: FlaskClient, key: dict[str, str], seven: list[str]
) -> None:
    rows = get(client, key, shape="current").json["rows"]
    assert sorted(row["invitation_id"] for row in rows) == sorted(seven)
    assert sorted(row["revision"] for row in rows) == [1, 2, 2, 2]


def test_windows_surveys_and_columns_narrow_it(
    client: FlaskClient, key: dict[str, str], seven: list[str]
) -> None:
    late = get(client, key, updated_since="2026-03-02T13:00:00Z").json["rows"]
    assert [row["number"] for row in late] == [5, 6, 7]
    early = get(client, key, until="2026-03-02T13:00:00Z", shape="current").json["rows"]
    assert [row["revision"] for row in early] == [1] * 4
    one = late[0]["survey"]
    same = get(client, key, survey=one).json["rows"]
    assert {row["survey"] for row in same} == {one}
    assert get(client, key, survey="nothing").status_code == 422
    (first, *_) = get(client, key, fields="state").json["rows"]
    assert list(first) == ["number", "invitation_id", "revision", "kind", "state", "updated_at"]
    wrong = get(client, key, fields="score")
    assert (wrong.status_code, wrong.json["code"]) == (422, "unknown_field")


def test_a_position_of_responses_is_refused_here_and_the_other_way_round(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    with app.app_context():
        case = answered()
        until(NOW)
        assert case.response
    answers = client.get("/v1/exports/responses", headers=key)
    asked = get(client, key)
    assert answers.json["rows"]
    assert asked.json["rows"]
    for path, position in (
        (PATH, answers.json["position"]), ("/v1/exports/responses", asked.json["position"]),
    ):  # fmt: skip
        said = client.get(path, query_string={"after": position}, headers=key)
        assert (said.status_code, said.json["code"]) == (409, "position_of_another_feed")


def test_every_form_holds_the_same_rows(
    client: FlaskClient, key: dict[str, str], seven: list[str]
) -> None:
    rows = get(client, key).json["rows"]
    lines = get(client, key, format="ndjson")
    assert [json.loads(line) for line in lines.data.splitlines()] == rows
    assert "invitations-7.ndjson" in lines.headers["Content-Disposition"]
    cells = list(csv.DictReader(io.StringIO(get(client, key, format="csv").text)))
    for row, cell in zip(rows, cells, strict=True):
        for column in INVITATIONS.columns:
            value = row[column.name]
            if column.type in ("text", "timestamp"):
                assert (plain_cell(cell[column.name]) or None) == value, column.name
            elif value is not None:
                assert json.loads(cell[column.name]) == value, column.name
    table = pyarrow.parquet.read_table(io.BytesIO(get(client, key, format="parquet").data))
    assert table.schema.metadata[b"collector.dataset"] == b"invitations"
    assert table.schema.metadata[b"collector.schema"] == b"1"
    assert table["channels"].to_pylist() == [row["channels"] for row in rows]
    assert [json.loads(one) for one in table["by_channel"].to_pylist()] == [
        row["by_channel"] for row in rows
    ]
    assert table["number"].to_pylist() == [row["number"] for row in rows]


def test_a_row_is_what_its_schema_says(
    client: FlaskClient, key: dict[str, str], seven: list[str]
) -> None:
    schema = client.get(f"{PATH}/schema", headers=key).json
    assert schema["primaryKey"] == ["invitation_id"]
    for row in get(client, key).json["rows"]:
        assert list(row) == schema["required"]
        for name, value in row.items():
            allowed = schema["properties"][name]["type"]
            assert value is not None or "null" in allowed, name
            assert value != "", name
        (sms,) = row["by_channel"]
        fields = schema["properties"]["by_channel"]["items"]["required"]
        assert sorted(sms) == sorted(fields)


@pytest.mark.parametrize("kind", files.FORMATS)
def test_the_command_writes_the_same_and_goes_on_from_its_position(
    app: Flask, client: FlaskClient, key: dict[str, str], seven: list[str], kind: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    commands_use(app, monkeypatch)
    out = tmp_path / f"asked.{kind}"
    told = ["--dataset", "invitations", "--format", kind, "--out", str(out)]
    made = CliRunner().invoke(export.command, told)
    assert made.exit_code == 0, made.output
    assert "7 rows to" in made.stderr
    position = made.stderr.split("--after ")[1].strip()
    served = get(client, key, format=kind)
    assert served.headers["Collector-Position"] == position
    if kind != "arrow":
        assert out.read_bytes() == served.data
    again = CliRunner().invoke(export.command, [*told, "--after", position])
    assert "0 rows to" in again.stderr
    shown = CliRunner().invoke(feed_command.command, ["show"]).stdout
    assert f"position  {position}" in shown
    assert "dataset   invitations" in shown


def test_an_empty_feed_is_served_and_wakes_nobody(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    page = get(client, key).json
    assert (page["rows"], page["more"]) == ([], False)
    with app.app_context():
        at(NOON, publish.run_batch)
    assert get(client, key, after=page["position"]).status_code == 200
