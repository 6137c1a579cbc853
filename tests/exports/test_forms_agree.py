"""Every form of the feed says the same, value by value, whatever people typed: as the data
dictionary tells a reader to take them, over HTTP, and the command writes the bytes of the API."""

from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector.model.base import db
from tests import factories
from tests.exports import reading
from tests.exports.copying import odd
from tests.exports.reading import PATH, Row

DICTIONARY = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"
COLUMN = re.compile(
    r"^\| `(\w+)` \| (integer|number|text|timestamp|list|records) \| (yes)? ?\|", re.M
)
CHAPTER = DICTIONARY.read_text("utf-8").split("## `responses`")[1].split("\n## ")[0]
TYPES = {name: kind for name, kind, _ in COLUMN.findall(CHAPTER)}
NULLABLE = {name for name, _, null in COLUMN.findall(CHAPTER) if null}
FORMULA = re.compile("^'*[=+\\-@＝＋－＠\t\r\n]")
CASES = (
    "", "shape=current", "fields=comment,weight,subjects,reasons", "after=17",
    "updated_since=2026-03-02", "until=2026-03-02T12:00:00Z", "survey=delivery",
)  # fmt: skip


@pytest.fixture
def reader(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A key for a feed of rows with whatever a column can hold."""
    with app.app_context():
        factories.survey_version(db.session, key="delivery")
        odd.store(odd.rows(seed=20, count=120))
        db.session.remove()
    return reading.key(app, monkeypatch, "exports:read")


def body(client: FlaskClient, headers: dict[str, str], query: str) -> bytes:
    answer = client.get(f"{PATH}?limit=10000&{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.data


def behind_apostrophe(row: Row) -> Row:
    """As CSV says it: a text that could run in a spreadsheet stands behind an apostrophe."""
    return {
        name: "'" + value
        if TYPES[name] == "text" and isinstance(value, str) and FORMULA.match(value)
        else value
        for name, value in row.items()
    }


def test_every_form_holds_the_same_values(client: FlaskClient, reader: dict[str, str]) -> None:
    rows = json.loads(body(client, reader, "format=json"))["rows"]
    assert len(rows) == 120
    assert list(rows[0]) == list(TYPES)
    assert not [n for row in rows for n, v in row.items() if v is None and n not in NULLABLE]
    lines = body(client, reader, "format=ndjson").decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == rows
    said = reading.from_csv(body(client, reader, "format=csv"), TYPES, NULLABLE)
    assert said == [behind_apostrophe(row) for row in rows]
    parquet = pq.read_table(io.BytesIO(body(client, reader, "format=parquet")))
    assert reading.from_arrow(parquet, TYPES) == rows
    arrow = pa.ipc.open_stream(body(client, reader, "format=arrow")).read_all()
    assert reading.from_arrow(arrow, TYPES) == rows
    assert parquet.schema.metadata[b"collector.schema"] == b"2"
    assert arrow.schema == parquet.schema


@pytest.mark.parametrize("form", ["ndjson", "csv", "parquet", "arrow"])
def test_the_command_writes_the_bytes_of_the_api(
    client: FlaskClient, reader: dict[str, str], form: str
) -> None:
    for case in CASES:
        wanted = [word for pair in case.split("&") if pair for word in _option(pair)]
        written, said = reading.exported("--format", form, *wanted)
        answer = client.get(f"{PATH}?limit=10000&format={form}&{case}", headers=reader)
        assert answer.status_code == 200, answer.text
        assert written == answer.data, case
        assert answer.headers["Collector-Position"] in said, case


def _option(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return {"updated_since": "--since"}.get(name, f"--{name}"), value


def test_a_byte_order_mark_changes_nothing_else(
    client: FlaskClient, reader: dict[str, str]
) -> None:
    plain = body(client, reader, "format=csv")
    assert body(client, reader, "format=csv&bom=true") == b"\xef\xbb\xbf" + plain
    assert reading.exported("--format", "csv", "--bom")[0] == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize(
    ("accepts", "packing"),
    [
        ("gzip", "gzip"), ("zstd", "zstd"), ("gzip;q=0", None), ("*;q=0", None), ("br", None),
        ("gzip;q=0.9, zstd;q=0.1", "gzip"), ("gzip;q=0.5, zstd;q=1", "zstd"), ("", None),
        ("identity;q=0, gzip", "gzip"), ("GZIP", "gzip"), ("gzip;q=abc", None),
    ],
)  # fmt: skip
def test_a_packed_page_is_the_page(
    client: FlaskClient, reader: dict[str, str], accepts: str, packing: str | None
) -> None:
    for form in ("json", "ndjson", "csv", "arrow"):
        plain = body(client, reader, f"format={form}")
        headers = {**reader, "Accept-Encoding": accepts}
        answer = client.get(f"{PATH}?limit=10000&format={form}", headers=headers)
        assert answer.headers.get("Content-Encoding") == packing
        assert "Accept-Encoding" in answer.headers["Vary"]
        raw = answer.data
        if packing == "gzip":
            raw = gzip.decompress(raw)
        elif packing == "zstd":
            raw = pa.input_stream(io.BytesIO(raw), compression="zstd").read()
        assert raw == plain
        again = {**headers, "If-None-Match": answer.headers["ETag"]}
        unchanged = client.get(f"{PATH}?limit=10000&format={form}", headers=again)
        assert (unchanged.status_code, unchanged.data) == (304, b"")
