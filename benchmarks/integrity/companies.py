"""The worlds, found by their folders, and a company of one: its files, and apart its truth.

Whoever is measured gets the folder of files and never the truth. Used by `bench.py`.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WORLDS = Path(__file__).parent / "worlds"
FILES = ("events", "invitations", "responses", "signals", "roster")
Row = dict[str, Any]
Key = tuple[str, str]


@dataclass(slots=True)
class Truth:
    """The truth file, by what it is about."""

    responses: dict[str, Row] = field(default_factory=dict)
    agents: dict[str, Row] = field(default_factory=dict)
    teams: dict[Key, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Company:
    """One company that a world wrote. `folder` holds what a detector may see."""

    world: str
    seed: int
    folder: Path
    truth: Truth
    rows: tuple[Row, ...]


def names() -> list[str]:
    """Every folder of `worlds/` in which a world is."""
    return sorted(path.parent.name for path in WORLDS.glob("*/world.py"))


def write(world: str, seed: int, place: Path) -> None:
    """Write a company into `place`: `company/` for detectors, everything else beside it."""
    folder = place / "company"
    importlib.import_module(f"benchmarks.integrity.worlds.{world}.world").write(seed, folder)
    for path in folder.iterdir():
        if path.stem not in FILES or path.suffix != ".ndjson":
            path.rename(place / path.name)


def read(world: str, seed: int, place: Path) -> Company:
    """The company that `write` left in `place`."""
    folder = place / "company"
    rows = tuple(_lines(folder / "responses.ndjson"))
    return Company(world, seed, folder, load(place), rows)


def load(folder: Path) -> Truth:
    """The truth beside a company."""
    truth = Truth()
    for row in _lines(folder / "truth.ndjson"):
        if row["kind"] == "response":
            truth.responses[row["response_id"]] = row
        elif row["kind"] == "agent":
            truth.agents[row["agent_id"]] = row
        else:
            truth.teams[row["team_id"], row["metric"]] = row["value"]
    return truth


def _lines(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
