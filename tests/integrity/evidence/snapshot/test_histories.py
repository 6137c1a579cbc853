"""Whatever the engine heard: put away and taken up again, it goes on as if nothing was."""

from __future__ import annotations

import copy
import importlib
import pkgutil
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.integrity import engine as engine_room
from collector.integrity.evidence.engine_cache import EngineCache
from collector.integrity.evidence.log import ANSWER, CASES, SIGNAL, Entry
from tests.how_much import FULL
from tests.integrity.evidence.snapshot.alike import differences
from tests.integrity.evidence.snapshot.test_graph import carried

DAY = 86400.0
BEGIN = 1_780_000_000.0
names = st.sampled_from(["a", "b", "c"])
things = st.sampled_from(["x", "y", "z", ""])


@st.composite
def histories(draw: st.DrawFn, least: int = 5, most: int = 60) -> list[Entry]:
    """Entries of a log, with everything that an entry may hold."""
    entries: list[Entry] = []
    heard = BEGIN
    answers: list[str] = []
    for number in range(1, draw(st.integers(least, most)) + 1):
        heard += draw(st.sampled_from([0.0, 5.0, 600.0, DAY / 2, DAY, 9 * DAY, 40 * DAY]))
        kind = draw(st.sampled_from([ANSWER, ANSWER, ANSWER, ANSWER, SIGNAL, CASES]))
        ref, version, body = f"s{number}", 0, dict[str, Any]()
        if kind == CASES and answers:
            ref, version, body = draw(st.sampled_from(answers)), 1, {"cases": 3}
        elif kind in (SIGNAL, CASES):
            kind = SIGNAL
            body = {"kind": draw(st.sampled_from(["qa", "complaint", "refund"])),
                    "value": draw(st.sampled_from([None, 1.0, 80.0])), "agent": draw(names),
                    "event": draw(st.sampled_from(["", "e1", "e2"])), "tags": ["slow"]}  # fmt: skip
        else:
            ref, version, body = f"r{number}", 1, _answer(draw, heard, f"i{number % 50}")
            answers.append(ref)
        entries.append(Entry(number, heard, kind, ref, version, body))
    return entries


def _answer(draw: st.DrawFn, heard: float, invitation: str) -> dict[str, Any]:
    channel = draw(st.sampled_from(["sms", "email", "in_app"]))
    body: dict[str, Any] = {
        "invitation": invitation, "agent": draw(names), "worker": draw(names), "team": "t",
        "store": draw(st.sampled_from(["s1", "s2"])), "metric": "CSAT", "low": 1.0, "high": 5.0,
        "score": float(draw(st.integers(1, 5))), "answered": heard, "channel": channel,
        "sent": heard - draw(st.sampled_from([3.0, 200.0, 7200.0])), "opened": heard - 0.1,
        "occurred": heard - draw(st.sampled_from([10.0, 9000.0])), "seconds": 30.0,
        "client": draw(st.sampled_from(["Firefox", "WeChat"])), "customer": draw(things) or None,
        "event": draw(st.sampled_from(["e1", "e2", "e3"])), "taps": {"scores": 2, "spans": [0.5]},
    }  # fmt: skip
    for name in ("device", "ip", "net", "contact", "on_file"):
        body[name] = draw(things) or None
    if draw(st.booleans()):
        body |= {"bands": [draw(st.integers(0, 3)) for _ in range(6)], "long": True}
    return body


def heard_by(cache: EngineCache, entries: list[Entry]) -> list[Any]:
    """What it says of each, and of each night."""
    said: list[Any] = []
    for entry in entries:
        said += cache.nights(entry.heard)
        said.append(cache.take(entry))
        cache.let_signals_go()
    return said


@settings(max_examples=300 if FULL else 15, deadline=None)
@given(histories(), st.data())
def test_a_state_that_was_put_away_says_to_the_last_bit_what_one_that_stayed_says(
    entries: list[Entry], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries)), label="put away after")
    stayed = EngineCache()
    heard_by(stayed, entries[:at])
    taken_up = carried(stayed)
    assert differences(stayed, taken_up) == []
    end = entries[-1].heard + 100 * DAY
    assert heard_by(taken_up, entries[at:]) == heard_by(stayed, entries[at:])
    assert taken_up.nights(end) == stayed.nights(end)
    assert differences(stayed, taken_up) == []
    assert differences(stayed.so_far(), taken_up.so_far()) == []


def modules() -> list[ModuleType]:
    """Every module of the engine."""
    found = pkgutil.walk_packages(engine_room.__path__, f"{engine_room.__name__}.")
    return [importlib.import_module(one.name) for one in found]


def outside() -> dict[str, Any]:
    """Whatever the engine's modules hold that could change."""
    return {
        f"{module.__name__}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, dict | list | set | bytearray) and not name.startswith("__")
    }


@settings(max_examples=5, deadline=None)
@given(histories(least=30, most=40))
def test_what_the_engine_learns_is_in_its_state_and_nowhere_else(entries: list[Entry]) -> None:
    before = copy.deepcopy(outside())
    cache = EngineCache()
    heard_by(cache, entries)
    cache.nights(entries[-1].heard + 100 * DAY)
    assert outside() == before
