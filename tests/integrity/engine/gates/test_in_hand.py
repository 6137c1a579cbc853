"""Gates of the check on answers in the subject's hand."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine.checks.interaction import in_hand
from collector.integrity.engine.checks.origin import client_concentration
from collector.integrity.engine.finding import CLIENT, Finding
from collector.integrity.engine.seen.moments import common_to
from collector.integrity.engine.usage_index import Cluster
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    asked,
    company,
    counts,
    origin,
    rate,
    usage,
    weighs,
)

DAY = 86_400.0


SOONEST = (20, 20, 20, 20)


def held(
    hits: tuple[int, ...] = SOONEST, trials: int = 60, *, rank: float | None = 0.005,
    usual: tuple[float, ...] | None = None, store: tuple[int, int] | None = None,
    scores: Any = None, hasty: tuple[int, int] = (0, 0), browser: float | None = None,
    device: int = 0, number: int = 0, since: float = 60.0, **given: Any,
) -> float | None:  # fmt: skip
    """A good score so soon, where so many of the subject's were among the soonest."""
    stats = company()
    channel = given.get("channel", "sms")
    key = channel or ""
    stats.profiles["A0"].quick.rows[key] = tuple(rate(n, trials) for n in hits)
    here = store or (0, 0)
    stats.stores["S"].quick.rows[key] = tuple(
        rate(n + here[0], trials + here[1]) for n in hits
    )  # fmt: skip
    if usual is not None:
        stats.usual_quick[key] = usual
    if scores is not None:
        for place in range(4):
            cluster = stats.clusters[common_to(channel, place), "A0"] = Cluster()
            cluster.counts = scores
            scores.hasty, scores.paced = hasty
    if device:
        stats.devices.rows["phone"] = origin(*(usage(n) for n in range(device)))
    if number:
        stats.contacts.rows["number"] = origin(*(usage(n) for n in range(number)))
    case = asked(**{
        "answered": START, "occurred": START - since, "sent": START - since, "device": "phone",
        "contact": "number", **given,
    })  # fmt: skip
    found = None if browser is None else Finding("CLIENT_CONCENTRATION", CLIENT, browser)
    with (
        patch.object(type(stats.seen.moments), "rank", lambda *_: rank),
        patch.object(client_concentration, "check", lambda _: found),
    ):
        return weighs(in_hand.check, case, stats)


def test_more_in_the_subjects_hand_than_usual() -> None:
    assert [held((n, n, n, n)) for n in (4, 7, 8, 9, 12, 16, 30, 59)] == [
        None,
        None,
        2.872,
        2.886,
        2.914,
        2.935,
        2.947,
        2.947,
    ]
    assert [held((n, 0, 0, 0), 200) for n in (7, 8, 9, 16)] == [None, 2.185, 2.415, 2.788]
    assert [held(trials=n) for n in (20, 21, 40, 100, 124, 126, 249, 251)] == [
        2.947,
        2.947,
        2.947,
        2.914,
        2.894,
        2.892,
        2.789,
        2.787,
    ]
    assert held(score=3.0) is None
    assert held(rank=None) is None
    assert [held(channel=c) for c in (None, "chat")] == [2.947, 2.947]


def test_among_the_soonest_in_which_it_tells_most() -> None:
    assert [held(rank=r) for r in (0.01, 0.011, 0.02, 0.021, 0.04, 0.041, 0.08, 0.081, 0.2)] == [
        2.947,
        2.897,
        2.897,
        2.796,
        2.796,
        2.583,
        2.583,
        None,
        None,
    ]
    assert held((9, 14, 20, 30)) == 2.886
    assert held((30, 32, 33, 34)) == 2.947
    assert held((0, 0, 0, 30)) == 2.727


def test_twice_as_many_as_usual_are_not_too_many() -> None:
    assert [held((n,) * 4, 100, usual=(0.1,) * 4) for n in (19, 20, 21)] == [None, None, 1.901]


def test_what_is_hardly_ever_so_soon() -> None:
    found = [held((n, 0, 0, 0), 900, usual=(u,) * 4) for n in (8, 9) for u in (1e-4, 0.002, 0.003)]
    assert found == [2.393, 2.393, 1.832, 2.517, 2.517, 1.978]
    assert [held((40, 0, 0, 0), 40, usual=(u,) * 4) for u in (1e-4, 0.01)] == [2.947, 2.947]
    assert held((20, 0, 0, 0), channel=None, usual=(0.3,) * 4) is None


def test_the_soonest_that_tells_most_is_said() -> None:
    assert [held((20, n, 0, 0), 60) for n in (0, 20, 30, 50)] == [2.947, 2.947, 2.947, 2.947]
    assert [held((9, 40, 0, 0), 60), held((30, 9, 9, 9), 60)] == [2.947, 2.947]


def test_who_is_sooner_than_the_soonest_band_is_asked_of_all() -> None:
    assert [held((20, 0, 0, 0), rank=r) for r in (0.005, 0.09)] == [2.947, None]


def test_in_hand_where_that_is_usual() -> None:
    assert [held(usual=(u, u, u, u)) for u in (0.0005, 0.001, 0.002, 0.05, 0.1, 0.16, 0.17)] == [
        2.947,
        2.947,
        2.947,
        2.744,
        2.469,
        2.082,
        None,
    ]
    assert [held(store=(n, 200)) for n in (0, 6, 16, 30, 100)] == [
        2.947,
        2.897,
        2.897,
        2.897,
        2.897,
    ]
    assert [held(usual=(0.05,) * 4, store=(n, 200)) for n in (0, 12, 14, 30)] == [
        2.744,
        2.701,
        2.656,
        2.469,
    ]
    assert [held((12, 0, 0, 0), 60, store=(n, n)) for n in (2, 6, 20)] == [2.83, 2.83, 2.83]


def test_in_hand_by_what_scores_and_pace_say() -> None:
    assert [held(scores=counts(20 - n, 0, n)) for n in (0, 1, 2, 4, 8)] == [
        3.656,
        2.911,
        2.503,
        1.83,
        None,
    ]
    assert [held(scores=counts(20, 0, 0), hasty=h) for h in ((0, 20), (7, 20), (20, 20))] == [
        2.185,
        2.185,
        5.809,
    ]
    assert [held(scores=counts(17, 2, 1), hasty=h) for h in ((0, 20), (7, 20), (20, 20))] == [
        1.809,
        1.809,
        5.537,
    ]
    assert [held((8, 8, 8, 8), 60, scores=counts(8 - n, 0, n)) for n in range(4)] == [
        3.523,
        2.474,
        1.773,
        1.168,
    ]
    assert [held((40, 40, 40, 40), 41, scores=counts(60, 0, 0), hasty=(60, 60))] == [5.635]


def test_what_is_no_customers_own_phone_is_not_in_hand() -> None:
    assert [held(browser=v) for v in (None, 0.5, 0.9, 1.0, 2.0)] == [
        2.947,
        2.947,
        2.947,
        None,
        None,
    ]
    assert [held(device=n) for n in (2, 3)] == [2.947, None]
    assert [held(number=n) for n in (2, 3)] == [2.947, None]
    assert [held(since=s) for s in (299, 301)] == [2.947, None]
