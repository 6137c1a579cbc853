"""Every test makes an app with an engine of its own; each would compile the same statements anew.

Here engines of one kind share what they compiled. Imported by `conftest.py`, for nothing but time:
an eighth of what a small test costs. See also `quick_routes.py`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

_make_engine = SQLAlchemy._make_engine
_first: dict[tuple[str, str], sa.Engine] = {}


def _sharing(self: SQLAlchemy, *args: Any) -> sa.Engine:
    engine = _make_engine(self, *args)
    first = _first.setdefault((engine.dialect.name, engine.dialect.driver), engine)
    # A dialect knows its server once it was connected; before, there is nothing to share.
    if first is not engine and getattr(first.dialect, "server_version_info", None):
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine


def remember() -> None:
    """From now on, in this process."""
    SQLAlchemy._make_engine = _sharing  # type: ignore[method-assign]
