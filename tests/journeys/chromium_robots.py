"""Robots that really are browsers: headless Chromium opens every link of every mail.

Three of the twelve kinds of `robots.py`, for which a light client only pretends, and one that
leaves early. Many mails are visited side by side, the links of each in turn. `benchmarks/robots.py`
lets them loose on 200 mails each, `test_chromium.py` on a few.
"""

from __future__ import annotations

import json
import time as real
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import Flask
from selenium.webdriver import Chrome

from tests.journeys.chromium import Heard, Windows
from tests.journeys.crowds import READ_AFTER, Outcome, ask, outcome_of
from tests.journeys.robots import Mail, mails
from tests.journeys.visits import Watch

SIDE_BY_SIDE = 20
FEW = 4  # each of them prerenders ten pages
STAYS = 20.0
PATIENT = 100  # windows that stay open for so long
PRERENDERED = 10  # Chromium's limit for a page
GLANCE = 0.5  # shorter than the page's own moment, long enough for it to have been seen
UNSEEN = 1.5  # longer than the page's own moment, after which one that is seen would post


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose browser opens which mails where; `seconds` that a patient one really stays on a page,
    while the service's clock moves on by `STAYS`."""

    browser: Chrome
    heard: Heard
    server: str
    sent: list[Mail]
    time: Watch
    seconds: float = STAYS

    def side_by_side(self, most: int) -> Iterator[list[Mail]]:
        return (self.sent[at : at + most] for at in range(0, len(self.sent), most))

    def windows(self, most: int) -> Windows:
        return Windows(self.browser, min(most, len(self.sent)))


def safe_links(visit: Visit) -> None:
    """Every link for as long as its scripts need, in a browser that passes for anybody's."""
    windows = visit.windows(SIDE_BY_SIDE)
    for some in visit.side_by_side(SIDE_BY_SIDE):
        for place in range(max(len(mail.all) for mail in some)):
            paths = [mail.all[place] for mail in some if place < len(mail.all)]
            _stay(visit, windows, paths)
            visit.time.wait(1.5)


def stays(visit: Visit) -> None:
    """Every score's link, and twenty real seconds on each."""
    windows = visit.windows(PATIENT)
    for some in visit.side_by_side(PATIENT):
        for place in range(max(len(mail.scores) for mail in some)):
            began = real.monotonic()
            paths = [mail.scores[place] for mail in some if place < len(mail.scores)]
            _stay(visit, windows, paths)
            real.sleep(max(0.0, visit.seconds - (real.monotonic() - began)))
            visit.time.wait(STAYS)


def leaves_early(visit: Visit) -> None:
    """Every score's link, and away before the page has posted by itself."""
    windows = visit.windows(FEW)
    for some in visit.side_by_side(FEW):
        for place in range(max(len(mail.scores) for mail in some)):
            windows.open(
                visit.server + mail.scores[place] for mail in some if place < len(mail.scores)
            )
            real.sleep(GLANCE)
            visit.time.wait(1.5)
        windows.leave()


def prerenders(visit: Visit) -> None:
    """A web mailer that has the browser prefetch every link and prerender those of the scores."""
    windows = visit.windows(FEW)
    for number, some in enumerate(visit.side_by_side(FEW)):
        before = visit.heard.kinds["prefetch"], visit.heard.kinds["prefetch;prerender"]
        for place, mail in enumerate(some):
            visit.heard.pages[f"/inbox/{number}/{place}"] = _inbox(mail)
        windows.open(f"{visit.server}/inbox/{number}/{place}" for place in range(len(some)))
        early = sum(len(mail.scores[:PRERENDERED]) for mail in some)
        all_links = sum(len(mail.all) for mail in some)
        visit.heard.wait("prefetch;prerender", before[1] + early)
        visit.heard.wait("prefetch", before[0] + all_links - early)
        real.sleep(UNSEEN)
        visit.time.wait(3)
    windows.leave()


CHROMIUM: dict[str, Callable[[Visit], None]] = {
    "Chromium: every link, scripts run": safe_links,
    "Chromium: stays 20 s on each link": stays,
    "Chromium: prefetches and prerenders": prerenders,
    "Chromium: leaves each link at once": leaves_early,
}
# All that this one sends are GETs, so it must leave no trace.
READ_ONLY = ("Chromium: prefetches and prerenders",)


def let_loose(
    app: Flask,
    server: str,
    time: Watch,
    name: str,
    many: int,
    browser: Chrome,
    seconds: float = STAYS,
) -> tuple[Outcome, Heard]:
    """This kind of robot on so many mails; afterwards everything settles for two days."""
    sent = ask(app, time, many)
    time.wait(READ_AFTER)
    with Heard(app) as heard:
        opened = [mail for _, mail in mails(sent)]
        CHROMIUM[name](Visit(browser, heard, server, opened, time, seconds))
    return outcome_of(app, time, name, dict.fromkeys(sent)), heard


def _stay(visit: Visit, windows: Windows, paths: Sequence[str]) -> None:
    """All these in as many windows, until every page that has a script has posted."""
    posting = [path for path in paths if path.startswith("/t/") and path.count("/") == 3]
    before = visit.heard.kinds["POST"]
    windows.open(visit.server + path for path in paths)
    if posting:
        visit.heard.wait("POST", before + len(posting))


def _inbox(mail: Mail) -> str:
    """A page from which a browser loads what its reader may open next."""
    rules = {
        "prerender": [{"urls": list(mail.scores[:PRERENDERED]), "eagerness": "immediate"}],
        "prefetch": [{"urls": list(mail.scores[PRERENDERED:]), "eagerness": "immediate"}],
    }
    links = "".join(f'<link rel="prefetch" href="{path}">' for path in mail.all[len(mail.scores) :])
    return (
        f'<!doctype html><title>Inbox</title>{links}<script type="speculationrules">'
        f"{json.dumps(rules)}</script>"
    )
