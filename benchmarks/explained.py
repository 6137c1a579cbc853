"""Ten people drawn at random: what the files come to by hand, beside what `explain` says of them.

    collector replay olist DIR --careful        (on an empty, migrated database)
    python -m benchmarks.explained DIR --seed 1

Reads the same database. Five of the people are drawn from all, five from those with several orders.
Ends with 1 if any line differs. The whole replay compares every order in this way.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from sqlalchemy import func, select

from collector import clock
from collector.app import create_app
from collector.model.base import db
from collector.model.events import Event
from collector.simulation.olist import by_hand, explained
from collector.simulation.olist.by_hand import Expected
from collector.simulation.olist.files import SOURCE
from collector.triggers.explain.event import explain_event
from tests import olist

EACH = 5


def drawn(of_person: dict[str, list[Expected]], seed: int) -> list[str]:
    chance = random.Random(seed)
    several = sorted(person for person, own in of_person.items() if len(own) > 1)
    first = chance.sample(several, EACH)
    return first + chance.sample(sorted(of_person.keys() - set(first)), EACH)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path, nargs="?", default=olist.folder())
    ask.add_argument("--seed", type=int, default=1)
    chosen = ask.parse_args()
    if chosen.folder is None:
        ask.error("Olist's files are not here; name their folder or set COLLECTOR_TEST_OLIST")
    of_person: dict[str, list[Expected]] = {}
    for one in by_hand.decisions(chosen.folder).values():
        of_person.setdefault(one.person, []).append(one)
    print(f"seed {chosen.seed}")
    lines = differing = 0
    with create_app().app_context():
        end = db.session.execute(select(func.max(Event.occurred_at))).scalar_one()
        with clock.at(end):
            for person in drawn(of_person, chosen.seed):
                print(f"\n{person}")
                for one in of_person[person]:
                    wrong = explained.differences({one.order: one})
                    lines, differing = lines + 1, differing + bool(wrong)
                    told = explain_event(one.order, SOURCE)["rules"][0]["then"]
                    print(f"  {one.order[:8]} delivered {clock.iso(one.delivered)}")
                    print(f"    by hand  {one.reason}, {clock.iso(one.at)}")
                    print(f"    explain  {told['reason']}: {told['sentence']}")
                    for step in told["afterwards"]:
                        print(f"             {step['at']} {step['sentence']}")
    print(f"\n{lines} orders of {2 * EACH} people, {differing} explained otherwise than by hand")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
