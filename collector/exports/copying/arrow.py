"""Parquet and Arrow: columns in batches, a row group at a time. Needs the extra `lake`.

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
from collector.exports import catalog
from collector.exports.catalog import Dataset
from collector.exports.copying.compact import Remembered, words
from collector.exports.cut import Cut
from collector.exports.datasets import RESPONSES, Column

PAGE: Final = 8192  # rows read together
GROUP: Final = 4 * PAGE  # rows of a group, fewer where comments are long
LONG: Final = 16 << 20  # bytes of comments in a group
_BATCH_BYTES: Final = str(2 << 20)
# Every row has one of its own: a dictionary of them would be the column again.
_UNLIKE: Final = frozenset({
    "number", "response_id", "invitation_id", "person_id", "event_id", "comment",
    "invited_at", "answered_at", "occurred_at", "sent_at", "delivered_at", "opened_at", "lapses_at",
})  # fmt: skip
Progress = Callable[[int], None]


def write(
    tables: Iterable[Any],
    out: IO[bytes],
    progress: Progress | None = None,
    columns: tuple[Column, ...] = RESPONSES,
    kind: str = "parquet",
    dataset: Dataset = catalog.RESPONSES,
) -> int:
    """Write Arrow tables of at most `PAGE` rows, in the export's schema, as one `kind`."""
    pa = _modules()
    told = {"collector.dataset": dataset.name, "collector.schema": str(dataset.schema)}
    schema = _schema(pa, columns).with_metadata(told)
    count = 0
    with _writer(pa, kind, out, schema) as writer:
        for group in _groups(pa, tables):
            writer.write_table(group, group.num_rows)
            count += group.num_rows
            if progress is not None:
                progress(count)
    return count


def _writer(pa: Any, kind: str, out: IO[bytes], schema: Any) -> Any:
    if kind == "arrow":
        return pa.ipc.new_stream(out, schema)
    alike = [name for name in schema.names if name not in _UNLIKE]
    return pa.parquet.ParquetWriter(out, schema, compression="zstd", use_dictionary=alike)


def from_postgres(address: str, cut: Cut) -> Iterator[Any]:
    """Tables of these rows, read over a connection of ADBC's own.

    A page is a statement and a transaction, so that a slow reader of the file holds none for long.
    """
    return _ahead(_read(address, cut))


def _read(address: str, cut: Cut) -> Iterator[Any]:
    pa = _modules()
    import adbc_driver_manager
    import adbc_driver_postgresql

    with (
        adbc_driver_postgresql.connect(address) as database,
        adbc_driver_manager.AdbcConnection(database) as connection,
    ):
        for part in cut.pages(PAGE):
            with adbc_driver_manager.AdbcStatement(connection) as statement:
                statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": _BATCH_BYTES})
                statement.set_sql_query(_query(part))
                stream, _ = statement.execute_query()
                with pa.RecordBatchReader.from_stream(stream) as reader:
                    table = reader.read_all()
            yield _public(pa, table, cut.columns)


def from_values(
    rows: Iterable[tuple[Any, ...]], columns: tuple[Column, ...] = RESPONSES
) -> Iterator[Any]:
    """Tables of rows in the schema's order; times and JSON as their public text."""
    pa = _modules()
    some: list[tuple[Any, ...]] = []
    for row in rows:
        some.append(row)
        if len(some) == PAGE:
            yield _table(pa, some, columns)
            some = []
    if some:
        yield _table(pa, some, columns)


def from_rows(
    rows: Iterable[Mapping[str, Any]], columns: tuple[Column, ...] = RESPONSES
) -> Iterator[Any]:
    """Tables of public rows (`datasets.public`)."""
    values = (
        tuple(
            orjson.dumps(row[one.name]).decode()
            if one.type in ("list", "records") and row[one.name] is not None
            else row[one.name]
            for one in columns
        )
        for row in rows
    )
    return from_values(values, columns)


def _modules() -> Any:
    try:
        import adbc_driver_postgresql  # noqa: F401  # both come with the extra
        import pyarrow
        import pyarrow.compute
        import pyarrow.ipc
        import pyarrow.parquet  # heavy and optional
    except ImportError as error:
        raise Unavailable(
            "Parquet and Arrow need pyarrow; install the extra: pip install 'collector[lake]'",
            code="parquet_unavailable",
        ) from error
    return pyarrow


def _schema(pa: Any, columns: tuple[Column, ...]) -> Any:
    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "text": pa.string(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
        "records": pa.string(),  # JSON text: readers differ in what they make of other types
    }
    return pa.schema([(column.name, types[column.type]) for column in columns])


def _groups(pa: Any, tables: Iterable[Any]) -> Iterator[Any]:
    """Tables put together to row groups, by rules that look at nothing but the rows."""
    waiting: list[Any] = []
    rows = long = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        if "comment" in table.column_names:
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


def _query(cut: Cut) -> str:
    columns = ", ".join(map(_selected, cut.columns))
    return f"SELECT {columns} FROM {cut.source()} ORDER BY number"  # noqa: S608


def _selected(column: Column) -> str:
    name = f'"{column.stored}"'
    said = name
    if column.type == "records":
        said = f"{name}::text"
    elif column.type == "list":  # most are empty
        said = (
            f"CASE WHEN {name} = '[]' THEN '{{}}'::text[]"
            f" ELSE ARRAY(SELECT jsonb_array_elements_text({name})) END"
        )
    elif column.type == "text" and column.nullable:
        said = f"nullif({name}, '')"
    return f'{said} AS "{column.name}"'


def _public(pa: Any, table: Any, columns: tuple[Column, ...]) -> Any:
    """What ADBC read, as the schema has it: times cut to milliseconds, objects' keys in order."""
    said = Remembered(words)
    made = []
    for column in columns:
        values = table[column.name]
        if column.type == "timestamp":
            values = pa.compute.floor_temporal(values, unit="millisecond")
        elif column.type == "records":  # each different text once
            known = values.combine_chunks().dictionary_encode()
            texts = [None if one is None else said[one] for one in known.dictionary.to_pylist()]
            values = pa.array(texts, pa.string()).take(known.indices)
        made.append(values)
    return pa.table(made, names=table.column_names).cast(_schema(pa, columns))


def _table(pa: Any, rows: list[tuple[Any, ...]], columns: tuple[Column, ...]) -> Any:
    schema = _schema(pa, columns)
    made = []
    lists = _Lists()
    for column, field, values in zip(columns, schema, zip(*rows, strict=True), strict=True):
        if column.type == "timestamp":
            made.append(pa.array(values, pa.string()).cast(field.type))
        elif column.type == "list":
            made.append(pa.array([lists[one] for one in values], field.type))
        else:
            made.append(pa.array(values, field.type))
    return pa.table(made, schema=schema)


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
