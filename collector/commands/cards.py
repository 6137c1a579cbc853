"""How the command line shows one thing: names on the left, what they say on the right.

Used by `appeals.py` and `findings.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from collector import clock

PIPE_WIDTH = 140  # columns where nobody looks: ids must not be cut


def show(lines: Mapping[str, str]) -> None:
    """A card of these lines; empty ones are left out."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, said in lines.items():
        if said:
            table.add_row(name, Text(said))
    Console(width=width()).print(table)


def width() -> int | None:
    """The terminal's own width, or enough where the output goes into a file or a pipe."""
    return None if Console().is_terminal else PIPE_WIDTH


def columns() -> int:
    """How many columns there are to write in."""
    return width() or Console().width


def subjects(held: Mapping[str, Sequence[str]]) -> str:
    """`agent a1, a2; store s9`."""
    return "; ".join(f"{role} {', '.join(ids)}" for role, ids in sorted(held.items()))


def figures(held: Any, depth: int = 0) -> str:
    """Evidence on few lines: `DEVICE_SHARED: customers 7, for_subject 6`."""
    if isinstance(held, Mapping):
        inner = [
            f"{name}: {figures(value, depth + 1)}" if depth == 0 else f"{name} {figures(value, 2)}"
            for name, value in sorted(held.items())
            if value not in (None, "", [], {})
        ]
        return ("\n" if depth == 0 else ", ").join(inner)
    if isinstance(held, list | tuple):
        mark = "\n" if depth == 0 else "/"
        return mark.join(figures(one, 1) for one in held)
    if isinstance(held, float):
        return f"{held:.3g}"
    return str(held)


def plain(value: Any) -> Any:
    """What JSON holds: times as the API writes them."""
    if isinstance(value, datetime):
        return clock.iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
