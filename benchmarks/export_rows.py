"""A feed to export: made-up answers, as many as wanted, put straight into either database.

A comment on three of ten, some with quotes, commas or a line end; agents of stores, as a shop names
them; an edit's reasons on one of twenty. Used by `export.py`.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg

# One statement for both, but for how each makes numbers, digests and JSON.
_ROWS = """
INSERT INTO revisions SELECT n, 'rsp_' || {digest_r}, 1,
  CASE WHEN n % 997 = 0 THEN 'tombstone' ELSE 'answer' END, 'delivery', 3, 'csat', 1, 5,
  'higher_is_better', CASE WHEN n % 50 = 0 THEN NULL ELSE 1 + n % 5 END,
  CASE WHEN n % 50 = 0 THEN '' WHEN n % 5 >= 3 THEN 'satisfied' ELSE 'dissatisfied' END,
  'confirmed',
  CASE n % 10 WHEN 0 THEN 'Chegou antes do prazo, "muito bom"; recomendo a todos.'
    WHEN 1 THEN 'Great service — thanks 👍' WHEN 2 THEN 'Two lines' || {line} || 'of text, a comma'
    WHEN 3 THEN '-' END,
  CASE WHEN n % 20 = 0 THEN 'suspect' ELSE 'clean' END, CASE WHEN n % 20 = 0 THEN 0.35 ELSE 1.0 END,
  {reasons}, '12', 1 + n % 2,
  CASE n % 3 WHEN 0 THEN 'sms' WHEN 1 THEN 'email' ELSE 'inapp' END, 'pt-BR',
  {time_a}, {time_b}, {time_c}, 'inv_' || {digest_i}, 'per_' || {digest_p}, 'after-delivery', 2,
  'shop', 'order-' || n, 'order.delivered', {time_d},
  {subjects}, '', 'all'
FROM {numbers}
"""
_AGENT = "'a-' || n % 997"
_CREDITED = "'a-' || CASE WHEN n % 33 = 0 THEN n % 10 ELSE n % 997 END"
_STORE = "'s-' || n % 997 % 37"


def fill_postgres(url: str, rows: int) -> None:
    """`rows` revisions, without the responses that they are about."""
    from_start = "'2026-01-01 08:00:00.123+00'::timestamptz + {} * interval '10.007 s'"
    values = {
        "digest_r": "md5('r' || n)",
        "digest_i": "md5('i' || n)",
        "digest_p": f"md5('p' || n % {max(rows // 3, 1)})",
        "line": "chr(10)",
        "reasons": """CASE WHEN n % 20 = 0 THEN '["TOO_FAST", "NEW"]'::jsonb ELSE '[]' END""",
        "time_a": from_start.format("n"),
        "time_b": from_start.format("(n + 30)"),
        "time_c": from_start.format("(n / 100 * 100)"),
        "time_d": from_start.format("(n - 300)"),
        "subjects": f"jsonb_build_object('agent', jsonb_build_object('id', {_AGENT}, 'credited',"
        f" {_CREDITED}), 'store', jsonb_build_object('id', {_STORE}, 'credited', {_STORE}))",
        "numbers": f"generate_series(1, {rows:d}) n",
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # no foreign keys
        connection.execute(_ROWS.format(**values))  # type: ignore[arg-type]  # made up here
        connection.execute("UPDATE feed_head SET last_number = %s WHERE id = 1", (rows,))
        connection.execute("VACUUM ANALYZE revisions")
        connection.execute("CHECKPOINT")


def fill_sqlite(path: Path, rows: int) -> None:
    """The same, as SQLite keeps it."""
    from_start = "strftime('%Y-%m-%d %H:%M:%f000', 1767254400 + {} * 10.007, 'unixepoch')"
    values = {
        "digest_r": "lower(hex(randomblob(16)))",
        "digest_i": "lower(hex(randomblob(16)))",
        "digest_p": "lower(hex(randomblob(16)))",
        "line": "char(10)",
        "reasons": """CASE WHEN n % 20 = 0 THEN '["TOO_FAST","NEW"]' ELSE '[]' END""",
        "time_a": from_start.format("n"),
        "time_b": from_start.format("(n + 30)"),
        "time_c": from_start.format("(n / 100 * 100)"),
        "time_d": from_start.format("(n - 300)"),
        "subjects": f"json_object('agent', json_object('id', {_AGENT}, 'credited', {_CREDITED}),"
        f" 'store', json_object('id', {_STORE}, 'credited', {_STORE}))",
        "numbers": "numbers",
    }
    numbers = (
        "WITH RECURSIVE numbers(n) AS"
        f" (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows:d})"
    )
    statement = _ROWS.format(**values).replace("SELECT n,", f"{numbers} SELECT n,", 1)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.execute("UPDATE feed_head SET last_number = ? WHERE id = 1", (rows,))
        connection.commit()
    finally:
        connection.close()
