"""Gates of the check on low scores that somebody makes."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.checks.attack import attack_burst
from collector.integrity.engine.records import Signal
from collector.integrity.engine.running_statistics import DAY
from tests.integrity.engine.gates.asking import (
    asked,
    company,
    origin,
    rate,
    usage,
    weighs,
)
from tests.integrity.engine.gates.test_low_scores import AT, low, put


def burst(
    lows: int, *, where: str | None = "device", phantom: int = 0, quick: bool = False,
    elsewhere: int = 0, answers: int = 60, days: float = 60, spread: float = 0.0,
    calls: tuple[int, float] = (0, 0.0), trouble: bool = False, usual: tuple[int, int] = (0, 0),
    mine: tuple[int, int] = (0, 0), others: int = 0, since: float = 0.0, **given: Any,
) -> float | None:  # fmt: skip
    """So many low scores from one place, so many in sessions that look made up."""
    stats = company()
    rows = [usage(n, kind=2) for n in range(lows)]
    rows += [usage(f"other {n}", "A1") for n in range(others)]
    if where is not None and lows > 1:
        index = {"device": stats.devices, "ip": stats.ips, "net": stats.nets}[where]
        index.rows["here"] = origin(*rows)
    near = [
        low(n, **({where: "here"} if where else {}), respondent=str(n), phantom_like=n < phantom,
            at=AT - n * spread * DAY)
        for n in range(lows)
    ]  # fmt: skip
    near += [low(100 + n, at=AT - since * DAY) for n in range(elsewhere)]
    put(stats, near, answers, days)
    profile = stats.profiles["A0"]
    profile.calls, profile.call_scores = calls
    profile.phantom = rate(mine[0], mine[1])
    stats.company.quick_poor = rate(usual[0] + profile.quick_poor.hits,
                                    usual[1] + profile.quick_poor.trials)  # fmt: skip
    own: dict[str, Any] = {"score": 1.0, "answered": AT, "occurred": AT - 5 * 3600}
    if quick:
        for n in range(200):
            one = asked(channel="in_app", answered=AT + 10 * n, occurred=AT)
            stats.seen.moments.add(one)
            stats.seen.handling.add("in_app", 10.0 * n)
        own |= {"channel": "in_app", "occurred": AT - 20, "seconds": 20.0}
    if where:
        own[where] = "here"
    if trouble:
        own["signals"] = (Signal("complaint", None, AT - 9),)
    return weighs(attack_burst.check, asked(**{**own, **given}), stats, AT)


def test_low_scores_that_one_hand_made() -> None:
    assert [burst(n) for n in (1, 2, 3, 4, 5, 6, 9, 14)] == [
        None,
        None,
        3.695,
        6.331,
        7.0,
        7.0,
        7.0,
        7.0,
    ]
    assert [burst(n, where="ip") for n in (2, 3, 4, 5, 6, 9)] == [
        None,
        2.7,
        4.694,
        5.989,
        5.989,
        5.989,
    ]
    assert [burst(n, where="net") for n in (2, 3, 4, 5, 6, 9)] == [
        None,
        2.188,
        3.851,
        4.85,
        4.85,
        4.85,
    ]
    assert burst(9, score=4.0) is None
    assert [burst(2, elsewhere=n) for n in (0, 1, 2, 6)] == [None, 2.147, 2.837, 2.966]
    assert [burst(4, others=n) for n in (4, 8, 40, 80)] == [6.331, 6.331, 4.347, 4.347]
    assert [burst(n, others=20 * n) for n in (3, 4, 5, 6)] == [2.188, 4.347, 6.19, 6.86]


def test_low_scores_with_nothing_in_common() -> None:
    assert [burst(n, where=None) for n in (3, 6, 12, 20)] == [None, None, None, None]
    assert [burst(n, where=None, quick=True) for n in (3, 6, 12, 20)] == [2.881, 3.7, 3.7, 3.7]


def test_low_scores_in_sessions_that_look_made_up() -> None:
    assert [burst(n, where=None, quick=True, phantom=n) for n in (2, 3, 4, 5, 6, 7, 9)] == [
        None,
        4.109,
        5.023,
        5.6,
        6.1,
        6.1,
        6.1,
    ]
    assert [burst(6, where=None, quick=True, phantom=n) for n in range(7)] == [
        3.7,
        3.7,
        3.7,
        4.6,
        5.1,
        5.6,
        6.1,
    ]
    assert [burst(n, quick=True, phantom=n) for n in (3, 4, 6)] == [7.0, 7.0, 7.0]
    assert [burst(6, where=None, quick=True, phantom=6, seconds=s) for s in (300.0, 900.0)] == [
        5.752,
        5.018,
    ]
    found = [
        burst(6, where=None, quick=True, phantom=6, occurred=AT - s, seconds=s)
        for s in (200.0, 400.0, 800.0, 1100.0, 1900.0)
    ]
    assert found == [4.669, None, None, None, None]


def test_low_scores_in_such_sessions_where_they_are_usual() -> None:
    own: dict[str, Any] = {"where": None, "quick": True, "phantom": 6}
    assert [burst(6, usual=(n, 200), **own) for n in (0, 10, 60, 150)] == [6.1, 6.1, 6.1, 6.1]
    assert [burst(6, usual=(n, 4), **own) for n in (0, 4)] == [6.1, 6.1]
    assert [burst(6, mine=(n, 80), **own) for n in (0, 6, 10, 40, 80)] == [
        6.1,
        6.1,
        6.1,
        6.1,
        5.953,
    ]
    assert [burst(6, mine=(n, n), **own) for n in (3, 6, 9, 26)] == [6.1, 6.1, 6.1, 6.1]
    assert [burst(12, phantom=n, where=None, quick=True, mine=(30, 80)) for n in (6, 12)] == [
        6.1,
        6.1,
    ]


def test_low_scores_more_than_usual() -> None:
    assert [burst(4, elsewhere=n) for n in (0, 4, 8, 16)] == [6.331, 6.46, 6.46, 6.46]
    assert [burst(4, answers=n) for n in (10, 40, 200, 900)] == [5.647, 6.46, 5.035, 4.96]
    assert [burst(4, days=d) for d in (1, 10, 60, 300)] == [4.96, 4.96, 6.331, 6.46]
    assert [burst(4, days=d, answers=400) for d in (1, 10, 60, 300)] == [4.96, 4.96, 4.96, 6.041]
    assert [burst(6, spread=s, answers=300) for s in (0.0, 0.3, 1.0, 2.0, 5.0)] == [
        6.917,
        6.7,
        6.7,
        6.7,
        6.7,
    ]
    assert [burst(6, spread=s, answers=300) for s in (5.7, 11.1, 11.3)] == [6.7, 6.7, 6.7]
    assert [burst(6, spread=s, answers=300) for s in (17.9, 18.0, 18.1, 30.0)] == [
        6.7,
        6.7,
        6.7,
        4.96,
    ]
    assert [burst(3, spread=s) for s in (13.9, 14.0, 14.1, 27.9, 28.1)] == [
        None,
        None,
        None,
        None,
        None,
    ]
    assert [burst(4, elsewhere=8, since=s, answers=300) for s in (0.9, 1.1, 6.9, 7.1, 28)] == [
        6.46,
        4.96,
        4.96,
        4.96,
        4.96,
    ]
    assert [
        burst(6, where=None, quick=True, phantom=6, spread=s, answers=300)
        for s in (0.1, 0.3, 1.0, 3.0, 5.0)
    ] == [5.33, 4.219, 4.219, None, None]


def test_what_else_is_known_of_the_subject_and_the_case() -> None:
    assert [burst(4, calls=c) for c in ((0, 0.0), (8, 1.9), (8, 2.0), (8, 2.1), (8, 4.1))] == [
        6.331,
        6.331,
        6.331,
        6.831,
        6.831,
    ]
    assert [burst(n, trouble=True) for n in (3, 4, 5, 9)] == [1.695, 4.331, 6.2, 6.2]
    assert [burst(4, where=w, trouble=True, quick=True, phantom=4) for w in (None, "ip")] == [
        3.023,
        6.346,
    ]


def test_one_hand_is_told_without_another_fact_from_here_on() -> None:
    own: dict[str, Any] = {"answers": 3000, "days": 60}
    assert [burst(n, spread=4, **own) for n in (3, 4, 5, 6)] == [None, 4.96, 6.7, 6.7]
    assert [burst(n, spread=4, others=20 * n, **own) for n in (4, 5, 6, 7)] == [
        None,
        4.69,
        5.36,
        5.36,
    ]
    assert [burst(n, where="ip", spread=3, **own) for n in (4, 5, 6, 9)] == [
        None,
        4.489,
        4.489,
        4.489,
    ]
    assert [burst(n, where="net", spread=3, **own) for n in (4, 5, 6, 9)] == [
        None,
        None,
        None,
        None,
    ]
    assert [burst(3, spread=s, others=n, answers=400)
            for s in (1, 12) for n in (0, 60)] == [None, None, None, None]  # fmt: skip
