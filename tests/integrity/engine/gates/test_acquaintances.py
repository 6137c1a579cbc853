"""Gates of whom customers meet who come again, and of who stands in for others."""

from __future__ import annotations

from collector.integrity.engine.seen.acquaintances import Acquaintances, Met
from collector.integrity.engine.seen.memory import Memory
from collector.integrity.engine.usage_index import UsageIndex
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import TODAY, asked, counts, origin, rate, usage

DAY = 86_400.0


def three(*values: float | None) -> list[float | None]:
    return [None if value is None else round(value, 3) for value in values]


def regulars(
    often: int, *, others: int = 0, elsewhere: int = 0, also: int = 0, all_often: int = 100,
    returned: tuple[int, int] = (0, 0), unknown: int = 0,
) -> float:  # fmt: skip
    """An origin of six customers, so many of whom come often and met so many subjects elsewhere."""
    who = Acquaintances()
    who.returning, who.often = rate(*returned), rate(all_often, 1000)
    rows = [usage(n, "A0" if n < 6 - others else "A1", often=n < often) for n in range(6)]
    for n in range(6 - unknown):
        name = rows[n].subject
        for _ in range(1 + elsewhere):
            who.add(str(n), name, TODAY, often=False)
        for k in range(also):
            who.add(str(n), f"B{k}", TODAY, often=False)
    who.returning, who.often = rate(*returned), rate(all_often, 1000)
    return round(who.not_regulars(origin(*rows), "A0"), 3)


def test_who_comes_often_and_keeps_to_one() -> None:
    assert [regulars(n) for n in (0, 1, 3, 6)] == [1.0, 0.833, 0.5, 0.0]
    assert [regulars(6, elsewhere=n) for n in (1, 3, 9)] == [0.0, 0.0, 0.0]
    assert [regulars(6, also=n) for n in (1, 3, 9)] == [0.6, 0.818, 0.931]
    assert [regulars(6, others=n, also=1) for n in (1, 2, 3)] == [0.6, 0.6, 0.6]
    assert [regulars(6, others=1, elsewhere=2), regulars(6, unknown=3, also=2)] == [0.125, 0.429]


def test_who_keeps_to_one_keeps_no_more_than_all() -> None:
    assert [regulars(n, others=1, elsewhere=3, unknown=1) for n in (3, 6)] == [0.5, 0.0]


def test_who_comes_often_where_that_is_usual_or_nobody_keeps_to_one() -> None:
    assert [regulars(6, returned=(n, 60)) for n in (0, 30, 60)] == [0.1, 0.1, 0.0]
    assert [regulars(6, returned=(0, 900), all_often=n) for n in (0, 300, 900, 1000)] == [
        0.0,
        0.3,
        0.9,
        0.978,
    ]
    nobody = Acquaintances()
    there = origin(*(usage(n, often=True) for n in range(4)))
    assert three(nobody.not_regulars(there, "A0")) == [0.0]


def test_an_origin_of_one_subject_begins_here() -> None:
    found = []
    for others in (0, 1, 2, 3):
        who = Acquaintances()
        rows = [usage(n, "A0" if n < 10 - others else "A1", often=True) for n in range(10)]
        for row in rows:
            who.add(row.customer, row.subject, TODAY, often=True)
            who.add(row.customer, "A1", TODAY, often=True)
            who.add(row.customer, "B", TODAY, often=True)
        who.returning = rate(0, 200)
        found.append(round(who.not_regulars(origin(*rows), "A0"), 3))
    assert found == [0.985, 0.985, 0.985, 0.568]


def test_who_met_whom() -> None:
    who = Acquaintances()
    for subject, often in (("A", False), ("A", True), ("B", False), ("A", True)):
        who.add("C", subject, TODAY, often=often)
    who.add(None, "A", TODAY, often=True)
    who.add("D", "B", TODAY - 1, often=False)
    assert (who.returning.hits, who.returning.trials) == (2, 3)
    assert (who.often.hits, who.often.trials) == (3, 6)
    assert who.answers(["C", "D", "E"], ["A"]) == (3, 5)
    assert who.answers(["C", "D"], ["B"]) == (2, 5)
    who.sweep(TODAY)
    assert list(who.rows) == ["C"]
    who.sweep(TODAY + 1)
    assert not who.rows
    who.add("D", "B", TODAY, often=False)
    who.sweep(TODAY)
    assert list(who.rows) == ["D"]
    who.sweep(TODAY + 1)
    assert not who.rows


def test_of_very_many_subjects_only_the_first_are_remembered() -> None:
    met = Met(3, "S0")
    known = [met.add(3, f"S{n}") for n in range(40)]
    assert (len(met.by_subject), met.total, sum(known)) == (16, 41, 1)
    assert [met.add(2, name) for name in ("S5", "S30")] == [True, False]
    assert met.day == 3


def test_who_met_very_many_is_still_counted_for_the_first() -> None:
    met = Met(3, "S0")
    for n in range(40):
        met.add(3, f"S{n}")
    assert (met.by_subject["S0"], met.by_subject["S15"]) == (2, 1)
    assert met.add(3, "S15")
    assert met.by_subject["S15"] == 2


def test_nobody_comes_often_where_nobody_is_known_to() -> None:
    who = Acquaintances()
    who.often = rate(1, 1)
    assert who.not_regulars(origin(*(usage(n) for n in range(4))), "A0") == 1.0
    often = origin(*(usage(n, often=True) for n in range(4)))
    who.returning = rate(0, 900)
    assert three(who.not_regulars(often, "A0")) == [0.978]
    assert three(who.not_regulars(often, "nobody")) == [0.978]


def test_who_stands_in_for_others() -> None:
    memory, found = Memory(), []
    for best, rest, expected in ((0, 0, 0.2), (20, 0, 0.2), (20, 8, 0.2), (20, 30, 0.2)):
        memory.stood_in = counts(best, 0, rest, (0.6, expected))
        found.append(memory.stand_ins())
    assert three(*found) == [0.25, 0.125, 0.937, 1.0]


def test_only_numbers_in_place_of_the_files_of_several_subjects_are_stood_in_for() -> None:
    found = []
    for changed, subjects, uses in ((True, 2, 2), (False, 2, 2), (True, 1, 2), (True, 1, 1)):
        memory, contacts = Memory(), UsageIndex()
        row = usage(1, "A0", changed=changed, kind=2)
        for n in range(uses):
            contacts.add("number", usage(n, f"A{n % subjects}"))
        memory.add(asked(contact="number"), row, None, contacts)
        found.append(memory.stood_in.rest)
    assert found == [1, 0, 0, 0]


def test_what_comes_from_no_known_place_is_in_no_sitting() -> None:
    memory = Memory()
    for n in range(4):
        memory.add(asked(device=None, ip="ip", opened=None), usage(n), False, UsageIndex())
    assert (len(memory.device_sittings.now), len(memory.ip_sittings.rows)) == (0, 1)
    assert not memory.openings
    memory.end_day(START + 9 * DAY)
    assert not memory.ip_sittings.now
    memory.sweep(TODAY + 1)
    assert not memory.ip_sittings.rows
