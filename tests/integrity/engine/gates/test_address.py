"""Gates of the checks on an address, a network, a row of answers and a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from collector.integrity.engine.checks.origin import (
    client_concentration,
    network_concentration,
    rapid_run,
)
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
from tests.integrity.engine.gates.test_device import seen


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
