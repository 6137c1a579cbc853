"""Gates of one judgement's questions, of answers that wait, and of an answer's weight."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.combine import BOOSTING, Verdict
from collector.integrity.engine.gained import PUBLIC_FROM, Gained
from collector.integrity.engine.subjects.weight_adjustments import WeightAdjustment
from collector.integrity.engine.usage_index import SOON
from collector.integrity.engine.weights import explained, weigh
from tests.integrity.engine.gates.asking import asked, company, origin, usage


def test_what_one_judgement_asks_of_a_device() -> None:
    found = []
    for customers in (1, 2, 3):
        stats = company()
        if customers > 1:
            stats.devices.rows["phone"] = origin(*(usage(n) for n in range(customers)))
        one = Assessment(asked(device="phone"), stats, 0.0)
        found.append([
            one.device is not None, one.shared_device is not None, one.device_scores is not None,
            one.device_presence is not None, one.assisted,
        ])  # fmt: skip
    assert found == [
        [False, False, False, False, False],
        [True, False, False, False, False],
        [True, True, True, True, False],
    ]


def test_what_one_judgement_asks_of_a_number() -> None:
    found = []
    for customers in (1, 2, 3):
        stats = company()
        if customers > 1:
            stats.contacts.rows["number"] = origin(*(usage(n) for n in range(customers)))
        one = Assessment(asked(contact="number"), stats, 0.0)
        found.append(one.shared_contact)
    assert found == [False, False, True]


def test_a_device_on_which_many_hands_gave_scores_is_an_assisted_one() -> None:
    stats = company()
    kinds = (0, 0, 0, 0, 1, 1, 2, 2)
    stats.devices.rows["phone"] = origin(*(usage(n, kind=k) for n, k in enumerate(kinds)))
    assert Assessment(asked(device="phone"), stats, 0.0).assisted
    other = Assessment(asked(device="phone", agent="A1"), stats, 0.0)
    assert not other.assisted
    assert other.device_scores is not None
    assert other.device_scores.total == 0


def test_who_is_not_there_yet_has_no_scores_there() -> None:
    stats = company()
    there = origin(*(usage(n, "A1", when=SOON) for n in range(4)))
    one = Assessment(asked(), stats, 0.0)
    assert one.presence_at(there).soon == 0


def looked(customers: int, more: int = 1, **given: Any) -> list[str]:
    """Which answers are looked at once the phone has so many customers more."""
    stats, gained = company(), Gained()
    case = asked(device="phone", contact=None, **given)
    rows = [usage(n) for n in range(customers)]
    for one in rows:
        stats.devices.add("phone", one)
    gained.wait(case, stats)
    for n in range(more):
        stats.devices.add("phone", usage(f"new {n}"))
    gained.used(case)
    return [found.id for found in gained.look(stats)]


def test_what_gains_a_customer_is_looked_at_again() -> None:
    assert [len(looked(n)) for n in (1, 2, 11, 12, 22, 23, 24, 30)] == [1, 1, 1, 1, 1, 0, 0, 0]
    assert [len(looked(2, n)) for n in (0, 1, 21, 22, 23)] == [0, 1, 1, 0, 0]
    assert PUBLIC_FROM == 24


def test_nothing_is_looked_at_twice_for_one_customer() -> None:
    stats, gained = company(), Gained()
    first, second = asked(device="phone"), asked(device="phone", id="S")
    stats.devices.add("phone", usage(0))
    gained.wait(first, stats)
    stats.devices.add("phone", usage(1))
    gained.wait(second, stats)
    gained.used(second)
    assert [case.id for case in gained.look(stats)] == [first.id, "S"]
    gained.used(second)
    assert list(gained.look(stats)) == []
    stats.devices.add("phone", usage(2))
    gained.used(second)
    assert len(list(gained.look(stats))) == 2
    stats.devices.add("phone", usage(3))
    assert list(gained.look(stats)) == []


def test_on_a_public_thing_nobody_waits() -> None:
    found = []
    for customers in (23, 24, 25, 60):
        stats, gained = company(), Gained()
        for n in range(customers):
            stats.devices.add("phone", usage(n))
        gained.wait(asked(device="phone", contact=None), stats)
        found.append(len(gained.waiting))
    assert found == [1, 0, 0, 0]


def test_a_number_gains_a_customer_like_a_phone() -> None:
    stats, gained = company(), Gained()
    case = asked(device=None, contact="number")
    for n in range(2):
        stats.contacts.add("number", usage(n))
    stats.devices.add("number", usage(9))
    gained.wait(case, stats)
    stats.contacts.add("number", usage(2))
    gained.used(case)
    assert len(list(gained.look(stats))) == 1


def test_what_is_final_waits_no_more() -> None:
    stats, gained = company(), Gained()
    first, second = asked(device="phone"), asked(device="phone", id="S")
    for case in (first, second):
        gained.wait(case, stats)
    gained.let_go(first)
    gained.let_go(asked(device="nobody's", contact=None))
    assert [len(row) for row in gained.waiting.values()] == [1, 1]
    gained.used(second)
    gained.let_go(second)
    assert (gained.waiting, gained.customers) == ({}, {})
    assert list(gained.look(stats)) == []


def test_what_shares_nothing_waits_for_nothing() -> None:
    gained = Gained()
    gained.wait(asked(device=None, contact=None), company())
    gained.used(asked())
    assert (gained.waiting, gained.used_again) == ({}, {})


CLEAN = Verdict("clean", 1.0, 0.1, BOOSTING, ())


def weighed(
    lost: float = 0.0, other: float = 1.0, low: float = 1.0, *, spot: bool = False,
    best: bool = False, poor: bool = False, verdict: Verdict = CLEAN,
) -> tuple[object, ...]:  # fmt: skip
    """Verdict, weight and reasons of an answer to a subject with these practices."""
    found = weigh(
        verdict, spot_best=spot, best=best, poor=poor,
        adjustment=WeightAdjustment(lost, other, low),
    )  # fmt: skip
    return found.verdict, found.weight, found.reasons, found.influenced, found.stands_for


def test_a_best_score_on_the_spot_loses_what_is_likely_influenced() -> None:
    assert [weighed(v, 2.0, spot=True, best=True) for v in (0.04, 0.05, 0.06, 0.4)] == [
        ("clean", 1.0, (), 0.0, 1.0),
        ("suspect", 0.95, ("ON_THE_SPOT_BEST",), 0.05, 1.0),
        ("suspect", 0.94, ("ON_THE_SPOT_BEST",), 0.06, 1.0),
        ("suspect", 0.6, ("ON_THE_SPOT_BEST",), 0.4, 1.0),
    ]
    assert weighed(0.4, best=True) == ("clean", 1.0, (), 0.0, 1.0)


def test_other_answers_stand_for_what_was_lost() -> None:
    assert [weighed(0.4, v) for v in (1.0, 1.04, 1.05, 1.06, 1.5)] == [
        ("clean", 1.0, (), 0.0, 1.0),
        ("clean", 1.0, (), 0.0, 1.0),
        ("clean", 1.05, ("STANDS_FOR_INFLUENCED",), 0.0, 1.05),
        ("clean", 1.06, ("STANDS_FOR_INFLUENCED",), 0.0, 1.06),
        ("clean", 1.5, ("STANDS_FOR_INFLUENCED",), 0.0, 1.5),
    ]
    assert [weighed(0.4, 1.5, best=True), weighed(0.0, 1.5, spot=True, best=True)] == [
        ("clean", 1.0, (), 0.0, 1.0),
        ("clean", 1.0, (), 0.0, 1.0),
    ]
    assert weighed(0.04, 1.5, spot=True) == ("clean", 1.5, ("STANDS_FOR_INFLUENCED",), 0.0, 1.5)


def test_low_scores_stand_for_customers_who_were_not_asked() -> None:
    assert [weighed(low=v, poor=True) for v in (1.0, 1.04, 1.05, 1.06, 1.5, 9.0)] == [
        ("clean", 1.0, (), 0.0, 1.0),
        ("clean", 1.0, (), 0.0, 1.0),
        ("clean", 1.05, ("STANDS_FOR_WITHHELD",), 0.0, 1.05),
        ("clean", 1.06, ("STANDS_FOR_WITHHELD",), 0.0, 1.06),
        ("clean", 1.5, ("STANDS_FOR_WITHHELD",), 0.0, 1.5),
        ("clean", 4.0, ("STANDS_FOR_WITHHELD",), 0.0, 4.0),
    ]
    assert [weighed(low=1.5), weighed(other=2.0, low=2.5, poor=True)] == [
        ("clean", 1.0, (), 0.0, 1.0),
        ("clean", 4.0, ("STANDS_FOR_INFLUENCED", "STANDS_FOR_WITHHELD"), 0.0, 4.0),
    ]
    assert weighed(other=3.0, low=3.0, poor=True) == (
        "clean",
        4.0,
        ("STANDS_FOR_INFLUENCED", "STANDS_FOR_WITHHELD"),
        0.0,
        4.0,
    )


def test_what_is_rejected_stays_so_and_nothing_is_added_without_a_finding() -> None:
    rejected = Verdict("rejected", 0.0, 0.9, BOOSTING, ("X",))
    assert weighed(0.4, 2.0, 2.0, poor=True, verdict=rejected) == (
        "rejected",
        0.0,
        ("X",),
        0.0,
        1.0,
    )
    found = weigh(CLEAN, spot_best=True, best=True, poor=False, adjustment=None)
    assert (found.verdict, found.weight, found.reasons) == ("clean", 1.0, ())


def told(**given: bool) -> tuple[object, ...]:
    """The evidence of a suspect answer to a subject with practices, and its weight."""
    half = Verdict("suspect", 0.5, 0.5, BOOSTING, ("X",))
    found = weigh(half, adjustment=WeightAdjustment(0.25, 1.5, 1.2), **given)
    return explained(found, {"X": {"nats": 1}}), found.weight


def test_a_weight_is_explained() -> None:
    assert told(spot_best=True, best=True, poor=False) == (
        {"X": {"nats": 1}, "ON_THE_SPOT_BEST": {"influenced": 0.25}},
        0.375,
    )
    assert told(spot_best=False, best=False, poor=True) == (
        {
            "X": {"nats": 1},
            "STANDS_FOR_INFLUENCED": {"customers": 1.8},
            "STANDS_FOR_WITHHELD": {"customers": 1.8},
        },
        0.9,
    )
    assert told(spot_best=False, best=True, poor=False) == ({"X": {"nats": 1}}, 0.5)
