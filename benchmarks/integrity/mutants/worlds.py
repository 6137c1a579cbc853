"""Companies whose verdicts a mutant may change: a small one with everything in it, and any world's.

The small one: honest oddities of every kind and every cheat at once (`curves/`). Told apart by
verdict and reasons, not by the last digit of a weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.integrity import companies
from benchmarks.integrity.curves.cheats import PRACTICES, cheat
from benchmarks.integrity.curves.quiet import Habits, quiet
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit

SMALL = "small"
Said = dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A company that is written already."""

    name: str
    folder: Path


def written(name: str, place: Path) -> Place:
    """`small`, or a world and a seed such as `dealers-401`; written unless it is there."""
    folder = place / name / "company"
    if not folder.exists():
        if name == SMALL:
            folder.mkdir(parents=True)
            _small(folder)
        else:
            world, _, seed = name.rpartition("-")
            (place / name).mkdir(parents=True, exist_ok=True)
            companies.write(world, int(seed), place / name)
    return Place(name, folder)


def _small(folder: Path) -> None:
    company = quiet(Habits(
        agents=24, corrected=0.04, colliding=0.02, families=0.05, switchboards=0.05,
        tablet="store", tablet_share=0.15, outage_days=1,
    ))  # fmt: skip
    for number, practice in enumerate(PRACTICES):
        cheat(company, practice, f"A{4 + 2 * number:02d}", 0.3, careful=bool(number % 2))
    company.write(folder)


def verdicts(place: Place) -> Said:
    """Verdict and reasons by answer."""
    found: Said = {}

    def keep(outcome: Outcome, lines: Iterator[dict[str, Any]]) -> None:
        for line in lines:
            found[line["response_id"]] = " ".join([line["verdict"], *line["reasons"]])

    audit(place.folder, Columns(), keep)
    return found


def notices(places: Sequence[Place], before: Mapping[str, Said]) -> str:
    """The first company in which a verdict or its reasons come out otherwise."""
    for place in places:
        now = verdicts(place)
        other = sum(now.get(number) != said for number, said in before[place.name].items())
        if other:
            return f"world {place.name}: {other} verdicts"
    return ""
