"""Gates of how soon after the case, and how long from opening, people answer."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.seen.memory import Memory
from collector.integrity.engine.seen.moments import (
    Moments,
    Quick,
    at_once,
    ordinary,
    quick_in,
    usually_quick,
)
from collector.integrity.engine.usage_index import UsageIndex
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import asked, rate, usage
from tests.integrity.engine.gates.test_acquaintances import three


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
