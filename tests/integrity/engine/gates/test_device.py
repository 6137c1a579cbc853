"""Gates of the checks on a shared device."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.checks.origin import (
    assisted_device,
    device_shared,
)
from collector.integrity.engine.profiles import RecentAnswer
from collector.integrity.engine.usage_index import LATER, SOON, UNKNOWN
from tests.integrity.engine.gates.asking import (
    TODAY,
    asked,
    company,
    origin,
    rate,
    usage,
    weighs,
)


def on_device(
    customers: int, others: int = 0, *, subjects: int = 1, good: int = 0, rest: int = 0,
    soon: int = 0, later: int = 0, days: int = 99, networks: int = 1, often: int = 0,
    number: int = 0, stores: tuple[str, ...] = ("S",), agents: int = 10, check: Any = None,
    **given: Any,
) -> float | None:  # fmt: skip
    """A device of so many customers, all but `others` of them of so many subjects."""
    stats = company(agents, stores=stores)
    stats.soon = rate(50, 100)
    rows = []
    for n in range(customers):
        mine = n < customers - others
        rows.append(usage(
            n, f"A{n % subjects if mine else agents - 1}", day=TODAY + n % days,
            kind=2 if n < rest else 1 if n < rest + good else 0, often=n < often,
            when=SOON if n < soon else LATER if n < soon + later else UNKNOWN,
            contact="number" if n < number else f"own {n}", store=stores[n % len(stores)],
        ))  # fmt: skip
    stats.devices.rows["phone"] = origin(*rows)
    case = asked(**{"device": "phone", **given})
    stats.recent["phone"] = [seen(case, n, net=f"net {n % networks}") for n in range(8)]
    stats.recent["phone"] += [seen(case, 9, net=None), seen(case, 9, subject="A7", net="else")]
    return weighs(check or device_shared.check, case, stats)


def seen(case: Any, number: int, **given: Any) -> RecentAnswer:
    """Another customer's answer at the same moment from the same place."""
    own = {
        "id": f"R{number}", "at": case.answered, "respondent": f"D{number}", "subject": "A0",
        "score": 5.0, "position": 1.0, "device": case.device, "ip": case.ip, "net": case.net,
        "client": case.client,
    }  # fmt: skip
    return RecentAnswer(**{**own, **given})


def test_a_device_of_several_customers_of_one_subject() -> None:
    assert [on_device(n) for n in (2, 3, 4, 5, 6, 8, 12, 20)] == [
        None,
        1.391,
        1.946,
        2.541,
        3.17,
        3.39,
        3.354,
        3.275,
    ]
    assert [on_device(12, n) for n in (1, 3, 6, 8, 9)] == [3.364, 3.382, 3.17, 2.92, 3.354]
    assert [on_device(n, n - 3) for n in (3, 4, 5, 6, 8, 12)] == [
        1.391,
        1.855,
        2.319,
        2.782,
        2.782,
        3.354,
    ]
    assert on_device(12, score=3.0) is None
    assert on_device(12, device=None) is None


def test_a_device_of_a_family_or_of_a_visit() -> None:
    assert [on_device(n, days=1) for n in (3, 5, 6, 11, 12, 13)] == [
        0.927,
        1.525,
        1.849,
        3.364,
        3.354,
        3.344,
    ]
    assert [on_device(5, days=n) for n in (1, 2, 3, 5)] == [1.525, 1.779, 2.033, 2.541]
    assert [on_device(10, days=n) for n in (1, 2, 3)] == [3.092, 3.373, 3.373]
    assert [on_device(12, often=n) for n in (0, 6, 11, 12)] == [3.354, 1.677, 0.279, None]


def test_a_device_by_what_its_scores_say() -> None:
    assert [on_device(20, good=n) for n in (0, 4, 10, 14)] == [3.275, 3.827, 2.883, 1.992]
    assert [on_device(20, rest=n) for n in (1, 2, 3, 4)] == [2.505, 2.084, 1.725, None]
    assert [on_device(n, good=n // 2) for n in (4, 6, 8, 16)] == [1.645, 2.518, 2.601, 2.811]
    assert [on_device(7, good=n) for n in (0, 1, 2, 3, 4)] == [3.282, 3.28, 3.012, 2.71, 2.401]


def test_a_device_of_many_with_scores_far_from_one_hands() -> None:
    assert [on_device(n, rest=n // 5, good=n // 5) for n in (10, 15)] == [None, None]
    assert [on_device(12, good=n) for n in (8, 9, 10, 11, 12)] == [2.166, 1.858, 1.519, None, None]
    assert [on_device(3, good=n, rest=r) for n, r in ((1, 0), (2, 0), (3, 0), (0, 1), (1, 1))] == [
        1.283,
        1.18,
        1.086,
        None,
        None,
    ]


def test_a_device_by_when_its_answers_came() -> None:
    assert [on_device(20, soon=n) for n in (4, 10, 20)] == [2.345, 2.168, 2.071]
    assert [on_device(n, later=n) for n in (4, 6, 7, 9, 12, 17, 18, 20)] == [
        2.684,
        5.812,
        6.619,
        7.226,
        7.715,
        8.0,
        8.0,
        8.0,
    ]
    assert [on_device(20, later=n) for n in (4, 7, 9, 12, 17, 18, 20)] == [
        5.786,
        6.089,
        6.234,
        6.499,
        7.191,
        7.412,
        8.0,
    ]
    assert [on_device(20, later=n, good=10) for n in (4, 7, 9, 12, 17, 18, 20)] == [
        4.663,
        4.729,
        4.773,
        4.86,
        5.433,
        5.548,
        5.58,
    ]
    assert [on_device(20, later=20, good=n) for n in (2, 5, 8, 11, 13)] == [
        7.598,
        6.669,
        5.987,
        5.382,
        4.985,
    ]
    assert [on_device(9, later=9, good=n) for n in (0, 1, 3, 4)] == [7.226, 6.501, 5.044, 4.272]


def test_a_device_by_how_many_networks_it_was_in() -> None:
    assert [on_device(12, networks=n) for n in (1, 2, 3, 4, 8)] == [
        3.354,
        4.154,
        4.854,
        4.854,
        4.854,
    ]
    assert [on_device(12, networks=n, good=8) for n in (1, 3)] == [2.166, 2.166]
    assert [on_device(12, networks=n, soon=6) for n in (1, 2, 3)] == [2.375, 2.935, 3.425]


def test_a_device_of_a_few_subjects() -> None:
    assert [on_device(12, subjects=n) for n in (2, 3, 4, 6)] == [3.17, 2.92, 3.354, None]
    assert [on_device(30, subjects=n, agents=40) for n in (2, 11, 12, 13)] == [
        3.324,
        2.782,
        2.782,
        2.782,
    ]
    assert [on_device(12, subjects=3, number=n) for n in (5, 6, 12)] == [2.92, 2.92, 2.92]
    own = {"subjects": 3, "contact": "number", "on_file": "own"}
    assert [on_device(12, number=n, **own) for n in (5, 6, 12)] == [2.92, 2.92, 2.92]
    assert [on_device(12, number=12, subjects=3, contact=c) for c in (None, "number")] == [
        2.92,
        2.92,
    ]


def test_a_device_of_a_few_subjects_in_part() -> None:
    assert [on_device(n, subjects=2, agents=4) for n in (5, 6, 7, 8)] == [1.502, 1.733, 2.656, 3.39]
    assert [on_device(12, 4, subjects=s, agents=9) for s in (1, 2)] == [3.39, 2.92]
    assert [on_device(8, subjects=s, agents=9, later=8) for s in (1, 2, 3, 4)] == [
        7.044,
        4.026,
        3.324,
        7.044,
    ]
    own = {"subjects": 3, "agents": 6, "on_file": "own"}
    assert [on_device(9, number=n, contact="number", **own) for n in (4, 5, 9)] == [
        3.034,
        1.145,
        1.145,
    ]
    assert [on_device(9, number=n, contact="number", subjects=3, agents=6, on_file="number")
            for n in (4, 5, 9)] == [3.034, None, None]  # fmt: skip
    assert [on_device(24, subjects=s, agents=s, later=24) for s in (2, 11, 12, 13)] == [
        8.0,
        8.0,
        8.0,
        None,
    ]


def test_a_device_of_a_whole_store_when_nobody_is_there() -> None:
    own = {"subjects": 9, "agents": 9}
    assert [on_device(27, later=n, **own) for n in (0, 9, 20, 27)] == [None, 6.004, 6.795, 8.0]
    assert [on_device(27, later=27, good=n, **own) for n in (4, 13, 20)] == [7.564, 5.937, None]
    assert on_device(27, later=27, stores=("S", "Q"), **own) is None
    assert [on_device(27, later=27, number=n, contact="number", on_file="number", **own)
            for n in (13, 14)] == [8.0, None]  # fmt: skip


def assisted(customers: int, **given: Any) -> float | None:
    return on_device(customers, check=assisted_device.check, **given)


def test_a_device_on_which_customers_answer_themselves() -> None:
    assert [assisted(n, good=n // 3, rest=n // 3) for n in (2, 3, 6, 12, 30)] == [
        None,
        -0.933,
        -1.265,
        -1.5,
        -1.5,
    ]
    assert [assisted(12, good=4, rest=n) for n in (0, 1, 2, 8)] == [None, None, -0.94, None]
    assert [assisted(9, rest=n) for n in (1, 2, 3, 6, 7, 8)] == [
        None,
        None,
        -0.801,
        None,
        None,
        None,
    ]
    assert on_device(12, good=4, rest=4) is None
