"""Draws the tables of states as `docs/states.md`: `python -m tests.house.state_pictures`."""

from __future__ import annotations

import sys
from pathlib import Path

from collector.model.states import INVITATION, MESSAGE, Machine

PAGE = Path(__file__).resolve().parents[2] / "docs" / "states.md"
INTRODUCTION = """# States

What an invitation and a message can be, and every event that moves one. Drawn from
`collector/model/states.py`, which is the only place that gives a state to a row; each move is a
compare-and-set, so that of two workers one moves the row and the other finds it moved.
"""
ABOUT = {
    "An invitation": (
        INVITATION,
        "One ask. A retry, the next channel and the one reminder all wait again; an answer or an "
        "erasure is no state of the ask.",
    ),
    "A message": (
        MESSAGE,
        "One attempt on one channel. Receipts come twice, late and in any order: a message only "
        "moves forward, so that every order of the same receipts ends alike. `not_sent` is our own "
        "belief, and whatever a provider says overrules it.",
    ),
}


def page() -> str:
    """The whole document."""
    parts = [INTRODUCTION]
    for name, (machine, about) in ABOUT.items():
        parts += [f"\n## {name}\n\n{about}\n\n", _picture(machine), "\n", _table(machine)]
    return "".join(parts)


def _picture(machine: Machine) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {machine.start}"]
    lines += [
        f"    {source} --> {one.target}: {one.event}"
        for one in machine.transitions
        for source in one.sources
    ]
    left = {source for one in machine.transitions for source in one.sources}
    lines += [f"    {state} --> [*]" for state in machine.states if state not in left]
    return "\n".join([*lines, "```", ""])


def _table(machine: Machine) -> str:
    rows = ["| event | from | to | why |", "| --- | --- | --- | --- |"]
    rows += [
        f"| `{one.event}` | {', '.join(one.sources)} | {one.target} | {one.reason} |"
        for one in machine.transitions
    ]
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
