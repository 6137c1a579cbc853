"""The sample workspace on a live server, one person asked, and a browser's eyes: for journeys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.support.wait import WebDriverWait

from collector import clock
from collector.exports import feed
from collector.intake import receive
from collector.intake.formats.native import read_event
from collector.intake.outcomes import ACCEPTED
from collector.model.base import db
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.simulation.demo import play
from collector.triggers.gates.sampling import sample_position
from collector.work import tasks

SAMPLE = Path(play.__file__).with_name("workspace")
SOON = 15
SINCE = timedelta(minutes=10)  # nobody answers in the second in which they are asked


def set_out(app: Flask, url: str) -> None:
    """Take the sample's surveys and rules into use; links lead to `url`."""
    settings = app.extensions["collector.settings"]
    app.extensions["collector.settings"] = replace(settings, base_url=url)
    apply_workspace(workspace.read(SAMPLE))


def came_back(**person: Any) -> str:
    """Somebody visited the shop and was asked for an NPS ten minutes ago; returns who."""
    moment = clock.now() - SINCE
    ref = next(f"c-{n}" for n in count() if sample_position("in_the_shop", f"c-{n}") < 0.8)
    event = {
        "source": "shop",
        "id": f"visit-{ref}",
        "type": "visit.returned",
        "occurred_at": clock.iso(moment),
        "person": {"ref": ref, "locale": "en", **person},
        "context": {"visits": 5},
    }
    with clock.at(moment):
        outcomes = receive.receive([read_event(event, "", moment)])
        assert [outcome.status for outcome in outcomes] == [ACCEPTED]
        tasks.drain()
    return ref


def exported(app: Flask) -> list[feed.Row]:
    """What downstream reads once everything that is due was done."""
    db.session.rollback()
    tasks.drain()
    return list(feed.stream())


def soon(browser: webdriver.Chrome, look: Callable[[], Any]) -> Any:
    """What `look` finds, as soon as it finds something."""
    ignored = (NoSuchElementException, StaleElementReferenceException)
    waiting = WebDriverWait(browser, SOON, poll_frequency=0.05, ignored_exceptions=ignored)
    return waiting.until(lambda _: look())


def complaints(browser: webdriver.Chrome) -> list[str]:
    """What the browser's console says that is worse than information."""
    return [
        entry["message"]
        for entry in browser.get_log("browser")  # type: ignore[no-untyped-call]
        if entry["level"] not in ("INFO", "DEBUG")
    ]
