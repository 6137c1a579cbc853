"""GET /v1/exports/responses."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import orjson
import pyarrow.ipc
import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.exports import feed, files, publish
from collector.exports.datasets import public
from collector.web.auth import issue
from tests.exports.conftest import LATER, Judge
from tests.exports.copying import odd

PATH = "/v1/exports/responses"


@pytest.fixture
def key(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}


@pytest.fixture
def five(app: Flask, judge: Judge) -> None:
    with app.app_context():
        for _ in range(5):
            judge.one()
        with clock.at(LATER):
            publish.run_batch()


def get(client: FlaskClient, key: dict[str, str], **query: Any) -> Any:
    return client.get(PATH, query_string=query, headers=key)


def test_without_a_key_or_its_scope_nothing_is_shown(app: Flask, client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 401
    with app.app_context():
        other = issue("shop", ("events:write",))
    assert get(client, {"Authorization": f"Bearer {other}"}).status_code == 403


def test_a_reader_that_remembers_one_number_misses_nothing(
    client: FlaskClient, key: dict[str, str], five: None
) -> None:
    seen, after, more = [], "0", True
    while more:
        answer = get(client, key, after=after, limit=2)
        page = answer.json
        seen += [row["number"] for row in page["rows"]]
        after, more = answer.headers["Collector-Next-After"], page["more"]
        assert (page["next"], page["position"]) == (int(after.split(".")[1]), after)
        assert ("Link" in answer.headers) is more
    assert seen == [1, 2, 3, 4, 5]
    end = get(client, key, after=after)
    assert end.json == {"rows": [], "next": 5, "position": after, "more": False, "schema": 2}
    assert end.headers["Collector-Next-After"] == after


def test_the_link_to_the_next_page_can_be_followed(
    client: FlaskClient, key: dict[str, str], five: None
) -> None:
    link = get(client, key, limit=3, format="ndjson").headers["Link"]
    assert link.endswith('; rel="next"')
    following = client.get(link[1 : link.index(">")], headers=key)
    assert [json.loads(line)["number"] for line in following.data.splitlines()] == [4, 5]


def test_every_form_holds_the_same_rows(
    client: FlaskClient, key: dict[str, str], five: None
) -> None:
    pytest.importorskip("duckdb")
    rows = get(client, key).json["rows"]
    lines = get(client, key, format="ndjson")
    assert lines.content_type == "application/x-ndjson"
    assert [json.loads(line) for line in lines.data.splitlines()] == rows
    cells = get(client, key, format="csv")
    assert cells.content_type == "text/csv; charset=utf-8"
    read = list(csv.DictReader(io.StringIO(cells.text)))
    assert [line["response_id"] for line in read] == [row["response_id"] for row in rows]
    parquet = get(client, key, format="parquet")
    assert parquet.data[:4] == parquet.data[-4:] == b"PAR1"
    batches = get(client, key, format="arrow")
    assert batches.content_type == "application/vnd.apache.arrow.stream"
    ids = pyarrow.ipc.open_stream(batches.data).read_all()["response_id"].to_pylist()
    assert ids == [row["response_id"] for row in rows]
    (position,) = {a.headers["Collector-Next-After"] for a in (lines, cells, parquet)}
    assert position.split(".")[1] == "5"


@pytest.mark.parametrize("kind", ["json", "csv", "ndjson", "parquet"])
def test_a_page_holds_what_a_row_by_row_writer_makes_of_it(
    app: Flask, client: FlaskClient, key: dict[str, str], kind: str
) -> None:
    with app.app_context():
        odd.store(odd.rows(9, 80))
    for after, limit in ((0, 50), (49, 31), (49, 30), (80, 5)):
        answer = get(client, key, after=after, limit=limit, format=kind)
        with app.app_context():
            page = feed.page(after, limit)
        if kind == "json":
            rows = [public(row) for row in page.rows]
            said = answer.headers["Collector-Next-After"]
            onward = {"next": page.last, "position": said, "more": page.more, "schema": 2}
            assert answer.data == orjson.dumps({"rows": rows, **onward}) + b"\n"
        else:
            out = io.BytesIO()
            files.write(page.rows, kind, out)
            assert answer.data == out.getvalue()
        assert ("Link" in answer.headers) is page.more


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"after": "-1"}, "/after"),
        ({"after": "soon"}, "/after"),
        ({"after": str(2**63)}, "/after"),
        ({"limit": "0"}, "/limit"),
        ({"limit": "10001"}, "/limit"),
        ({"format": "xlsx"}, "/format"),
    ],
)
def test_an_error_names_the_parameter(
    client: FlaskClient, key: dict[str, str], query: dict[str, str], pointer: str
) -> None:
    answer = get(client, key, **query)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    (error,) = answer.json["errors"]
    assert error["pointer"] == pointer


def test_the_largest_number_is_a_number_like_any_other(
    client: FlaskClient, key: dict[str, str]
) -> None:
    assert get(client, key, after=2**63 - 1).json["code"] == "position_beyond_end"


def test_the_api_description_holds_every_column_with_its_meaning(client: FlaskClient) -> None:
    described = client.get("/v1/openapi.json").json
    properties = described["components"]["schemas"]["ResponseRow"]["properties"]
    assert properties["weight"]["description"].endswith("(0 to 4)")
    answers = described["paths"][PATH]["get"]["responses"]
    assert "ResponsePage" in json.dumps(answers["200"])
