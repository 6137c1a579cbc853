"""The feed as CSV, NDJSON and Parquet."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.ipc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import InvalidInput, Unavailable
from collector.exports import files
from collector.exports.datasets import RESPONSES
from tests.exports.rows import row


def written(kind: str, *rows: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    assert files.write(rows, kind, out) == len(rows)
    return out.getvalue()


def test_ndjson_holds_a_row_a_line_with_the_columns_in_order() -> None:
    (line,) = written("ndjson", row(comment='"Ótimo"\r\n=1')).splitlines()
    read = json.loads(line)
    assert list(read) == [column.name for column in RESPONSES]
    assert read["comment"] == '"Ótimo"\r\n=1'
    assert read["subjects"] == [{"role": "agent", "id": "a1", "credited": "a2"}]
    assert read["published_at"] == "2026-03-02T12:00:00.000Z"


@pytest.mark.parametrize("kind", files.FORMATS)
def test_an_empty_feed_makes_a_file_with_no_rows(kind: str) -> None:
    made = written(kind)
    if kind == "csv":
        assert list(csv.DictReader(io.StringIO(made.decode()))) == []
        assert made.startswith(b"number,response_id,")
    elif kind == "ndjson":
        assert made == b""
    elif kind == "parquet":
        assert made.startswith(b"PAR1")
    else:
        assert pyarrow.ipc.open_stream(made).read_all().num_rows == 0


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x", "'=1", "''=1"],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    (read,) = csv.DictReader(io.StringIO(written("csv", row(comment=text)).decode(), newline=""))
    assert read["comment"] == f"'{text}"
    assert files.plain_cell(read["comment"]) == text


@pytest.mark.parametrize("text", ["", "fine", "'tis fine", "1-2", " =1", 'Péssimo; "não" veio'])
def test_other_cells_stay_as_they_are(text: str) -> None:
    (read,) = csv.DictReader(io.StringIO(written("csv", row(comment=text)).decode(), newline=""))
    assert read["comment"] == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_no_text_runs_and_every_text_can_be_had_back(text: str) -> None:
    cell = files.safe_cell(text)
    assert files.plain_cell(cell) == text
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


def test_numbers_in_csv_stay_numbers_and_null_is_an_empty_cell() -> None:
    (read,) = csv.DictReader(io.StringIO(written("csv", row(score=None, weight=0.5)).decode()))
    assert (read["score"], read["weight"], read["number"]) == ("", "0.5", "1")
    assert json.loads(read["reasons"]) == ["too_fast"]


def test_parquet_keeps_types_nulls_and_awkward_texts(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "it's.parquet"
    awkward = ['=1+1 "x"\r\n\tü 好评', "", None, "\\N", "{}"]
    path.write_bytes(written("parquet", *(row(number=n, comment=c) for n, c in enumerate(awkward))))
    with duckdb.connect() as engine:
        source = engine.read_parquet(str(path))
        names = dict(zip(source.columns, map(str, source.types), strict=True))
        assert list(names) == [column.name for column in RESPONSES]
        assert names["published_at"] == "TIMESTAMP WITH TIME ZONE"
        assert (names["score"], names["weight"], names["reasons"]) == (
            "BIGINT",
            "DOUBLE",
            "VARCHAR[]",
        )
        chosen = "comment, score, reasons, subjects, epoch_ms(published_at)"
        read = source.project(chosen).fetchall()
    assert [line[0] for line in read] == [text or None for text in awkward]
    assert read[0][1:3] == (5, ["too_fast"])
    assert json.loads(read[0][3]) == [{"role": "agent", "id": "a1", "credited": "a2"}]
    assert read[0][4] == 1772452800000


def test_parquet_without_its_extra_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    with pytest.raises(Unavailable, match=r"collector\[lake\]"):
        written("parquet", row())


def test_another_format_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput) as refused:
        written("xlsx", row())
    assert refused.value.pointer == "/format"


@pytest.mark.parametrize("kind", ["ndjson", "csv"])
def test_rows_are_written_as_they_come_and_never_gathered(kind: str) -> None:
    out = io.BytesIO()
    sizes = []

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(1, 50):
            sizes.append(out.tell())
            yield row(number=number)

    files.write(rows(), kind, out)
    assert sizes == sorted(set(sizes))


def test_progress_hears_of_every_thousand_rows_and_of_the_end() -> None:
    heard: list[int] = []
    files.write((row(number=n) for n in range(2500)), "ndjson", io.BytesIO(), heard.append)
    assert heard == [1000, 2000, 2500]


def test_a_file_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("the old one")
    with pytest.raises(TypeError), files.replacing(path) as out:
        out.writelines([b"half", None])  # type: ignore[list-item]
    assert path.read_text() == "the old one"
    with files.replacing(path) as out:
        out.write(b"whole")
    assert path.read_text() == "whole"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]
    assert stat.S_IMODE(path.stat().st_mode) & 0o400
