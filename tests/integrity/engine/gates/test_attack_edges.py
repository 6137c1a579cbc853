"""Gates of which facts together make an attack, at the very value where they open."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.attack import attack_burst
from collector.integrity.engine.records import Signal
from collector.integrity.engine.running_statistics import DAY
from tests.integrity.engine.gates.asking import (
    asked,
    company,
    rate,
    weighs,
)
from tests.integrity.engine.gates.test_low_scores import AT, low, put


def told(
    origin: float, looks: float = 0.0, alike: float = 0.0, too_many: float = 0.0,
    quality: float = 0.0, **given: Any,
) -> float | None:  # fmt: skip
    """What these facts amount to; the low scores of the device say `origin`."""
    stats = company()
    put(stats, [low(n) for n in range(5)])
    stats.profiles["A0"].calls, stats.profiles["A0"].call_scores = 2, 4 * quality
    seen: list[bool] = []

    def quick(*_: Any, quick: bool) -> tuple[float, float]:
        seen.append(quick)
        return (alike if quick else 0.0), too_many

    def presumed(*_: Any, attacker: bool) -> float:
        return looks if attacker or looks < 1.5 else 0.0

    with (
        patch.object(attack_burst, "of_one_hand", lambda *a: origin * (a[3] == "device")),
        patch.object(attack_burst.phantom_session, "looks", presumed),
        patch.object(attack_burst, "_too_many", quick),
    ):
        return weighs(attack_burst.check, asked(score=1.0, answered=AT, **given), stats, AT)


def test_when_low_scores_need_a_second_fact() -> None:
    assert [told(v, too_many=1.0) for v in (0.2, 0.3, 0.49, 0.5, 0.51, 0.9)] == [
        None,
        None,
        None,
        1.5,
        1.51,
        1.9,
    ]
    assert [told(v) for v in (1.0, 3.8, 3.9, 4.0, 6.0)] == [None, None, 3.9, 4.0, 6.0]
    assert [told(2.0, too_many=v) for v in (0.2, 0.3, 0.31, 0.5)] == [None, None, 2.31, 2.5]
    assert [told(2.0, looks=v) for v in (0.2, 0.3, 0.31, 0.5)] == [None, None, 2.31, 2.5]
    assert [told(2.0, looks=0.4, alike=v, too_many=0.2) for v in (0.1, 0.3, 2.0)] == [
        2.66,
        2.82,
        4.52,
    ]
    assert [told(0.35, looks=1.0, alike=v) for v in (0.9, 1.0, 1.1)] == [None, 2.35, 2.45]
    assert [told(0.2, looks=v, too_many=1.0) for v in (0.2, 0.3, 0.31, 0.5, 0.7)] == [
        None,
        None,
        None,
        None,
        None,
    ]
    assert [told(0.2, looks=v, alike=1.7, too_many=1.0) for v in (0.2, 0.3, 0.31, 0.5, 0.7)] == [
        None,
        None,
        2.81,
        3.0,
        3.2,
    ]
    assert [told(0.5, looks=v, alike=0.1, too_many=1.0) for v in (0.25, 0.3, 0.35)] == [
        1.75,
        1.8,
        1.91,
    ]
    assert [told(0.6, alike=1.7, too_many=1.0, looks=v) for v in (0.15, 0.29, 0.31, 0.61)] == [
        1.75,
        1.89,
        3.21,
        3.51,
    ]
    assert [told(v, looks=2.0) for v in (0.49, 0.5, 0.9, 1.0, 1.1, 1.9, 2.1)] == [
        None,
        None,
        None,
        3.0,
        3.1,
        3.9,
        4.1,
    ]


def test_the_sum_of_what_speaks_for_somebody_who_harms() -> None:
    assert told(2.0, looks=1.0, alike=3.0, too_many=1.5) == 6.9
    assert told(2.0, looks=1.0, alike=1.0, too_many=1.5) == 5.1
    assert [told(4.0, quality=v) for v in (0.1, 0.2, 0.21, 0.4, 0.5)] == [4.0, 4.0, 4.5, 4.5, 4.5]
    trouble = {"signals": (Signal("complaint", None, AT - 9),)}
    assert [told(v, too_many=0.5, **trouble) for v in (1.4, 1.5, 1.6)] == [None, None, 0.1]
    assert told(6.7, looks=1.0, alike=3.0) == 7.0


def test_fewer_than_three_customers_are_nobodys_attack() -> None:
    found = []
    for names in ("C", "CC", "CD", "CCD", "CDE"):
        stats = company()
        put(stats, [low(n, respondent=name) for n, name in enumerate(names)])
        with patch.object(attack_burst, "of_one_hand", lambda *_: 5.0):
            found.append(weighs(attack_burst.check, asked(score=1.0, answered=AT), stats, AT))
    assert found == [None, None, None, None, 6.006]


def counted(days: float, at: list[float], *, quick: bool = True) -> list[float]:
    """How far lows at these moments, and those in made-up sessions, are more than usual."""
    stats = company()
    put(stats, [low(n, at=AT - t * DAY, phantom_like=True) for n, t in enumerate(at)], 400, days)
    stats.company.quick_poor = rate(len(at), 100 + len(at))
    one = Assessment(asked(score=1.0, answered=AT), stats, AT)
    near = stats.profiles["A0"].poor_near(AT, 28 * DAY)
    found = attack_burst._too_many(one, near, 28 * DAY, {}, quick=quick)
    return [round(value, 3) for value in found]


def test_how_many_in_a_day_a_week_and_four_weeks() -> None:
    assert [counted(60, [0.0, 0.1, 0.2, t]) for t in (0.9, 1.0, 1.1, 2.0, 6.9, 7.1)] == [
        [2.0, 0.0],
        [2.0, 0.0],
        [2.0, 0.0],
        [2.0, 0.0],
        [2.0, 0.0],
        [1.5, 0.0],
    ]
    assert [counted(200, [0, 2, 4, 5, t]) for t in (6.9, 7.0, 7.1, 13.9, 14.1)] == [
        [2.5, 0.0],
        [2.5, 0.0],
        [2.5, 0.0],
        [2.5, 0.0],
        [2.5, 0.0],
    ]
    assert [counted(600, [0, 9, 12, 18, t]) for t in (20, 27.9, 28.0, 28.1)] == [
        [2.5, 0.0],
        [2.5, 0.0],
        [2.5, 0.0],
        [2.0, 0.0],
    ]
    assert [counted(d, [0.0, 0.1, 0.2, 0.3]) for d in (0.5, 1, 2, 3, 10, 20, 60, 120)] == [
        [0.602, 0.0],
        [0.602, 0.0],
        [0.602, 0.0],
        [1.179, 0.0],
        [2.0, 0.0],
        [2.0, 0.0],
        [2.0, 0.0],
        [2.0, 0.077],
    ]
    assert counted(60, [0.0, 0.1, 0.2, 0.3, 0.4], quick=False) == [0.0, 0.0]
