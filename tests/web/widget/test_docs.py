"""The calls in docs/widget.md, run as they stand there, against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from collector import clock
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.events import Event
from collector.web.widget import identity, rates, sites
from tests.conftest import LiveServer
from tests.web.widget.asking import ORIGIN, asked_inapp

PAGE = Path(__file__).resolve().parents[3] / "docs" / "widget.md"
CALLS = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def run(command: str, values: dict[str, str]) -> dict[str, object]:
    shell = ["bash", "-euc", command]
    done = subprocess.run(shell, env=os.environ | values, check=True, capture_output=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_every_call_of_the_page_works_as_it_stands(ctx: Flask, live_server: LiveServer) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl: install it (Debian: apt-get install curl)")
    ask, press, comment, track = CALLS
    with live_server(ctx) as url:  # in a thread of its own, where the clock is the real one
        asked = asked_inapp(lapses_at=clock.now() + timedelta(days=1))
        sites.let_report(asked.site.name, ["order.viewed"])
        key = asked.site.public_key
        values = {"ASK": url, "ORIGIN": ORIGIN, "KEY": key, "TOKEN": "",
                  "JWT": identity.issue(key, asked.ref)}  # fmt: skip
        question = run(ask, values)
        assert question["question"] == "How was your delivery?"
        values["TOKEN"] = str(question["token"])
        # The page asks for an NPS; the survey of this test goes to five.
        assert run(press.replace('"score": 9', '"score": 4'), values) == {"score": 4}
        assert run(comment, values) == {"score": None}
        assert run(track, values) == {"status": "accepted", "ask": False}
    db.session.rollback()
    assert {(tap.score, tap.comment) for tap in db.session.query(Tap)} == {
        (4, None),
        (None, "Fast!"),
    }
    assert db.session.query(Event).filter_by(type="order.viewed").one().context == {"amount": 12}


def test_the_limits_are_those_that_the_page_names() -> None:
    page = PAGE.read_text(encoding="utf-8")
    person, site = rates.PERSON, rates.SITE
    assert (person.per_second, f"({person.burst} calls at once" in page) == (1, True)
    assert f"({site.burst:,}, then {site.per_second} a second)" in page


def test_every_part_and_property_is_on_the_page_and_nothing_else() -> None:
    page = PAGE.read_text(encoding="utf-8")
    source = PAGE.parents[1] / "channels" / "inapp" / "source"
    style = (source / "style.js").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--collector-[a-z-]+)", style))
    assert used == set(re.findall(r"`(--collector-[a-z-]+)`", page))
    card = (source / "card.js").read_text(encoding="utf-8")
    parts = set(re.findall(r"part\(\w+, (?:'\w+'|button), '([a-z]+)'", card))
    listed = page.partition("`::part(…)`:")[2].partition(".")[0]
    assert parts == set(re.findall(r"`([a-z]+)`", listed))
