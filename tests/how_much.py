"""How much of a long test is run: the sizes of every day, or with `COLLECTOR_TEST_FULL=1` all.

What no database makes different is played on one of them every day, and on both in full:
`ON_SQLITE` and `ON_POSTGRES` above a test that uses `app` or `ctx`.
"""

from __future__ import annotations

import os

import pytest

FULL = bool(os.environ.get("COLLECTOR_TEST_FULL"))


def _on(database: str) -> pytest.MarkDecorator:
    chosen = ["sqlite", "postgres"] if FULL else [database]
    return pytest.mark.parametrize("database_url", chosen, indirect=True)


ON_SQLITE = _on("sqlite")
ON_POSTGRES = _on("postgres")
