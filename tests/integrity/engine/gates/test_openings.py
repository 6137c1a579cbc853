"""Gates of who is faster than people; of a practised hand's pace; of how long a case took."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.seen.browsers import Browsers
from collector.integrity.engine.seen.handling import Handling
from collector.integrity.engine.seen.openings import Habits, Openings
from collector.integrity.engine.seen.pace import pace
from tests.integrity.engine.gates.asking import asked, counts, rate
from tests.integrity.engine.gates.test_acquaintances import three


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
