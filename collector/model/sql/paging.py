"""Lists that are read page by page, the newest first. Ids sort by time, so an id is the cursor.

What is added while somebody reads stands before their first page and moves nothing on the next.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, select

from collector.model.base import Base, db

MAX_PAGE: Final = 500
USUAL: Final = 100
Row = TypeVar("Row", bound=Base)


def newest(
    kind: type[Row], *wanted: ColumnElement[bool], before: str = "", limit: int = USUAL
) -> list[Row]:
    """Up to `limit` rows that are `wanted`, older than the one whose id is `before`."""
    id: Any = kind.__table__.c.id
    query = select(kind).where(*wanted).order_by(id.desc()).limit(min(limit, MAX_PAGE))
    return list(db.session.scalars(query.where(id < before) if before else query))
