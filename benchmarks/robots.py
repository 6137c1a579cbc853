"""Twelve kinds of robot on 200 mails each, then a thousand people: what is stored, what is counted.

    python -m benchmarks.robots [--mails 200] [--people 1000]

Real HTTP against a real server on SQLite, the real pipeline behind it, a clock that is moved. Exit
code 1 if a robot is counted, if one that only looks leaves a row, if a person is not stored, or if
fewer than 99.5 % of the people are counted. The visitors are in `tests/journeys/`.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from time import monotonic

from collector import clock
from collector.app import create_app
from tests.conftest import migrated, serve, settings_for
from tests.journeys.crowds import let_loose, send_people, table, written
from tests.journeys.humans import HUMANS
from tests.journeys.robots import READ_ONLY, ROBOTS
from tests.journeys.visits import watch

ENOUGH = 0.995


def main() -> int:
    """Run both halves and print their tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--mails", type=int, default=200, help="for each kind of robot")
    asked.add_argument("--people", type=int, default=1000, help="in all, over all kinds")
    wanted = asked.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = migrated(f"sqlite:///{home}/robots.db", home)
        app = create_app(settings_for(url, home), bell=lambda name: None)
        with serve(app) as server, watch(home / "time", clock.now()) as time:
            robots = []
            for name in ROBOTS:
                before = written(app)
                robots.append(let_loose(app, server, time, name, wanted.mails))
                if name in READ_ONLY and written(app) != before:
                    print(f"{name}: a GET wrote something")
                    return 1
                print(f"  {name}: {robots[-1].taps} taps, {robots[-1].counted} counted", flush=True)
            share, rest = divmod(wanted.people, len(HUMANS))
            people = []
            for place, name in enumerate(HUMANS):
                people.append(send_people(app, server, time, name, share + (place < rest)))
                print(f"  {name}: {people[-1].right} of {people[-1].invitations}", flush=True)
    print(f"\n{table('robots', robots)}\n\n{table('people', people)}")
    mails = sum(one.invitations for one in people)
    right = sum(one.right for one in people)
    stored = all(one.taps >= one.invitations for one in people)
    print(
        f"\npeople counted as they meant it: {right / mails:.2%} of {mails}; all stored: {stored}"
    )
    print(f"{monotonic() - began:.0f} s")
    good = not any(one.counted for one in robots) and stored and right / mails >= ENOUGH
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
