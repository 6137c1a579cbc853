"""How far a stage of the audit is, for whoever waits. Never goes back, and ends at its total."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

# What is being done, how far it is, of how many.
Progress = Callable[[str, int, int], None]
EVERY = 1000


def silent(stage: str, done: int, total: int) -> None:
    """Nobody waits."""


def counted(stage: str, rows: Iterator[Any], total: int, progress: Progress) -> Iterator[Any]:
    """The rows, told one by one."""
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            progress(stage, number, total)
        yield row
    progress(stage, total, total)
