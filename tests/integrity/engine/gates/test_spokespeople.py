"""Gates of when one person is asked for many, and of what then still counts."""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.concentration import mostly
from collector.integrity.engine.seen.spokespeople import spokesperson
from collector.integrity.engine.usage_index import PAUSE, Origin
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.gates.asking import asked, company, origin, rate, usage


def number(customers: int, sittings: int, each: int = 1, changed: int = 0) -> Origin:
    """A number of so many customers, all of whose answers came at so many sittings."""
    return origin(*(
        usage(n % customers, at=(n * sittings // (customers * each)) * 24 * HOUR + n * 60,
              changed=n < changed, contact="one")
        for n in range(customers * each)
    ))  # fmt: skip


def test_who_sits_down_and_answers_all_that_waits() -> None:
    assert [round(spokesperson(number(12, n)), 3) for n in (1, 4, 5, 6, 8, 9, 10, 12)] == [
        1.0,
        1.0,
        0.952,
        0.714,
        0.238,
        0.0,
        0.0,
        0.0,
    ]
    assert [round(spokesperson(number(5, n)), 3) for n in (1, 2, 3, 4, 5)] == [
        1.0,
        1.0,
        0.429,
        0.0,
        0.0,
    ]


def test_who_is_asked_again_for_the_same_customers() -> None:
    assert [round(spokesperson(number(8, 8 * n, n)), 3) for n in (1, 2, 3)] == [0.0, 0.714, 1.0]


def test_a_number_that_also_took_the_place_of_those_on_file() -> None:
    assert [round(spokesperson(number(20, 1, changed=n)), 3) for n in (0, 1, 2, 4, 5, 9)] == [
        1.0,
        0.8,
        0.6,
        0.2,
        0.0,
        0.0,
    ]


def test_how_long_a_pause_ends_a_sitting() -> None:
    rows = [origin(*(usage(n, at=n * wait) for n in range(4))) for wait in (60, PAUSE - 1, PAUSE)]
    assert [(row.occasions, row.answers) for row in rows] == [(1, 4), (1, 4), (4, 4)]


def asked_for(given: dict[str, object], known: tuple[int, int] = (90, 100)) -> list[float]:
    """How far one is asked for many, and what is strange about their phone and another's."""
    stats = company()
    stats.contacts.rows["one"] = number(10, 1)
    stats.company.changed, stats.company.answers = rate(0, known[0]), known[1]
    one = Assessment(asked(**given), stats, 0.0)
    theirs, half = number(10, 1), origin(*(usage(n, contact="two") for n in range(4)))
    found = (one.asked_for_many, one.strangers(theirs), one.strangers(theirs, 1.0),
             one.strangers(half))  # fmt: skip
    return [round(value, 3) for value in found]


def test_whose_number_counts_as_on_file() -> None:
    own = {"contact": "one", "on_file": "one"}
    assert asked_for(own) == [1.0, 0.45, 0.0, 1.0]
    assert asked_for({**own, "on_file": "another"}) == [0.0, 1.0, 1.0, 1.0]
    assert asked_for({**own, "contact": "two", "on_file": "two"}) == [0.0, 1.0, 1.0, 1.0]
    assert [asked_for({**own, "on_file": None}, (n, 100))[0] for n in (0, 50, 100)] == [
        0.0,
        0.5,
        1.0,
    ]


def test_how_far_a_thing_is_mostly_one_subjects() -> None:
    rows = [usage(n) for n in range(9)]
    found = [
        mostly(origin(*rows[:n], *(usage(f"o{m}", "A1") for m in range(10 - n))), "A0")
        for n in (4, 5, 6, 7, 9)
    ]
    assert [round(value, 3) for value in found] == [0.0, 0.0, 0.25, 0.5, 1.0]
