"""Whether this process was asked to stop. Long batches look here before each message.

What is in hand is finished, nothing more is begun. Anyone may import this, it imports nothing;
`work/loop.py` says who is asked. Outside a loop nobody ever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _never() -> bool:
    return False


_asked: ContextVar[Callable[[], bool]] = ContextVar("asked_to_stop", default=_never)


def asked() -> bool:
    """True once whoever runs this thread's loop wants it to end."""
    return _asked.get()()


@contextmanager
def told_by(asked: Callable[[], bool]) -> Iterator[None]:
    """In this block, and in this thread alone, `asked()` answers."""
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)
