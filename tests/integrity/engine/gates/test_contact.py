"""Gates of the checks on whom was asked."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.checks.contact import contact_changed, contact_reused, staff_contact
from collector.integrity.engine.usage_index import Cluster
from tests.integrity.engine.gates.asking import (
    asked,
    company,
    counts,
    origin,
    rate,
    usage,
    weighs,
)

OTHER = {"contact": "number", "on_file": "own"}


def staff(customers: int, changed: int = 0, **given: Any) -> float | None:
    """A colleague's number that was asked for so many customers, for some in place of theirs."""
    stats = company()
    stats.contacts.rows["number"] = origin(
        *(usage(n, changed=n < changed) for n in range(customers)), usage(0)
    )
    own = {"contact": "number", "on_file": "number", "staff_contact": True}
    return weighs(staff_contact.check, asked(**{**own, **given}), stats)


def test_a_colleagues_number() -> None:
    assert [staff(n) for n in (1, 2, 3, 4, 5, 6)] == [2, 2, 3.5, 3.5, 3.5, 3.5]
    assert [staff(n, 1) for n in (3, 4)] == [2, 3.5]
    assert [staff(n, on_file="own") for n in (1, 3)] == [4.5, 4.5]
    assert staff(3, score=3.0) is None
    assert staff(3, staff_contact=False) is None
    assert weighs(staff_contact.check, asked(staff_contact=True), company()) == 2


def changed(
    hits: int = 0, trials: int = 10, *, usual: float = 0.05, everybody: int = 30,
    contact: Any = None, **given: Any,
) -> float | None:  # fmt: skip
    """Another number than the customer's, where so many of the subject's changed theirs."""
    stats = company()
    stats.company.changed = rate(0, everybody)
    stats.profiles["A0"].changed = rate(hits, trials)
    stats.usual_changed = usual
    if contact is not None:
        stats.contacts.rows["number"] = contact
    return weighs(contact_changed.check, asked(**{**OTHER, **given}), stats)


def test_a_number_that_is_not_on_file() -> None:
    assert [changed(everybody=n) for n in (15, 29, 30, 31)] == [None, None, 1.797, 1.797]
    assert changed(score=3.0) is None
    assert changed(on_file="number") is None
    assert [changed(usual=u) for u in (0.01, 0.03, 0.1, 0.3)] == [2.0, 2.0, 1.382, 0.722]


def test_more_changed_numbers_than_usual() -> None:
    assert [changed(n, 100) for n in (7, 12, 20, 40)] == [1.797, 1.98, 2.896, 3.743]
    assert [changed(150, 200, usual=u) for u in (0.005, 0.01, 0.04)] == [5.6, 5.6, 4.808]


def test_those_who_were_asked_over_this_very_number_are_another_checks() -> None:
    here = [origin(*(usage(n) for n in range(many)), usage(0)) for many in (1, 2, 4, 8)]
    assert [changed(20, 100, contact=contact) for contact in here] == [2.896, 2.827, 2.673, 2.146]
    other = origin(*(usage(n, "A1") for n in range(3)))
    assert changed(12, 100, contact=other) == changed(12, 100)


def test_where_people_stand_in_for_each_other_another_number_is_usual() -> None:
    several = origin(usage(0), usage(1, "A1"))
    assert [changed(12, 100, contact=several), changed(0, 10, contact=several)] == [1.485, 1.348]


def reused(
    customers: int, not_on_file: int = 0, *, subjects: int = 1, phones: int | None = None,
    days: int = 9, agents: int = 10, stores: tuple[str, ...] = ("S",), rest: int = 0,
    others: int = 0, often: int = 0, unknown: int = 0, stand_ins: Any = None, **given: Any,
) -> float | None:  # fmt: skip
    """A number of so many customers, asked for so many subjects, on one device or on many."""
    stats = company(agents, stores=stores)
    stats.seen.stood_in = stand_ins or stats.seen.stood_in
    many = customers if phones is None else phones
    stats.contacts.rows["number"] = origin(
        *(
            usage(
                n, f"A{n % subjects if n < customers - others else agents - 1}",
                changed=n < not_on_file,
                device=None if n < unknown else "one" if n < many else f"own {n}", day=n % days,
                kind=2 if n < rest else 0, store=stores[n % len(stores)], often=n < often,
            )
            for n in range(customers)
        ), usage(0, day=0, changed=not_on_file > 0, device="one" if many else "own 0",
                 kind=2 if rest else 0, often=often > 0),
    )  # fmt: skip
    own = {"contact": "number", "on_file": "number", "customer": "new"}
    return weighs(contact_reused.check, asked(**{**own, **given}), stats)


def test_a_number_in_place_of_those_on_file() -> None:
    own = {"on_file": "own", "phones": 0}
    assert [reused(n, n, **own) for n in (1, 2, 3, 4, 5, 9)] == [None, 1.5, 3.0, 4.5, 4.5, 4.5]
    assert [reused(5, n, **own) for n in (0, 1, 2, 3, 4, 5)] == [0.3, 0.3, 1.5, 3.0, 4.5, 4.5]
    assert reused(5, 5, score=3.0, **own) is None


def test_a_number_in_place_of_those_on_file_for_several_subjects() -> None:
    own = {"on_file": "own", "phones": 0, "subjects": 2}
    assert [reused(n, n, **own) for n in (2, 3, 4, 6, 9)] == [1.5, 2.625, 2.382, 3.75, 3.75]
    assert [reused(6, n, **own) for n in (1, 2, 3)] == [0.3, 0.337, 2.625]
    assert [reused(n, n, rest=1, **own) for n in (3, 6)] == [1.309, 0.879]
    assert [reused(12, 12, on_file="own", phones=0, subjects=s) for s in (4, 8, 9)] == [
        3.75,
        1.012,
        1.012,
    ]
    assert [reused(26, 26, on_file="own", phones=0, subjects=s, agents=30) for s in (12, 13)] == [
        3.75,
        1.012,
    ]


def test_whose_number_it_is_nobody_can_say_without_the_file() -> None:
    assert [reused(n, on_file=None, phones=0) for n in (2, 3, 4, 8)] == [0.567, 1.1, 1.6, 1.6]


def test_customers_with_one_number_and_one_phone() -> None:
    assert [reused(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 12)] == [
        0.2,
        0.5,
        1.0,
        2.0,
        3.0,
        4.0,
        5.0,
        5.0,
        5.0,
    ]
    assert [reused(8, phones=n) for n in (2, 3, 4, 5)] == [0.3, 0.5, 1.0, 2.0]
    assert [reused(8, stores=("S", "Q"), phones=n) for n in (3, 8)] == [1.0, 5.5]
    assert [reused(8, stores=("S", "Q"), phones=n) for n in (1, 2)] == [0.3, 0.3]
    assert [reused(8, days=n) for n in (1, 2)] == [0.3, 5.0]


def test_customers_with_one_number_and_one_phone_who_come_often() -> None:
    assert [reused(8, often=n) for n in (0, 2, 4, 8)] == [5.0, 3.75, 2.5, 0.3]


def test_customers_with_one_number_who_met_others_too() -> None:
    assert [reused(10, others=n) for n in (1, 2, 3, 4, 5)] == [5.0, 5.0, 5.0, 4.167, 0.3]
    assert [reused(10, subjects=n) for n in (2, 3, 5, 9)] == [0.3, 0.3, 0.3, 0.3]


def test_customers_with_one_number_and_many_peoples_scores() -> None:
    assert [reused(8, rest=n) for n in (0, 1, 2, 3, 4)] == [5.0, 5.0, 3.476, 1.938, 0.601]
    assert [reused(8, 8, rest=n, on_file="own", phones=0) for n in (0, 1, 2, 3, 4)] == [
        4.5,
        4.5,
        3.129,
        1.745,
        0.541,
    ]


def test_the_owner_of_a_number_that_others_were_given() -> None:
    assert [reused(8, n) for n in (0, 6, 7, 8)] == [5.0, 5.0, 0.3, 5.0]
    assert [reused(8, n, on_file="own") for n in (6, 7, 8)] == [5.0, 5.0, 5.0]
    assert [reused(8, n, on_file=None) for n in (6, 7, 8)] == [5.0, 5.0, 5.0]


def test_scores_of_a_cluster_move_what_many_changed_numbers_say() -> None:
    stats = company()
    stats.company.changed = rate(0, 30)
    stats.profiles["A0"].changed = rate(20, 100)
    found = []
    for rest in (0, 4, 8):
        cluster = stats.clusters["changed", "A0"] = Cluster()
        cluster.counts = counts(20 - rest, 0, rest)
        found.append(weighs(contact_changed.check, asked(**OTHER), stats))
    assert found == [4.396, 2.622, 1.797]


def test_how_sure_it_is_that_a_number_is_one_subjects() -> None:
    assert [reused(8, agents=3, others=n) for n in (0, 1, 2, 3)] == [5.0, 5.0, 5.0, 1.647]
    assert [reused(n, agents=2, others=1) for n in (5, 6, 7, 8)] == [0.988, 2.298, 4.0, 5.0]
    assert [reused(n, agents=2) for n in (3, 4, 5)] == [0.389, 1.0, 2.0]


def test_how_sure_it_is_that_a_number_is_a_rings() -> None:
    assert [reused(4, n, subjects=3, agents=5) for n in range(5)] == [0.3, 0.3, 0.3, 0.3, 0.3]
    assert [reused(8, n, subjects=4, agents=5) for n in (3, 4, 5)] == [0.3, 0.3, 0.3]
    assert [reused(9, n, subjects=4, agents=5) for n in (2, 4, 5, 9)] == [0.3, 0.3, 0.499, 0.499]


def test_a_ring_begins_with_two_customers_whose_number_it_is_not() -> None:
    nobody = counts(30, 0, 0, (0.6, 0.4))
    own = {"on_file": "own", "phones": 0, "subjects": 2, "stand_ins": nobody}
    assert [reused(3, n, **own) for n in (1, 2, 3)] == [0.3, 1.875, 3.281]


def test_devices_that_are_not_known_are_not_one_phone() -> None:
    assert [reused(8, unknown=n) for n in (0, 3, 6, 8)] == [5.0, 2.0, 0.3, 0.3]


def test_a_number_of_one_customer_is_nothing() -> None:
    assert weighs(contact_reused.check, asked(), company()) is None
