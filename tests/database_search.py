"""Where in the whole database a text stands: every value of every row, searched as bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import select

from collector.model.base import Base, db


def where_stands(*texts: str) -> dict[str, set[str]]:
    """Text → the `table.column`s in which it stands. Texts that stand nowhere are left out."""
    found: dict[str, set[str]] = {}
    db.session.rollback()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            for column, value in row._mapping.items():
                raw = _bytes(value)
                for text in texts:
                    if text.encode() in raw:
                        found.setdefault(text, set()).add(f"{table.name}.{column}")
    db.session.rollback()
    return found


def stands_in(rows: Iterable[Any], *texts: str) -> set[str]:
    """Which of these texts stand in these rows, such as those of the feed."""
    raw = _bytes(list(rows))
    return {text for text in texts if text.encode() in raw}


def _bytes(value: Any) -> bytes:
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
