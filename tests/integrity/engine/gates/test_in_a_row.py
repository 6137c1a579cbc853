"""Gates of answers in the subject's hand, and of answers in one sitting."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.interaction import in_hand
from collector.integrity.engine.checks.origin import client_concentration, one_sitting
from collector.integrity.engine.finding import CLIENT, Finding
from collector.integrity.engine.seen.moments import common_to
from collector.integrity.engine.seen.sittings import Sitting, Sittings
from collector.integrity.engine.usage_index import Cluster
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    TODAY,
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


def rows(
    people: int, *, late: int | None = None, timed: int | None = None, others: int = 0,
    minutes: float = 10, rest: int = 0, hasty: int = 0, days: float = 60, where: str = "device",
    contacts: int = 0, **given: Any,
) -> float | None:  # fmt: skip
    """So many people in a row on one device, so many of them hours after their case."""
    stats = company()
    stats.company.first, stats.company.last = START - days * DAY, START
    sitting = Sitting(START, TODAY)
    sitting.last = START + 60 * minutes
    sitting.customers = {f"C{n}" for n in range(people)}
    sitting.contacts = {f"number {n}" for n in range(contacts)}
    sitting.timed = people if timed is None else timed
    sitting.late = sitting.timed if late is None else late
    scores = sitting.by_subject["A0"] = counts(people - rest, 0, rest)
    scores.hasty, scores.paced = hasty, people if hasty else 0
    for name in ("device", "ip") if where == "both" else (where,):
        memory: Sittings = getattr(stats.seen, f"{name}_sittings")
        memory.rows["here"] = [sitting]
        index = {"device": stats.devices, "ip": stats.ips}[name]
        index.rows["here"] = origin(*(usage(n) for n in range(people + others)))
    own = {"answered": START, "customer": "C0", "device": None, "ip": None}
    place = {"device": "here", "ip": "here"} if where == "both" else {where: "here"}
    return weighs(one_sitting.check, asked(**{**own, **place, **given}), stats)


def test_people_who_answer_one_after_the_other() -> None:
    assert [rows(n) for n in (3, 4, 5, 6, 8, 9, 10, 20)] == [
        None,
        2.188,
        2.925,
        3.645,
        5.044,
        5.726,
        5.898,
        6.5,
    ]
    assert [rows(n, where="ip") for n in (3, 4, 8)] == [None, 2.188, 5.044]
    assert [rows(9, contacts=n) for n in (1, 3, 4, 6, 9)] == [None, None, 3.226, 4.226, 5.726]
    assert rows(9, score=3.0) is None
    assert rows(9, customer="C99") is None
    assert [rows(6, where="both"), rows(6, minutes=0), rows(6, minutes=120)] == [
        3.645,
        3.645,
        3.645,
    ]


def test_people_who_are_still_there_sit_together() -> None:
    assert [rows(8, late=n) for n in (0, 4, 5, 6, 7, 8)] == [None, None, 1.261, 2.522, 3.783, 5.044]
    assert [rows(8, late=n, timed=n) for n in (0, 1, 4)] == [None, 5.044, 5.044]
    assert [rows(20, late=n) for n in (10, 11, 12)] == [None, 0.65, 1.3]


def test_a_place_that_is_busy_anyway() -> None:
    assert [rows(6, others=n) for n in (0, 100, 400, 1000, 3000, 9000)] == [
        3.645,
        3.645,
        3.645,
        3.645,
        1.45,
        None,
    ]
    assert [rows(6, others=40, days=d) for d in (0.2, 0.5, 1.0, 2.0, 20.0)] == [
        1.904,
        1.904,
        1.904,
        3.466,
        3.645,
    ]
    assert [rows(8, others=900, minutes=m) for m in (1, 10, 60)] == [5.044, 5.044, 3.411]
    assert [rows(4, others=n) for n in (0, 60, 200)] == [2.188, 2.188, 2.188]


def test_a_row_that_is_hardly_surprising() -> None:
    found = []
    for rush in (0.25, 0.5, 0.6, 0.61, 1.1, 1.3):
        with patch.object(one_sitting, "_rush", lambda *_, rush=rush: rush):
            found.append(rows(9))
    assert found == [None, None, None, 0.582, 1.05, 1.241]


def test_people_in_a_row_by_what_scores_and_pace_say() -> None:
    assert [rows(8, rest=n) for n in (0, 1, 2, 3, 4)] == [5.044, 2.999, 1.948, 1.183, 0.556]
    assert [rows(8, hasty=n) for n in (1, 4, 8)] == [5.044, 5.044, 7.544]
    assert [rows(8, rest=1, hasty=n) for n in (1, 4, 8)] == [2.999, 2.999, 5.499]


def test_the_more_telling_of_device_and_address() -> None:
    found = []
    for device, address in ((2.0, 1.0), (1.0, 2.0), (1.0, 1.0), (0.2, 0.1), (0.2, 0.21), (0.3, 0)):
        stats, values = company(), iter((device, address))
        sitting = Sitting(START, TODAY)
        sitting.customers = {f"C{n}" for n in range(5)}
        stats.seen.device_sittings.rows["here"] = [sitting]
        stats.seen.ip_sittings.rows["here"] = [sitting]
        stats.devices.rows["here"] = stats.ips.rows["here"] = origin(usage(1), usage(2))
        case = asked(answered=START, customer="C0", device="here", ip="here")
        with patch.object(one_sitting, "_weigh", lambda *_, values=values: next(values)):
            one = one_sitting.check(Assessment(case, stats, START))
        found.append(None if one is None else (one.log_odds, one.figures["where"]))
    assert found == [
        (2.0, "device"),
        (2.0, "address"),
        (1.0, "device"),
        None,
        (0.21, "address"),
        (0.3, "device"),
    ]


def test_a_sitting_on_what_is_not_shared() -> None:
    stats = company()
    sitting = Sitting(START, TODAY)
    sitting.customers = {f"C{n}" for n in range(5)}
    stats.seen.device_sittings.rows["here"] = [sitting]
    case = asked(answered=START, customer="C0", device="here", ip=None)
    assert weighs(one_sitting.check, case, stats) is None
