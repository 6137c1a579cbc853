"""Lines out of PostgreSQL: COPY … TO STDOUT makes them, this process passes them on.

The server writes numbers, texts and times as the export says them. Two things it leaves to this
process, marked: JSON columns stand between MARKs, since jsonb keeps keys in an order of its own;
a number that PostgreSQL writes otherwise than Python stands between ODD, and its row goes through
`odd_rows.py`, as does one whose text holds a mark. The statements: `postgres_statement.py`.
"""

from __future__ import annotations

import selectors
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from collector.exports.copying import odd_rows
from collector.exports.copying.compact import Remembered, cell, plain
from collector.exports.copying.postgres_statement import MARK, ODD, json_columns, statement
from collector.exports.cut import Cut

BLOCK: Final = 128 * 1024  # bytes that are worked on together
# Whatever the server or the role was set to; JIT costs more than it saves on pages.
_SETTINGS: Final = (
    "SELECT set_config('timezone', 'UTC', true), set_config('extra_float_digits', '1', true),"
    " set_config('jit', 'off', true)"
)


def lines(connection: Any, kind: str, cut: Cut) -> Iterator[tuple[int, bytes]]:
    """Blocks of whole lines, each with how many rows it holds. `connection`: psycopg's.

    Runs inside the connection's transaction, which the caller ends.
    """
    connection.execute(_SETTINGS)
    csv = kind == "csv"
    marked = json_columns(cut.columns)
    width = 2 * marked + csv
    compact = Remembered(cell if csv else plain)
    mend = odd_rows.csv_row if csv else odd_rows.json_row
    for rows in _blocks(connection.pgconn, statement(kind, cut).encode()):
        block = b"".join(rows)
        pieces = block.split(MARK)
        if len(pieces) != width * len(rows) + 1 or ODD in block:
            yield len(rows), b"".join([mend(bytes(row), cut.columns) for row in rows])
            continue
        for at in range(1, 2 * marked, 2):
            pieces[at::width] = map(compact.__getitem__, pieces[at::width])
        if csv:  # COPY ends a line with LF, the csv module with CR LF
            ends = slice(width - 1, width * len(rows), width)
            pieces[ends] = [end[:-1] + b"\r" for end in pieces[ends]]
        yield len(rows), b"".join(pieces)


def _blocks(pgconn: Any, command: bytes) -> Iterator[list[Any]]:
    """The rows of a COPY as the server sent them, some at a time.

    Below psycopg's own `copy()`, which costs as much a row as all the rest; waits can be
    interrupted all the same.
    """
    from psycopg import pq

    with selectors.DefaultSelector() as waiting:
        waiting.register(pgconn.socket, selectors.EVENT_READ)
        pgconn.send_query(command)
        _check(_result(pgconn, waiting), pq.ExecStatus.COPY_OUT)
        over = False
        try:
            rows: list[Any] = []
            size = 0
            take = pgconn.get_copy_data
            while True:
                length, row = take(1)
                if length > 0:
                    rows.append(row)
                    size += length
                    if size >= BLOCK:
                        yield rows
                        rows, size = [], 0
                elif length == 0:
                    waiting.select()
                    pgconn.consume_input()
                else:
                    break
            over = True
            _check(_result(pgconn, waiting), pq.ExecStatus.COMMAND_OK)
            if rows:
                yield rows
        finally:
            if not over:
                _give_up(pgconn)
            with suppress(Exception):
                while pgconn.get_result() is not None:
                    pass


def _result(pgconn: Any, waiting: selectors.BaseSelector) -> Any:
    pgconn.flush()
    while pgconn.is_busy():
        waiting.select()
        pgconn.consume_input()
    return pgconn.get_result()


def _check(result: Any, wanted: Any) -> None:
    if result is None or result.status != wanted:
        from psycopg import OperationalError
        from psycopg.errors import error_from_result

        raise error_from_result(result) if result else OperationalError("COPY ended early")


def _give_up(pgconn: Any) -> None:
    """Whoever read has stopped: the server is told, and what is under way is thrown away."""
    with suppress(Exception):
        pgconn.get_cancel().cancel()
        while pgconn.get_copy_data(0)[0] > 0:
            pass
