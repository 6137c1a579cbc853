"""Gates of the check on people who answer one after the other."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.origin import one_sitting
from collector.integrity.engine.seen.sittings import Sitting, Sittings
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    TODAY,
    asked,
    company,
    counts,
    origin,
    usage,
    weighs,
)
from tests.integrity.engine.gates.test_in_hand import DAY


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
