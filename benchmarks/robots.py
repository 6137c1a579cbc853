"""Twelve kinds of robot on 200 mails each, then a thousand people: what is stored, what is counted.

    python -m benchmarks.robots [--small] [--database sqlite|postgres|both] [--without-browser]

Real HTTP against a real server, the real pipeline behind it, a clock that is moved. Three of the
robots, one more that leaves early, and eight kinds of people more are a real headless Chromium.
Exit code 1 if a robot is counted, if one that only looks leaves a row, if a person is not stored,
or if fewer than 99.5 % of the people are counted as they meant it. The visitors are in
`tests/journeys/`.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from flask import Flask

from collector import clock
from collector.app import create_app
from tests import servers
from tests.conftest import migrated, serve, settings_for
from tests.journeys import chromium_humans, chromium_robots
from tests.journeys.chromium import launched
from tests.journeys.crowds import Outcome, let_loose, send_people, table, written
from tests.journeys.humans import HUMANS
from tests.journeys.robots import READ_ONLY, ROBOTS
from tests.journeys.visits import Watch, watch

ENOUGH = 0.995
LOOKING = (*READ_ONLY, *chromium_robots.READ_ONLY)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Mails for each kind of robot; people in all, and how many more in a real browser."""

    mails: int
    people: int
    in_browser: int
    seconds: float  # that the patient robot really stays

    def share(self, kinds: int, of: int, place: int) -> int:
        each, rest = divmod(of, kinds)
        return each + (place < rest)


FULL = Sizes(200, 1000, 160, chromium_robots.STAYS)
SMALL = Sizes(4, 44, 8, 2.0)


@dataclass(slots=True)
class Crowd:
    """One run on one database: who came, and what was wrong."""

    app: Flask
    server: str
    time: Watch
    home: Path
    sizes: Sizes
    robots: list[Outcome] = field(default_factory=list)
    people: list[Outcome] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def let_robots_loose(self, browser: bool) -> None:
        for name in ROBOTS:
            self._robot(name, self._light)
        for name in chromium_robots.CHROMIUM if browser else ():
            self._robot(name, self._chromium)

    def _robot(self, name: str, visit: Callable[[str], Outcome]) -> None:
        before, began = written(self.app), monotonic()
        outcome = visit(name)
        self.robots.append(outcome)
        left = written(self.app) - before
        if name in LOOKING and left:
            self.wrong.append(f"{name}: a GET wrote something")
        if outcome.counted:
            self.wrong.append(f"{name}: {outcome.counted} counted")
        said = f"{outcome.taps} taps, {outcome.counted} counted, {monotonic() - began:.0f} s"
        print(f"  {name}: {said}", flush=True)

    def _light(self, name: str) -> Outcome:
        return let_loose(self.app, self.server, self.time, name, self.sizes.mails)

    def _chromium(self, name: str) -> Outcome:
        with launched(self.home / name.replace(" ", "-").replace(":", "")) as browser:
            outcome, heard = chromium_robots.let_loose(
                self.app,
                self.server,
                self.time,
                name,
                self.sizes.mails,
                browser,
                self.sizes.seconds,
            )
        counts = {kind or "no Sec-Purpose": many for kind, many in sorted(heard.kinds.items())}
        print(f"  {name}: {', '.join(f'{many:,} {kind}' for kind, many in counts.items())}")
        return outcome

    def send_people(self, browser: bool) -> None:
        for place, name in enumerate(HUMANS):
            many = self.sizes.share(len(HUMANS), self.sizes.people, place)
            self._people(send_people(self.app, self.server, self.time, name, many))
        kinds = chromium_humans.HUMANS if browser else {}
        for place, name in enumerate(kinds):
            many = self.sizes.share(len(kinds), self.sizes.in_browser, place)
            self._people(
                chromium_humans.send_people(self.app, self.server, self.time, name, many, self.home)
            )
        mails = sum(one.invitations for one in self.people)
        if sum(one.right for one in self.people) / mails < ENOUGH:
            self.wrong.append("too few people are counted as they meant it")

    def _people(self, outcome: Outcome) -> None:
        self.people.append(outcome)
        if outcome.taps < outcome.invitations:
            self.wrong.append(f"{outcome.name}: not all are stored")
        print(f"  {outcome.name}: {outcome.right} of {outcome.invitations}", flush=True)

    def report(self) -> None:
        print(f"\n{table('robots', self.robots)}\n\n{table('people', self.people)}")
        mails = sum(one.invitations for one in self.people)
        right = sum(one.right for one in self.people)
        stored = sum(min(one.taps, one.invitations) for one in self.people)
        print(f"\npeople: {stored} of {mails} stored, {right / mails:.2%} counted as they meant it")
        print("\n".join(f"WRONG: {one}" for one in self.wrong) or "nothing wrong", flush=True)


def main() -> int:
    """Run it on each database and print the tables."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--small", action="store_true", help="a few of each, in a minute")
    asked.add_argument("--mails", type=int, help="for each kind of robot")
    asked.add_argument("--people", type=int, help="in all, over all kinds")
    asked.add_argument("--database", choices=["sqlite", "postgres", "both"], default="sqlite")
    asked.add_argument("--without-browser", action="store_true")
    wanted = asked.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    like = SMALL if wanted.small else FULL
    sizes = Sizes(
        wanted.mails or like.mails, wanted.people or like.people, like.in_browser, like.seconds
    )
    kinds = ("sqlite", "postgres") if wanted.database == "both" else (wanted.database,)
    return max(run(kind, sizes, not wanted.without_browser) for kind in kinds)


def run(database: str, sizes: Sizes, browser: bool) -> int:
    """All of them on one database. 1 if anything was wrong."""
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"sqlite:///{home}/robots.db"
        if database == "postgres":
            url = servers.new_database("collector_robots")
        app = create_app(settings_for(migrated(url, home), home), bell=lambda name: None)
        print(f"{database}: {sizes.mails} mails for each kind of robot", flush=True)
        with serve(app) as server, watch(home / "time", clock.now()) as time:
            crowd = Crowd(app, server, time, home, sizes)
            crowd.let_robots_loose(browser)
            crowd.send_people(browser)
            crowd.report()
    print(f"{database}: {monotonic() - began:.0f} s\n", flush=True)
    return 1 if crowd.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
