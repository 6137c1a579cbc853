"""One quarter of a group of car dealers: run this module with a seed and a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from benchmarks.integrity.worlds.dealers.aftermath import (
    corrections,
    enemies,
    machines,
    price_cut,
    raid_answers,
)
from benchmarks.integrity.worlds.dealers.answers import answer
from benchmarks.integrity.worlds.dealers.gaming import tempt
from benchmarks.integrity.worlds.dealers.ledger import write_all
from benchmarks.integrity.worlds.dealers.people import company
from benchmarks.integrity.worlds.dealers.profile import draw
from benchmarks.integrity.worlds.dealers.sending import channels, send
from benchmarks.integrity.worlds.dealers.visits import everyone


def write(seed: int, folder: Path) -> None:
    rng = Random(seed)
    profile = draw(rng, clean=seed % 8 == 5)  # hardly anybody games in one company of eight
    stores = company(rng, profile)
    cases = everyone(rng, profile, stores)
    cases += enemies(rng, profile, stores)
    channels(rng, profile, cases)
    cases += tempt(rng, profile, cases, stores)
    cases.sort(key=lambda case: (case.at, case.who.id))
    send(rng, profile, cases, stores)
    for case in cases:
        answer(rng, profile, case)
    raid_answers(rng, cases)
    corrections(rng, profile, cases)
    price_cut(rng, profile, cases)
    machines(rng, profile, cases)
    write_all(rng, profile, folder, stores, cases)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
