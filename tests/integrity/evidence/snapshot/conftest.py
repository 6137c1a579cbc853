"""Workers that begin, and a snapshot at every chance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collector.integrity.evidence import log
from collector.integrity.evidence.engine_cache import KEPT, CachedEngine, EngineCache
from collector.integrity.evidence.snapshot import keeping
from collector.model.base import db
from tests.factories import NOON
from tests.integrity.evidence.conftest import answers, judge_until

LATER = NOON + timedelta(hours=20)


@pytest.fixture(autouse=True)
def at_every_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot after every commit."""
    for name, value in (("NIGHTLY", 1), ("AT_MOST_BEHIND", 1), ("SHARE", 0)):
        monkeypatch.setattr(keeping, name, value)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """After which entry each reading of the log began."""
    found: list[int] = []
    pages = log.pages

    def watched(session: Any, after: int, until: int) -> Iterator[list[log.Entry]]:
        if after < until:
            found.append(after)
        return pages(session, after, until)

    monkeypatch.setattr(log, "pages", watched)
    return found


def cache(ctx: Flask) -> EngineCache:
    kept: CachedEngine = ctx.extensions[KEPT]
    assert kept.engine_cache is not None
    return kept.engine_cache


def anew() -> EngineCache:
    """A worker that reads what there is to read."""
    db.session.rollback()
    kept = CachedEngine()
    head = log.head(db.session())
    found = kept.catch_up(db.session(), head)
    db.session.rollback()
    return found


def from_the_log(monkeypatch: pytest.MonkeyPatch) -> EngineCache:
    """One that reads everything."""
    with monkeypatch.context() as only:
        only.setattr(keeping, "restore", lambda session: None)
        return anew()


def judged(count: int = 30, first: int = 0) -> list[str]:
    ids = answers(count, first=first, own_every=5)
    judge_until(LATER + timedelta(minutes=30 * first))
    return ids
