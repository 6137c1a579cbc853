"""Wrong rejections of honest answers, the further one honest oddity goes; nobody games.
Run: `python -m benchmarks.integrity.curves.oddities [ODDITY…]`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.integrity.curves.judging import Judged, judge
from benchmarks.integrity.curves.quiet import Habits, quiet

# The habit that is raised, and how far: beyond what any world draws.
SWEEPS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "corrected numbers": tuple({"corrected": x} for x in (0.0, 0.02, 0.05, 0.1, 0.15, 0.2)),
    "corrected numbers in one store": tuple(
        {"corrected_there": x} for x in (0.0, 0.05, 0.1, 0.2, 0.3)
    ),
    "tablet of an agent": tuple(
        {"tablet": "agent", "tablet_share": x} for x in (0.1, 0.3, 0.6, 0.9)),
    "tablet of a team": tuple({"tablet": "team", "tablet_share": x} for x in (0.1, 0.3, 0.6, 0.9)),
    "tablet of a store": tuple(
        {"tablet": "store", "tablet_share": x} for x in (0.1, 0.3, 0.6, 0.9)),
    "colliding device ids": tuple({"colliding": x} for x in (0.0, 0.03, 0.06, 0.1, 0.15)),
    "null devices": tuple({"nulls": x} for x in (0.0, 0.1, 0.3, 0.5)),
    "carriers": tuple({"carriers": x} for x in (0.0, 0.3, 0.6, 0.95)),
    "families": tuple({"families": x} for x in (0.05, 0.15, 0.3, 0.5)),
    "switchboards": tuple({"switchboards": x} for x in (0.05, 0.15, 0.3, 0.5)),
    "outages": tuple({"outage_days": x} for x in (0, 1, 3, 8, 20)),
}  # fmt: skip


def point(seed: int = 1, **habits: Any) -> Judged:
    return judge(quiet(replace(Habits(seed=seed), **habits)))


def main(chosen: Sequence[str]) -> None:
    for name in chosen or SWEEPS:
        print(f"\n{name}")
        for habits in SWEEPS[name]:
            these = [point(seed, **habits) for seed in (1, 2, 3)]
            wrong, honest = sum(len(j.wrong) for j in these), sum(j.honest for j in these)
            given = ", ".join(f"{key} {value}" for key, value in habits.items())
            print(f"{given:36} {wrong:4} of {honest} honest rejected, {wrong / honest:.2%}",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
