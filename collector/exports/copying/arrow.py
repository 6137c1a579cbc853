"""Parquet by way of Arrow: columns in batches, a row group at a time. Needs the extra `lake`.

PostgreSQL's rows come through ADBC, which turns binary COPY into record batches without a Python
object for a value, the next one while the last is written; SQLite's and loose rows are put into
columns here. Row groups end at the same rows whatever database they come from. Used by
`write.py` and `../files.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

import orjson

from collector.errors import Unavailable
from collector.exports.copying.compact import Remembered, words
from collector.exports.datasets import RESPONSES, Column

PAGE: Final = 8192  # rows read together
GROUP: Final = 4 * PAGE  # rows of a group, fewer where comments are long
LONG: Final = 16 << 20  # bytes of comments in a group
_BATCH_BYTES: Final = str(2 << 20)
# Every row has one of its own: a dictionary of them would be the column again.
_UNLIKE: Final = frozenset({
    "number", "response_id", "invitation_id", "person_id", "event_id", "comment",
    "invited_at", "answered_at", "occurred_at",
})  # fmt: skip
Progress = Callable[[int], None]


def write(tables: Iterable[Any], out: IO[bytes], progress: Progress | None = None) -> int:
    """Write Arrow tables of at most `PAGE` rows, in the export's schema, as one file."""
    pa = _modules()
    schema = _schema(pa)
    count = 0
    with pa.parquet.ParquetWriter(
        out,
        schema,
        compression="zstd",
        use_dictionary=[one.name for one in RESPONSES if one.name not in _UNLIKE],
    ) as writer:
        for group in _groups(pa, tables):
            writer.write_table(group, row_group_size=group.num_rows)
            count += group.num_rows
            if progress is not None:
                progress(count)
    return count


def from_postgres(address: str, after: int, until: int) -> Iterator[Any]:
    """Tables of the rows above `after` up to `until`, read over a connection of ADBC's own.

    A page is a statement and a transaction, so that a slow reader of the file holds none for long.
    """
    return _ahead(_read(address, after, until))


def _read(address: str, after: int, until: int) -> Iterator[Any]:
    pa = _modules()
    import adbc_driver_manager
    import adbc_driver_postgresql

    with (
        adbc_driver_postgresql.connect(address) as database,
        adbc_driver_manager.AdbcConnection(database) as connection,
    ):
        for start in range(after, until, PAGE):
            with adbc_driver_manager.AdbcStatement(connection) as statement:
                statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": _BATCH_BYTES})
                statement.set_sql_query(_query(start, min(start + PAGE, until)))
                stream, _ = statement.execute_query()
                with pa.RecordBatchReader.from_stream(stream) as reader:
                    table = reader.read_all()
            yield _public(pa, table)


def from_values(rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    """Tables of rows in the schema's order; times and JSON as their public text."""
    pa = _modules()
    some: list[tuple[Any, ...]] = []
    for row in rows:
        some.append(row)
        if len(some) == PAGE:
            yield _table(pa, some)
            some = []
    if some:
        yield _table(pa, some)


def from_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """Tables of public rows (`datasets.public`)."""
    return from_values(
        tuple(
            orjson.dumps(row[one.name]).decode()
            if one.type in ("list", "object") and row[one.name] is not None
            else row[one.name]
            for one in RESPONSES
        )
        for row in rows
    )


def _modules() -> Any:
    try:
        import adbc_driver_postgresql  # noqa: F401  # both come with the extra
        import pyarrow
        import pyarrow.compute
        import pyarrow.parquet  # heavy and optional
    except ImportError as error:
        raise Unavailable(
            "Parquet needs Arrow; install the extra: pip install 'collector[lake]'",
            code="parquet_unavailable",
        ) from error
    return pyarrow


def _schema(pa: Any) -> Any:
    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "text": pa.string(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
        "object": pa.string(),  # JSON text: readers differ in what they make of other types
    }
    return pa.schema([(column.name, types[column.type]) for column in RESPONSES])


def _groups(pa: Any, tables: Iterable[Any]) -> Iterator[Any]:
    """Tables put together to row groups, by rules that look at nothing but the rows."""
    waiting: list[Any] = []
    rows = long = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        long += pa.compute.sum(pa.compute.binary_length(table["comment"])).as_py() or 0
        if rows >= GROUP or long >= LONG:
            yield pa.concat_tables(waiting).combine_chunks()
            waiting, rows, long = [], 0, 0
    if rows:
        yield pa.concat_tables(waiting).combine_chunks()


def _ahead(tables: Iterable[Any]) -> Iterator[Any]:
    """The same tables, the next one being read while the last one is used."""
    source = iter(tables)
    with ThreadPoolExecutor(1, "export-reader") as reader:
        coming = reader.submit(next, source, None)
        while (table := coming.result()) is not None:
            coming = reader.submit(next, source, None)
            yield table


def _query(after: int, until: int) -> str:
    columns = ", ".join(map(_selected, RESPONSES))
    return (
        f"SELECT {columns} FROM revisions"  # noqa: S608
        f" WHERE number > {after:d} AND number <= {until:d} ORDER BY number"
    )


def _selected(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "object":
        return f"{name}::text AS {name}"
    if column.type == "list":  # most are empty
        return (
            f"CASE WHEN {name} = '[]' THEN '{{}}'::text[]"
            f" ELSE ARRAY(SELECT jsonb_array_elements_text({name})) END AS {name}"
        )
    return name


def _public(pa: Any, table: Any) -> Any:
    """What ADBC read, as the schema has it: times cut to milliseconds, objects' keys in order."""
    said = Remembered(words)
    columns = []
    for column in RESPONSES:
        values = table[column.name]
        if column.type == "timestamp":
            values = pa.compute.floor_temporal(values, unit="millisecond")
        elif column.type == "object":  # each different text once
            known = values.combine_chunks().dictionary_encode()
            texts = [None if one is None else said[one] for one in known.dictionary.to_pylist()]
            values = pa.array(texts, pa.string()).take(known.indices)
        columns.append(values)
    return pa.table(columns, names=table.column_names).cast(_schema(pa))


def _table(pa: Any, rows: list[tuple[Any, ...]]) -> Any:
    schema = _schema(pa)
    columns = []
    lists = _Lists()
    for column, field, values in zip(RESPONSES, schema, zip(*rows, strict=True), strict=True):
        if column.type == "timestamp":
            columns.append(pa.array(values, pa.string()).cast(field.type))
        elif column.type == "list":
            columns.append(pa.array([lists[one] for one in values], field.type))
        else:
            columns.append(pa.array(values, field.type))
    return pa.table(columns, schema=schema)


class _Lists(dict[str | None, list[str | None] | None]):
    """By a list's JSON text its members, as texts."""

    def __missing__(self, text: str | None) -> list[str | None] | None:
        made: list[str | None] | None = None
        if text is not None:
            made = [
                one if one is None or isinstance(one, str) else orjson.dumps(one).decode()
                for one in orjson.loads(text)
            ]
        self[text] = made
        return made
