"""What is written out of the database is, byte for byte, what the row-by-row writer makes of it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pyarrow.ipc
import pytest

from collector.exports import feed, files
from collector.exports.catalog import RESPONSES
from collector.exports.copying import arrow, postgres, sqlite, write
from collector.exports.cut import Cut
from collector.model.base import db, is_postgres
from collector.model.sql.source import Source, of_app
from tests.exports.copying import odd

pytestmark = pytest.mark.usefixtures("ctx")
ROWS = 20_000 if os.environ.get("COLLECTOR_TEST_FULL") == "1" else 400


def copied(source: Source, kind: str, after: int, until: int) -> bytes:
    out = io.BytesIO()
    assert write.write(source, kind, out, Cut(after, until)) == until - after
    return comparable(kind, out.getvalue())


def comparable(kind: str, made: bytes) -> bytes:
    """Arrow leaves open what stands in the place of a null, so its values are compared."""
    if kind != "arrow":
        return made
    table = pyarrow.ipc.open_stream(made).read_all()
    return repr((table.schema.to_string(), table.to_pylist())).encode()


def reference(kind: str, after: int, until: int) -> bytes:
    out = io.BytesIO()
    files.write(feed.stream(after, until), kind, out)
    return comparable(kind, out.getvalue())


@pytest.fixture
def source() -> Iterator[Source]:
    yield of_app()
    db.session.rollback()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_form_of_odd_rows_is_the_same_as_row_by_row(source: Source, seed: int) -> None:
    odd.store(odd.rows(seed, ROWS))
    for kind in files.FORMATS:
        made, expected = copied(source, kind, 0, ROWS), reference(kind, 0, ROWS)
        assert made == expected, f"{kind}: {first_difference(made, expected)}"


def test_it_stays_the_same_across_pages_blocks_and_ends(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd.store(odd.rows(3, 120))
    monkeypatch.setattr(write, "PAGE", 17)
    monkeypatch.setattr(postgres, "BLOCK", 900)
    monkeypatch.setattr(sqlite, "ROWS", 5)
    for kind in ("csv", "ndjson"):
        for after, until in ((0, 120), (0, 17), (16, 18), (119, 120), (50, 50)):
            assert copied(source, kind, after, until) == reference(kind, after, until)
    monkeypatch.setattr(arrow, "PAGE", 13)
    monkeypatch.setattr(arrow, "GROUP", 39)
    assert copied(source, "parquet", 5, 118) == reference("parquet", 5, 118)


@pytest.mark.parametrize(
    "names", ["score", "comment", "reasons,subjects", "weight,comment,appeal", "locale,subjects"]
)
def test_some_columns_are_the_same_too(source: Source, names: str) -> None:
    odd.store(odd.rows(7, 150))
    columns = RESPONSES.named(names)
    for kind in files.FORMATS:
        made, expected = io.BytesIO(), io.BytesIO()
        write.write(source, kind, made, Cut(0, 150, columns))
        files.write(feed.stream(0, 150), kind, expected, columns=columns)
        assert comparable(kind, made.getvalue()) == comparable(kind, expected.getvalue()), kind


def test_an_empty_feed_is_a_file_without_rows(source: Source) -> None:
    for kind in files.FORMATS:
        assert copied(source, kind, 0, 0) == reference(kind, 0, 0)


def test_settings_of_the_database_and_the_role_change_nothing(source: Source) -> None:
    if not is_postgres():
        pytest.skip("SQLite has no such settings")
    odd.store(odd.rows(4, 60))
    expected = reference("csv", 0, 60)
    with db.engine.connect() as connection:
        connection.exec_driver_sql(
            "SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German'; SET extra_float_digits = 0"
        )
        raw = connection.connection.driver_connection
        made = b"".join(block for _, block in postgres.lines(raw, "csv", Cut(0, 60)))
        connection.invalidate()
    assert files.csv_header() + made == expected


def test_a_reader_that_stops_halfway_leaves_the_connection_fit_for_use(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd.store(odd.rows(5, 300))
    monkeypatch.setattr(postgres, "BLOCK", 200)

    class Full(io.BytesIO):
        def write(self, block: object) -> int:
            if self.tell() > 3000:
                raise OSError(28, "No space left on device")
            return super().write(block)  # type: ignore[arg-type]

    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            write.write(source, "csv", Full(), Cut(0, 300))
        assert feed.last_number() == 300
    made, expected = copied(source, "csv", 0, 300), reference("csv", 0, 300)
    assert made == expected, first_difference(made, expected)


def test_escapes_that_sqlite_makes_otherwise_go_row_by_row(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd.store(odd.rows(6, 60))
    monkeypatch.setattr(sqlite, "_escapes_alike", lambda connection: False)
    assert copied(source, "ndjson", 0, 60) == reference("ndjson", 0, 60)


def first_difference(made: bytes, expected: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(made, expected, strict=False)) if a != b), 0)
    return f"at {at}: {made[at - 60 : at + 60]!r} for {expected[at - 60 : at + 60]!r}"
