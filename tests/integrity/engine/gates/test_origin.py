"""Gates of the checks on where answers come from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from collector.integrity.engine.checks.origin import (
    assisted_device,
    client_concentration,
    device_shared,
    network_concentration,
    rapid_run,
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
            for n in (4, 5, 9)] == [3.034, 3.034, 3.034]  # fmt: skip
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


def at_address(
    customers: int, others: int = 0, *, where: str = "ips", often: int = 0, rest: int = 0,
    good: int = 0, soon: int = 0, later: int = 0, same: int = 0, device: str | None = None,
    agents: int = 10, **given: Any,
) -> float | None:  # fmt: skip
    """An address of so many customers, `same` of them on one device."""
    stats = company(agents)
    stats.soon = rate(50, 100)
    rows = [
        usage(
            n, "A0" if n < customers - others else "A1", often=n < often,
            kind=2 if n < rest else 1 if n < rest + good else 0,
            when=SOON if n < soon else LATER if n < soon + later else UNKNOWN,
            device="phone" if n < same else f"own {n}",
        )
        for n in range(customers)
    ]  # fmt: skip
    for name in ("ips", "nets") if where == "both" else (where,):
        getattr(stats, name).rows["here"] = origin(*rows)
    if same:
        stats.devices.rows["phone"] = origin(*rows[:same])
    case = asked(ip="here", net="here", device=device, **given)
    return weighs(network_concentration.check, case, stats)


def test_an_address_of_several_customers_of_one_subject() -> None:
    assert [at_address(n) for n in (2, 3, 4, 8, 20)] == [None, 2.753, 2.839, 2.89, 2.775]
    assert [at_address(8, n) for n in (2, 4, 5, 6)] == [2.893, 2.839, 2.753, 0.467]
    assert [at_address(3, agents=n) for n in (2, 3, 4, 5)] == [1.147, 2.753, 2.753, 2.753]
    assert at_address(8, score=3.0) is None
    assert [at_address(8, where=w) for w in ("nets", "both")] == [2.09, 2.89]
    assert [at_address(8, n, where=w) for n in (4, 5) for w in ("nets", "both")] == [
        2.039,
        2.839,
        1.953,
        2.753,
    ]


def test_an_address_by_who_comes_often_and_what_scores_say_and_when() -> None:
    assert [at_address(8, often=n) for n in (0, 2, 4, 6, 8)] == [2.89, 1.625, 0.722, None, None]
    assert [at_address(20, good=n) for n in (0, 5, 10, 14, 18)] == [2.775, 3.0, 2.383, 1.492, None]
    assert [at_address(20, rest=n) for n in (1, 2, 3)] == [2.005, 1.584, 1.225]
    assert [at_address(20, soon=n) for n in (3, 10, 20)] == [1.585, 1.261, 1.15]
    assert [at_address(20, soon=20, good=n) for n in (7, 12)] == [1.224, 0.826]
    assert at_address(20, later=20) == 3.0
    assert [at_address(7, 3, soon=7, where=w) for w in ("ips", "nets")] == [2.233, 1.381]


def test_an_address_beside_a_device_that_is_shared() -> None:
    assert [at_address(8, same=n, device="phone") for n in (0, 2, 3, 6, 8)] == [
        2.89,
        2.89,
        2.89,
        2.89,
        2.647,
    ]
    assert [at_address(12, n, same=4, device="phone") for n in (0, 4, 6)] == [2.854, 2.89, 2.893]
    assert at_address(8, same=6, device="another") == at_address(8)
    assert at_address(4, 1, agents=3, same=3, device="phone") is None


def test_an_address_that_only_a_device_makes_look_odd() -> None:
    assert [at_address(n, n - 3, same=3, device="phone", agents=6) for n in (3, 4, 5, 6)] == [
        0.7,
        None,
        None,
        None,
    ]
    assert [at_address(6, n, same=3, device=d) for n in (2, 3) for d in ("phone", None)] == [
        2.839,
        2.839,
        None,
        2.753,
    ]
    assert [at_address(5, n, same=5, device="phone") for n in (0, 2)] == [1.87, 1.442]


def test_a_network_where_the_address_says_as_much() -> None:
    assert [at_address(5, n, where="both") for n in (0, 1, 2)] == [2.879, 2.839, 2.753]


def row(
    mine: int, others: int = 0, *, apart: float = 0.0, position: float = 1.0,
    soon: int = 0, later: int = 0, rest: int = 0, shared: int = 0, agents: int = 10,
    where: str = "phone", **given: Any,
) -> float | None:  # fmt: skip
    """So many answers for the subject, and for others, so many seconds before and after."""
    stats, case = company(agents), asked(device="phone", ip="here", **given)
    stats.soon = rate(50, 100)
    stats.recent[where] = [
        seen(case, n, subject="A0" if n < mine else "A1", at=case.answered + (-1) ** n * apart,
             position=position if n < mine else 1.0)
        for n in range(mine + others)
    ]  # fmt: skip
    if shared:
        stats.devices.rows["phone"] = origin(*(
            usage(n, kind=2 if n < rest else 0,
                  when=SOON if n < soon else LATER if n < soon + later else UNKNOWN)
            for n in range(shared)
        ))  # fmt: skip
    return weighs(rapid_run.check, case, stats)


def test_answers_for_one_subject_in_a_row() -> None:
    assert [row(n) for n in (0, 1, 2, 3, 4)] == [None, 0.63, 1.26, 1.8, 1.8]
    assert [row(n, where="here") for n in (1, 2)] == [0.63, 1.26]
    assert [row(2, n) for n in (1, 2, 3, 8, 9)] == [0.63, 0.42, 0.315, None, None]
    assert [row(1, n) for n in (0, 1, 2)] == [0.63, 0.21, None]
    assert [row(2, apart=s) for s in (300, 599, 600, 601, 1000)] == [1.26, 1.26, 1.26, None, None]
    assert row(2, score=3.0) is None
    assert [row(2, agents=n) for n in (1, 2, 5)] == [None, 0.7, 1.12]


def test_what_has_neither_a_device_nor_an_address_is_in_no_row() -> None:
    case, stats = asked(device=None, ip=None), company()
    stats.recent[""] = [seen(case, 1), seen(case, 2)]
    assert weighs(rapid_run.check, case, stats) == 1.26


def test_answers_in_a_row_that_are_low_or_the_customers_own() -> None:
    assert [row(3, position=p) for p in (0.69, 0.7, 0.71)] == [None, 1.8, 1.8]
    case, stats = asked(device="phone"), company()
    stats.recent["phone"] = [seen(case, 1, respondent=case.respondent), seen(case, 2)]
    assert weighs(rapid_run.check, case, stats) == row(1)
    stats.recent["phone"] = [seen(case, 2), seen(case, 2, position=0.0)]
    assert weighs(rapid_run.check, case, stats) == 0.21


def test_answers_in_a_row_on_a_counter() -> None:
    assert [row(3, shared=8, soon=n) for n in (0, 2, 4, 8)] == [1.8, 1.264, 1.15, 1.051]
    assert [row(3, shared=8, later=n) for n in (4, 8)] == [1.8, 1.8]
    assert [row(3, shared=8, rest=n) for n in (1, 2, 3)] == [1.8, None, None]
    assert row(1, 2, shared=9, soon=9) is None


def browser(
    used: int, of: int = 40, *, store: tuple[int, int] | None = None, everybody: int = 0,
    total: int = 400, address: int = 0, shared: int = 0, **given: Any,
) -> float | None:  # fmt: skip
    """The subject's customers with one browser, among the subject's, the store's and all."""
    stats = company()
    case = asked(**{"client": "b", **given})
    channel = case.channel or ""
    in_store = store or (used, total)
    for profile, (hits, answers) in (
        (stats.profiles["A0"], (used, of)), (stats.stores["S"], in_store),
        (stats.company, (max(used + everybody, in_store[0]), 2 * total)),
    ):  # fmt: skip
        profile.clients["b"] = [hits, TODAY]
        profile.client_totals[channel] = answers
    stats.seen.browsers.add("b", channel)
    if address:
        stats.ips.rows[case.ip] = origin(usage("first"), *(usage(n) for n in range(address)))
    if shared:
        stats.devices.rows[case.device] = origin(*(usage(n) for n in range(shared)))
    return weighs(client_concentration.check, case, stats)


def test_too_many_customers_with_one_browser() -> None:
    assert [browser(n) for n in (3, 4, 5, 6, 8, 12, 20)] == [None, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]
    assert [browser(8, everybody=n) for n in (20, 40, 60, 80, 160)] == [
        1.887,
        0.822,
        None,
        None,
        None,
    ]
    assert [browser(8, store=(n, 400)) for n in (8, 20, 40, 100)] == [2.0, 1.624, None, None]
    assert [browser(6, total=t) for t in (40, 60, 200)] == [None, 1.586, 2.0]
    assert [browser(7, n) for n in (10, 80, 200)] == [2.0, 2.0, 2.0]
    assert browser(8, score=3.0) is None
    assert browser(8, client="another") is None


def test_a_browser_beside_what_other_checks_have_seen() -> None:
    assert [browser(8, address=n) for n in (1, 2, 3, 4, 5, 6)] == [2.0, 2.0, 2.0, 2.0, None, None]
    assert [browser(8, shared=n) for n in (2, 3)] == [2.0, None]


def test_a_browser_of_hardly_too_many() -> None:
    assert [browser(n, 40, everybody=40) for n in (4, 5, 6)] == [None, None, None]
    assert [browser(4, 20, everybody=n) for n in (0, 4, 8, 12, 16)] == [2.0, 2.0, 2.0, 2.0, 1.827]


def test_what_is_not_known_has_no_browser() -> None:
    stats = company()
    assert weighs(client_concentration.check, replace(asked(), client=None), stats) is None
    assert weighs(client_concentration.check, asked(), stats) is None
