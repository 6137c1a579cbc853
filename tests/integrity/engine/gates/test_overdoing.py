"""Gates of who answers far sooner than is usual, and of what is then compared with whom."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.counters import Spread
from collector.integrity.engine.seen.overdoing import count_again, overdoing
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import asked, company


def quick(hits: int, of: int = 10, *, wait: float = 12.0, others: float = 400.0) -> Any:
    """Ten subjects with ten answers each on a channel; A0 has so many quick ones of so many."""
    stats = company()
    for n in range(9):
        for turn in range(10):
            stats.seen.moments.add(asked(
                agent=f"A{n + 1}", channel="chat", occurred=START, seconds=300.0 + 9 * turn,
                answered=START + others + 40 * turn + n,
            ))  # fmt: skip
            stats.seen.handling.add("chat", 300.0 + 9 * turn)
    for turn in range(of):
        stats.seen.moments.add(asked(
            channel="chat", occurred=START, seconds=20.0,
            answered=START + (wait if turn < hits else others + 150 + 9 * turn),
        ))  # fmt: skip
        stats.profiles["A0"].phantom.add(False)
    return stats


def test_who_has_far_more_quick_answers_than_is_usual() -> None:
    assert [overdoing(quick(n)) for n in (1, 2, 3, 4, 6)] == [{}, {}, {}, {}, {"chat": {"A0"}}]
    assert [overdoing(quick(n, 30)) for n in (2, 3, 4, 5)] == [{}, {}, {}, {}]
    assert [overdoing(quick(6, wait=w)) for w in (300.0, 390.0, 800.0)] == [
        {"chat": {"A0"}},
        {"chat": {"A0"}},
        {},
    ]
    assert overdoing(quick(6, others=1200.0, wait=950.0)) == {}


def test_nobody_is_named_while_there_is_little() -> None:
    stats = company()
    for _ in range(29):
        stats.seen.moments.add(asked(channel="chat", occurred=START, answered=START + 9.0))
    assert overdoing(stats) == {}


def test_what_is_usual_without_them() -> None:
    stats = quick(6)
    moments = stats.seen.moments
    early = asked(channel="chat", occurred=START, answered=START + 15.0)
    before = moments.rank(early)
    moments.leave_out(overdoing(stats))
    assert [round(value or 0.0, 3) for value in (before, moments.rank(early))] == [0.064, 0.005]
    assert sorted(moments.left_out) == ["A0"]
    moments.leave_out({})
    assert moments.rank(early) == before


def test_sessions_that_look_made_up_are_counted_again() -> None:
    found = []
    for seconds in (20.0, 300.0, 320.0, 380.0):
        stats = quick(6)
        for row in stats.seen.moments.by_subject.values():
            row.visits = {(place, Spread.place(seconds)): n for (place, _), n in row.visits.items()}
        named = overdoing(stats)
        stats.seen.moments.leave_out(named)
        count_again(stats, named)
        found.append(stats.profiles["A0"].phantom.hits)
    assert found == [6, 6, 0, 0]
