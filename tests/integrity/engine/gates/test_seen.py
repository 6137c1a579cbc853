"""Gates of what is remembered beside who used what."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.pace import pace
from collector.integrity.engine.seen.acquaintances import Acquaintances, Met
from collector.integrity.engine.seen.browsers import Browsers
from collector.integrity.engine.seen.handling import Handling
from collector.integrity.engine.seen.memory import Memory
from collector.integrity.engine.seen.moments import (
    Moments,
    Quick,
    at_once,
    ordinary,
    quick_in,
    usually_quick,
)
from collector.integrity.engine.seen.openings import Habits, Openings
from collector.integrity.engine.seen.sittings import Sittings
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


def test_openings_are_remembered_by_channel() -> None:
    memory = Memory()
    for channel in ("sms", None, None):
        memory.add(asked(channel=channel, opened=START - 1), usage(1), None, UsageIndex())
    memory.add(asked(opened=None), usage(1), None, UsageIndex())
    assert {key: row.known.count for key, row in memory.openings.items()} == {"sms": 1, "": 2}
    for _ in range(60):
        memory.openings[""].add(1.0, None, 0, device=True)
    assert memory.hasty(asked(channel=None, opened=START - 9, answered=START)) is False
    assert memory.hasty(asked(channel="", opened=START, answered=START)) is True


def test_who_answers_hastily() -> None:
    memory = Memory()
    for n in range(100):
        memory.openings["sms"].add(1.0 + n, None, 0, device=True)
    after = (1.0, 20.0, 22.0, 25.0, 30.0, 45.0, 60.0)
    assert [memory.hasty(asked(opened=START - s, answered=START)) for s in after] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert memory.hasty(asked(opened=None)) is None
    assert memory.hasty(asked(channel="chat", opened=START - 1, answered=START)) is None


def test_a_quarter_is_hasty() -> None:
    memory = Memory()
    for n in range(100):
        memory.openings["sms"].add(1.0 if n < 25 else 50.0, None, 0, device=True)
    case = asked(opened=START - 10, answered=START)
    assert memory.hasty(case) is True
    memory.openings["sms"].add(1.0, None, 0, device=True)
    assert memory.hasty(case) is False


def moment(number: int, seconds: float, **given: Any) -> Any:
    return asked(answered=START + seconds, occurred=START, **given)


def test_which_part_of_a_channel_came_sooner() -> None:
    moments = Moments()
    found = []
    for n in range(61):
        if n in (15, 29, 30, 31, 60):
            found.append(moments.rank(moment(0, 300.0)))
        moments.add(moment(n, 10.0 * n))
    assert three(*found) == [None, None, 0.903, 0.891, 0.475]
    times = (-5.0, 0.0, 1.0, 100.0, 9999.0)
    assert three(*(moments.rank(moment(0, t)) for t in times)) == [
        0.016,
        0.016,
        0.024,
        0.185,
        0.992,
    ]
    assert moments.rank(moment(0, 5.0, channel="chat")) is None
    assert moments.rank(asked(occurred=None)) is None
    assert moments.add(asked(occurred=None)) is None
    assert three(moments.add(moment(0, 300.0))) == [0.468]
    assert moments.add(moment(0, 300.0, channel=None)) is None
    assert set(moments.rows) == {"sms", ""}


def test_a_channel_without_a_name_is_one_of_its_own() -> None:
    moments = Moments()
    for n in range(120):
        moments.add(moment(n, 10.0 * (n % 5), channel=None))
    assert moments.rank(moment(0, 9.0, channel=None)) is not None
    assert [moments.prompt(channel) for channel in (None, "", "sms")] == [True, True, False]
    assert set(moments.rows) == {""}


def prompt(seconds: float, answers: int, channel: str | None = "chat") -> bool:
    moments = Moments()
    for _ in range(answers):
        moments.add(moment(0, seconds, channel=channel))
    return moments.prompt(channel)


def test_where_many_answer_within_moments() -> None:
    assert [prompt(100.0, n) for n in (50, 99, 100, 101)] == [False, False, True, True]
    assert [prompt(t, 200) for t in (290, 460, 470, 590, 610, 1000)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [prompt(100.0, 0, c) for c in ("in_app", "chat", None)] == [True, False, False]
    assert prompt(9000.0, 200, "in_app")


def test_where_a_quarter_answers_within_moments() -> None:
    found = []
    for quick in (20, 24, 26, 40):
        moments = Moments()
        for n in range(100):
            moments.add(moment(0, 50.0 if n < quick else 9000.0, channel="chat"))
        found.append(moments.prompt("chat"))
    assert found == [False, False, True, True]


def test_within_minutes_of_the_case_and_of_being_asked() -> None:
    assert [at_once(asked(answered=START, occurred=START - s, sent=None))
            for s in (450, 899, 900, 901, 1799)] == [True, True, True, False, False]  # fmt: skip
    assert [at_once(asked(answered=START, occurred=START - 500, sent=START - s))
            for s in (150, 299, 300, 301, 599)] == [True, True, True, False, False]  # fmt: skip
    assert not at_once(asked(occurred=None))


class Unit:
    def __init__(self) -> None:
        self.quick = Quick()


def test_quick_answers_are_counted_by_band() -> None:
    def counted(rank: float | None, **given: Any) -> tuple[list[str], list[int]]:
        unit = Unit()
        case = asked(answered=START, **{"occurred": START - 9, "sent": START - 9, **given})
        names = list(quick_in(case, rank, [unit]))
        return names, [row.hits for row in unit.quick.of("sms")]

    assert [counted(r) for r in (0.005, 0.01, 0.015, 0.03, 0.08, 0.09)] == [
        (["quick sms 0", "quick sms 1", "quick sms 2", "quick sms 3"], [1, 1, 1, 1]),
        (["quick sms 0", "quick sms 1", "quick sms 2", "quick sms 3"], [1, 1, 1, 1]),
        (["quick sms 1", "quick sms 2", "quick sms 3"], [0, 1, 1, 1]),
        (["quick sms 2", "quick sms 3"], [0, 0, 1, 1]),
        (["quick sms 3"], [0, 0, 0, 1]),
        ([], [0, 0, 0, 0]),
    ]
    assert counted(None) == ([], [0, 0, 0, 0])
    assert counted(0.005, sent=START - 900) == ([], [0, 0, 0, 0])
    unit = Unit()
    for _ in range(3):
        list(quick_in(asked(channel=None), 0.5, [unit]))
    assert [row.trials for row in unit.quick.of(None)] == [3, 3, 3, 3]
    assert [row.trials for row in unit.quick.of("sms")] == [0, 0, 0, 0]


def test_what_is_usual_of_ordinary_subjects() -> None:
    assert three(ordinary([], 0.05), ordinary([rate(5, 50)], 0.05)) == [0.05, 0.067]
    rows = [rate(2, 100) for _ in range(9)]
    assert three(ordinary(rows, 0.05), ordinary([*rows, rate(90, 100)], 0.05)) == [0.023, 0.023]
    one = Quick()
    for n in range(40):
        one.add("sms", 0.005 if n < 4 else 0.5)
    assert {key: three(*value) for key, value in usually_quick([one, Quick()]).items()} == {
        "sms": [0.036, 0.043, 0.057, 0.086]
    }


def sat(
    times: list[float], *, same: str | None = None, contact: str | None = None,
    soon: list[bool | None] | None = None,
) -> Any:  # fmt: skip
    """What is remembered of answers at these moments on one device."""
    rows = Sittings()
    for n, at in enumerate(times):
        rows.add(
            "phone", at, TODAY, same or f"C{n}", f"A{n % 2}", contact, 0, (0.6, 0.2, None),
            False if soon is None else soon[n],
        )  # fmt: skip
    return rows


def test_a_row_without_a_pause_is_a_sitting() -> None:
    found = [
        len(sat([0.0, step, 2 * step]).rows.get("phone", ()))
        for step in (0, 300, 599, 600, 601, 1199)
    ]
    assert found == [1, 1, 1, 1, 0, 0]
    assert [len(sat([60.0 * k for k in range(n)]).rows.get("phone", ())) for n in range(5)] == [
        0,
        0,
        0,
        1,
        1,
    ]
    assert sat([0.0, 1.0, 2.0], same="C").rows == {}
    times = [0.0, 1.0, 2.0, 9000.0, 9001.0, 9002.0, 99_000.0]
    assert len(sat(times).rows["phone"]) == 2
    one = sat([5.0, 3.0, 9.0, 7.0]).rows["phone"][0]
    assert (one.first, one.last) == (5.0, 9.0)


def test_who_sat_there() -> None:
    one = sat([0.0, 1.0, 2.0, 3.0], soon=[True, False, None, False]).rows["phone"][0]
    assert (one.people, one.late, one.timed, len(one.by_subject)) == (4, 2, 3, 2)
    numbers = Sittings()
    for n in range(5):
        number = None if n == 4 else f"number {n // 2}"
        numbers.add("phone", n, 0, f"C{n}", "A0", number, 0, (0.6, 0.2, None), None)
    assert numbers.rows["phone"][0].people == 2
    found = [sat([float(k) for k in range(n)]).rows["phone"][0] for n in (63, 64, 65, 130)]
    assert [row.people for row in found] == [63, 64, 64, 64]
    assert found[-1].last == 129.0
    again = Sittings()
    for n, customer in enumerate("CCDDE"):
        again.add("phone", n, 0, customer, "A0", None, 0, (0.6, 0.2, None), False)
    once = again.rows["phone"][0]
    assert (once.by_subject["A0"].total, once.late) == (3, 3)
    assert len(again.rows["phone"]) == 1
    again.add("phone", 6, 0, "C", "A0", None, 0, (0.6, 0.2, None), False)
    assert len(again.rows["phone"]) == 1


def test_the_sitting_in_which_an_answer_came() -> None:
    rows = sat([0.0, 1.0, 2.0, 9000.0, 9001.0, 9002.0])
    assert [
        (found.first if (found := rows.of("phone", at, customer)) else None)
        for at, customer in ((0.0, "C0"), (2.0, "C2"), (-1.0, "C0"), (3.0, "C0"), (9001.0, "C0"),
                             (9001.0, "C4"), (9000.0, "C3"), (9002.0, "C5"))
    ] == [0.0, 0.0, None, None, None, 9000.0, 9000.0, 9000.0]  # fmt: skip
    assert rows.of("another", 0.0, "C0") is None
    assert rows.of(None, 0.0, "C0") is None
    rows.rows[""] = rows.rows["phone"]
    assert rows.of(None, 0.0, "C0") is not None


def test_of_very_many_sittings_the_newest_are_remembered() -> None:
    times = [10_000.0 * k + j for k in range(70) for j in range(3)]
    rows = sat(times).rows["phone"]
    assert (len(rows), rows[0].first) == (64, 60000.0)


def test_sittings_are_forgotten() -> None:
    rows = sat([0.0, 1.0, 2.0])
    rows.end_day(602.0)
    assert len(rows.now) == 1
    rows.end_day(603.0)
    assert not rows.now
    rows.sweep(TODAY)
    assert len(rows.rows) == 1
    rows.sweep(TODAY + 1)
    assert rows.rows == {}


def opened(
    people: int = 100, fast: int = 20, *, slow_unknown: int = 0, fast_people: int = 0,
    at: float = 0.5, sent: float | None = 20.0, people_sent: float | None = 9000.0,
    kind: int = 0, asks: float | None = None, asks_sent: float | None = 20.0,
) -> list[float]:  # fmt: skip
    """The odds, how many were as fast, and how many people would have been."""
    row = Openings()
    for n in range(people):
        seconds = at if n < fast_people else 10.0 + n
        row.add(seconds, people_sent, 0 if n % 4 else 2, device=True)
    for n in range(slow_unknown):
        row.add(60.0 + n, people_sent, 0, device=False)
    for n in range(fast):
        row.add(at, sent, kind if kind < 3 else n % 3, device=False)
    found = row.odds(at if asks is None else asks, asks_sent)
    return [round(value, 3) for value in found]


def test_faster_than_people() -> None:
    assert [opened(n) for n in (25, 49, 50, 51)] == [
        [0.0, 0, 0.0],
        [0.0, 0, 0.0],
        [8.635, 20, 0.022],
        [8.648, 20, 0.021],
    ]
    assert [opened(fast=n) for n in (0, 2, 4, 5, 6, 40)] == [
        [0.0, 0, 0.0],
        [0.0, 2, 0.01],
        [0.0, 4, 0.01],
        [8.388, 5, 0.01],
        [8.467, 6, 0.01],
        [8.9, 40, 0.01],
    ]
    assert [opened(fast_people=n) for n in (1, 2, 5, 6, 10)] == [
        [8.51, 20, 0.031],
        [8.279, 20, 0.052],
        [7.797, 20, 0.115],
        [0.0, 0, 0.0],
        [0.0, 0, 0.0],
    ]
    assert [opened(slow_unknown=n) for n in (10, 100, 400)] == [
        [8.092, 20, 0.073],
        [5.886, 20, 1.01],
        [4.333, 20, 4.135],
    ]
    assert [opened(slow_unknown=n, fast_people=4) for n in (10, 60, 100)] == [
        [6.311, 20, 0.656],
        [4.0, 20, 5.344],
        [3.176, 20, 9.094],
    ]
    assert [opened(asks=s) for s in (0.0, -1.0, 0.3, 0.7, 5.0, 60.0)] == [
        [0.0, 0, 0.01],
        [0.0, 0, 0.01],
        [0.0, 0, 0.01],
        [8.809, 20, 0.01],
        [0.0, 0, 0.01],
        [0.0, 0, 0.0],
    ]


def test_more_than_people_who_keep_no_cookie() -> None:
    assert [opened(fast=n, slow_unknown=60, fast_people=4) for n in (6, 8, 10, 11, 12, 20)] == [
        [0.0, 6, 5.344],
        [0.0, 8, 5.344],
        [0.0, 10, 5.344],
        [3.052, 11, 5.344],
        [3.214, 12, 5.344],
        [4.0, 20, 5.344],
    ]
    assert [opened(fast=n, slow_unknown=200, fast_people=4) for n in (10, 18, 30, 40)] == [
        [0.0, 10, 18.469],
        [0.0, 18, 18.469],
        [0.0, 30, 18.469],
        [3.148, 40, 18.469],
    ]


def test_twice_as_many_as_people_would_be_are_not_too_many() -> None:
    found = []
    for more in (-1, 0, 1):
        row = Openings()
        for n in range(100):
            row.add(10.0 + n, 9000.0, 0, device=True)
        slow = row.known.quantile(0.5)
        people = 6 * (row.known.above(slow) + 2) - 1  # without a device: six are expected twice
        for _ in range(people + more):
            row.add(200.0, 9000.0, 0, device=False)
        for _ in range(6):
            row.add(0.5, 20.0, 0, device=False)
        found.append(round(row.odds(0.5, 20.0)[0], 3))
    assert found == [3.002, 0.0, 0.0]


def test_machines_answer_when_machines_do() -> None:
    sent = (-3.0, 10.0, 29.0, 31.0, 121.0, 601.0, 3601.0, 22_000.0)
    assert [opened(sent=s, asks_sent=s) for s in sent] == [
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
        [8.389, 20, 0.01],
        [-6.001, 20, 0.01],
        [-4.569, 20, 0.01],
    ]
    assert [opened(asks_sent=s) for s in (None, 3599.0, 3600.0, 3601.0, 9000.0)] == [
        [5.809, 20, 0.01],
        [7.244, 20, 0.01],
        [7.244, 20, 0.01],
        [5.809, 20, 0.01],
        [2.809, 20, 0.01],
    ]
    assert [opened(sent=9000.0, asks_sent=9000.0), opened(sent=None), opened(people_sent=None)] == [
        [-6.155, 20, 0.01],
        [-0.995, 20, 0.01],
        [7.913, 20, 0.01],
    ]
    assert [opened(people_sent=20.0), opened(people_sent=20.0, sent=9000.0)] == [
        [-6.155, 20, 0.01],
        [-3.036, 20, 0.01],
    ]
    assert [opened(fast=n, fast_people=1) for n in (4, 5, 9, 10, 11)] == [
        [0.0, 4, 0.031],
        [7.735, 5, 0.031],
        [8.121, 9, 0.031],
        [8.181, 10, 0.031],
        [8.234, 11, 0.031],
    ]


def test_machines_give_the_scores_of_machines() -> None:
    assert [opened(kind=k) for k in (0, 1, 2, 3)] == [
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
        [8.809, 20, 0.01],
    ]
    assert [opened(kind=k, people_sent=20.0) for k in (0, 3)] == [
        [-6.155, 20, 0.01],
        [-6.155, 20, 0.01],
    ]


def test_habits_that_are_alike() -> None:
    people, few = Habits(), Habits()
    assert few.unlike(people) == 0
    for n in range(40):
        people.add(n % 3, 60.0 * n)
    for n in range(6):
        few.add(0, None if n % 2 else 700.0)
    assert three(few.unlike(people), people.unlike(few), people.unlike(people)) == [
        -3.285,
        -10.348,
        -27.394,
    ]
    assert (people.sent, few.sent) == ([1, 1, 8, 30, 0, 0], [0, 0, 0, 3, 0, 0])


def test_how_long_after_the_sending_is_told_apart_here() -> None:
    habits = Habits()
    times = (29, 30, 59, 61, 119, 121, 599, 601, 1799, 1801, 3599, 3601, 10_801, 21_599, 21_601)
    found = []
    for seconds in times:
        habits.add(0, float(seconds))
        found.append(habits.sent.index(max(habits.sent)))
        habits.sent = [0] * 6
    assert found == [0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5]


def test_what_is_fast_for_people_is_fast_for_nobody() -> None:
    found = []
    for people in (4, 5, 6, 8, 10):
        row = Openings()
        for n in range(400):
            row.add(0.5 if n < people else 10.0 + n, 9000.0, 0, device=True)
        for _ in range(50):
            row.add(60.0, 9000.0, 0, device=False)
        for _ in range(5):
            row.add(0.5, 20.0, 0, device=False)
        found.append([round(value, 3) for value in row.odds(0.5, 20.0)])
    assert found == [
        [7.93, 5, 0.024],
        [7.793, 5, 0.029],
        [7.673, 5, 0.034],
        [7.467, 5, 0.045],
        [7.296, 5, 0.055],
    ]


def test_which_part_of_a_channel_was_answered_sooner_after_opening() -> None:
    row, found = Openings(), []
    for n in range(60):
        if n in (25, 49, 50, 51):
            found.append(row.rank(20.0))
        row.add(float(n), None, 0, device=bool(n % 2))
    assert three(*found) == [None, None, 0.43, 0.422]
    assert three(row.rank(-3.0), row.rank(0.0), row.rank(99.0)) == [0.008, 0.008, 1.0]


def test_a_practised_hands_pace() -> None:
    def at(hasty: int, paced: int) -> Any:
        row = counts(1, 0, 0)
        row.hasty, row.paced = hasty, paced
        return row

    assert three(*(pace([at(n, 8)]) for n in range(9))) == [
        -1.5,
        -1.5,
        -1.5,
        -1.143,
        -0.354,
        0.562,
        1.66,
        2.5,
        2.5,
    ]
    assert three(pace([]), pace([at(0, 0)]), pace([at(20, 20)]), pace([at(1, 1), at(2, 3)])) == [
        0.0,
        0.0,
        2.5,
        1.071,
    ]


def test_a_rate_without_another_ones_part() -> None:
    assert HitRate().rate_without(rate(3, 4), 0.1, 10.0) == 0.1


def test_over_which_channels_a_browser_answers() -> None:
    browsers = Browsers()
    for client, channel in (("a", "sms"), ("a", None), ("b", "sms"), ("a", "sms")):
        browsers.add(client, channel)
    assert [set(browsers.channels_of(c)) for c in "abc"] == [{"sms", ""}, {"sms"}, set()]
    browsers.sweep({"b"})
    assert set(browsers.rows) == {"b"}


def handled(
    quick: float, channel: str | None = "sms", *, own: int = 40, others: int = 200,
    other: str | None = "mail",
) -> list[float]:  # fmt: skip
    """The rank of five minutes' work, where a channel's cases take so long and others' an hour."""
    handling = Handling()
    for n in range(own):
        handling.add(channel, quick + n)
    for n in range(others):
        handling.add(other, 3600.0 + n)
    before = handling.rank(asked(channel=channel, seconds=300.0))
    handling.end_day()
    after = handling.rank(asked(channel=channel, seconds=300.0))
    return [round(value, 3) for value in (before, after)]


def test_how_long_a_case_was_worked_on() -> None:
    assert [handled(q) for q in (100.0, 290.0, 900.0, 3600.0, 9000.0)] == [
        [0.168, 0.988],
        [0.054, 0.317],
        [0.002, 0.012],
        [0.002, 0.012],
        [0.002, 0.002],
    ]
    assert [handled(100.0, own=n) for n in (15, 29, 30, 31)] == [
        [0.072, 0.072],
        [0.128, 0.128],
        [0.132, 0.984],
        [0.136, 0.984],
    ]
    assert [handled(100.0, own=n, others=m) for n, m in ((28, 1), (30, 0), (200, 40))] == [
        [0.5, 0.5],
        [0.984, 0.984],
        [0.718, 0.718],
    ]
    assert [handled(100.0, c) for c in (None, "", "chat")] == [
        [0.168, 0.988],
        [0.168, 0.988],
        [0.168, 0.988],
    ]
    assert handled(100.0, None, other="") == [0.168, 0.168]
    assert Handling().rank(asked(seconds=None)) == 0.5
    found = Handling()
    for n in range(60):
        found.add("sms", 60.0 * n)
    assert found.rank(asked(seconds=None)) == 0.5
