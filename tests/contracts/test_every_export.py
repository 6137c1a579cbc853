"""One contract, every form of the export: the same rows, nothing lost, whatever people wrote."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.ipc
import pytest

from collector import clock
from collector.exports import files
from collector.exports.datasets import RESPONSES, public
from collector.exports.kpis import kpis
from tests.exports.rows import row

HOSTILE = (
    None, "", " ", "=HYPERLINK(\"http://x\")", "'=1", "a,b;c\td", "line\r\nbreak\rand\nmore",
    '"quoted"', "\\N", "null", "NaN", "<script>", "好评 👍🏽 ­ ‮", "\u2028", "x" * 4000,
)  # fmt: skip
Read = Callable[[bytes, Path], list[dict[str, Any]]]


def read_ndjson(made: bytes, _folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in made.split(b"\n") if line]


def read_csv(made: bytes, _folder: Path) -> list[dict[str, Any]]:
    rows = []
    for cells in csv.DictReader(io.StringIO(made.decode(), newline="")):
        read: dict[str, Any] = {}
        for column in RESPONSES:
            cell = files.plain_cell(cells[column.name])
            if column.nullable and cell == "":
                read[column.name] = None
            elif column.type in ("text", "timestamp"):
                read[column.name] = cell
            else:
                read[column.name] = json.loads(cell)
        rows.append(read)
    return rows


def read_parquet(made: bytes, folder: Path) -> list[dict[str, Any]]:
    duckdb = pytest.importorskip("duckdb")
    path = folder / "made.parquet"
    path.write_bytes(made)
    as_text = "strftime({0} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS {0}"
    chosen = ", ".join(
        as_text.format(c.name) if c.type == "timestamp" else c.name for c in RESPONSES
    )
    with duckdb.connect() as engine:
        source = engine.read_parquet(str(path)).project(chosen)
        rows = [dict(zip(source.columns, values, strict=True)) for values in source.fetchall()]
    for read in rows:
        read["subjects"] = json.loads(read["subjects"])
    return rows


def read_arrow(made: bytes, _folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyarrow.ipc.open_stream(made).read_all().to_pylist()
    for read in rows:
        read["subjects"] = json.loads(read["subjects"])
        times = {c.name: clock.iso(read[c.name]) for c in RESPONSES if c.type == "timestamp"}
        read.update(times)
    return rows


READERS: dict[str, Read] = {
    "ndjson": read_ndjson, "csv": read_csv, "parquet": read_parquet, "arrow": read_arrow,
}  # fmt: skip


def test_there_is_a_reader_here_for_every_form() -> None:
    assert set(READERS) == set(files.FORMATS)


@pytest.mark.parametrize("kind", files.FORMATS)
def test_what_is_written_can_be_read_back_to_the_last_character(kind: str, tmp_path: Path) -> None:
    rows = [row(number=n, comment=text) for n, text in enumerate(HOSTILE, start=1)]
    rows += [row(number=99, score=None, reasons=[], subjects={}, weight=0.25)]
    out = io.BytesIO()
    assert files.write(rows, kind, out) == len(rows)
    expected = [public(one) for one in rows]
    assert READERS[kind](out.getvalue(), tmp_path) == expected


def test_an_answer_without_a_score_counts_nowhere_in_any_form(tmp_path: Path) -> None:
    """Words alone, a machine's taps, and a score that came after the words."""
    rows = [
        row(number=1, score=5, weight=1.0),
        row(number=2, score=None, band=None, comment="no number", weight=1.0),
        row(number=3, score=None, band=None, state="set_aside", verdict="rejected", weight=0.0),
        row(number=4, score=None, band=None, comment="first words", response_id="rsp_9"),
        row(number=5, score=1, weight=0.5, response_id="rsp_9", revision=2, kind="edit"),
    ]
    figures = {}
    for kind, read in READERS.items():
        out = io.BytesIO()
        files.write(rows, kind, out)
        back = read(out.getvalue(), tmp_path)
        assert [one["score"] for one in back] == [5, None, None, None, 1]
        (figures[kind],) = kpis(back)
    assert set(map(repr, figures.values())) == {repr(kpis(rows)[0])}
    one = figures["csv"]
    assert (one.answers, one.weight, one.headline) == (2, 1.5, 50.0)
    assert one.weighted_headline == pytest.approx(100 / 1.5)
