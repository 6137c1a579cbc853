"""The one clock. Whoever needs the time asks here; anyone may import this, it imports nothing.

Times are timezone-aware UTC. Tests and the replay set the clock: inside a process with `at()`,
across processes through a file that holds an ISO time (`follow()`), so that several workers can
live the same simulated day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

_frozen: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)
_followed: Path | None = None


def now() -> datetime:
    """The present moment, aware, UTC: frozen by `at()`, else a followed file's, else real."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    if _followed is not None:
        return datetime.fromisoformat(_followed.read_text()).astimezone(UTC)
    return datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Freeze `now()` at `moment` in this context. Raises ValueError for a naive datetime."""
    token = _frozen.set(aware(moment))
    try:
        yield
    finally:
        _frozen.reset(token)


def follow(path: Path | None) -> None:
    """Read the time from `path` from now on (None: real time again). Writers use `write()`."""
    global _followed
    _followed = path


def write(path: Path, moment: datetime) -> None:
    """Set the time that followers of `path` see. The rename is atomic: nobody reads half a time."""
    fresh = path.with_suffix(".next")
    fresh.write_text(aware(moment).isoformat())
    fresh.replace(path)


def aware(moment: datetime) -> datetime:
    """`moment` in UTC. Raises ValueError without a zone: guessing one is how hours get lost."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone means nothing here; give it an offset")
    return moment.astimezone(UTC)


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds and `Z`, the only form in which times leave the service."""
    return aware(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")
