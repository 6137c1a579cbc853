"""Gates of the check on low scores that somebody makes."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine import lows_from_one_hand
from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.attack import attack_burst
from collector.integrity.engine.counters import DayCounts
from collector.integrity.engine.lows_from_one_hand import bad_days, of_one_hand
from collector.integrity.engine.profiles import PoorAnswer
from collector.integrity.engine.records import Signal
from collector.integrity.engine.running_statistics import DAY
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    TODAY,
    asked,
    company,
    counts,
    origin,
    rate,
    usage,
    weighs,
)

AT = START + 9 * 3600


def low(number: int, **given: Any) -> PoorAnswer:
    """The subject's low score of another customer from elsewhere."""
    own = {
        "at": AT, "respondent": f"D{number}", "device": f"own {number}", "ip": f"own {number}",
        "net": f"own {number}", "phantom_like": False,
    }  # fmt: skip
    return PoorAnswer(**{**own, **given})


def put(stats: Any, lows: list[PoorAnswer], answers: int = 40, days: float = 60) -> None:
    """The subject's memory of these low scores, among so many answers over so many days."""
    mine = stats.profiles["A0"]
    for one in lows:
        mine.poor.setdefault(int(one.at // DAY), []).append(one)
        mine.quick_poor.add(one.phantom_like)
    mine.scores = counts(answers - len(lows), 0, len(lows))
    mine.first, mine.last = AT - days * DAY, AT


def hand(
    lows: int, others: int = 0, *, where: str = "device", elsewhere: int = 0, tied: int = 0,
    good: int = 0, own: int = 40, devices: int = 99, days: int = 1, day: int = 0, often: int = 0,
    bad: tuple[int, int] | None = None, agents: int = 10, store: tuple[int, int] = (0, 0),
    **given: Any,
) -> float:  # fmt: skip
    """So many low scores of the subject's from one place, and good ones, and others' answers."""
    stats = company(agents)
    rows = [
        usage(n, kind=2 if n < lows else 0, day=TODAY + day + n % days, often=n < often)
        for n in range(lows + good)
    ] + [usage(f"other {n}", "A1") for n in range(others)]  # fmt: skip
    index = {"device": stats.devices, "ip": stats.ips, "net": stats.nets}[where]
    index.rows["here"] = origin(*rows)
    near = [
        low(n, **{"device": f"phone {n % devices}", where: "here"}, respondent=str(n))
        for n in range(lows)
    ]
    near += [low(100 + n) for n in range(elsewhere)]
    near += [low(200 + n, device=f"pair {n // 2}") for n in range(tied)]
    put(stats, near, own + lows + elsewhere + tied)
    stats.base_rates["S", "CSAT"] = counts(store[1] - store[0], 0, store[0])
    if bad is not None:
        today = stats.days["S", TODAY] = DayCounts()
        today.poor, today.trials = bad
    case = asked(**{where: "here", "score": 1.0, "answered": AT, **given})
    return round(of_one_hand(Assessment(case, stats, AT), near, where, {}), 3)


def test_low_scores_from_one_device() -> None:
    assert [hand(n) for n in (1, 2, 3, 4, 5, 6, 9, 20)] == [
        0.0,
        1.466,
        3.013,
        4.96,
        6.7,
        6.7,
        6.7,
        6.7,
    ]
    assert [hand(n, n) for n in (2, 3, 5, 9)] == [1.466, 3.013, 6.7, 6.7]
    assert [hand(5, n) for n in (1, 2, 4, 8, 16)] == [6.7, 6.7, 6.7, 6.7, 6.7]
    assert [hand(n, 20 * n) for n in (2, 3, 4, 5, 6, 7, 9)] == [
        0.0,
        1.507,
        2.976,
        4.69,
        5.36,
        5.36,
        5.36,
    ]
    assert hand(5, device=None) == 0
    assert [hand(2, agents=n) for n in (2, 3, 4, 5, 6)] == [0.362, 1.005, 1.459, 1.466, 1.466]
    assert [hand(2, n, agents=5) for n in (1, 2)] == [1.076, 0.64]


def test_low_scores_from_one_address_or_network() -> None:
    assert [hand(n, where="ip") for n in (1, 2, 3, 5, 9)] == [0.0, 1.466, 3.013, 6.7, 6.7]
    assert [hand(9, where="ip", devices=n) for n in (1, 2, 3, 4, 5)] == [1.466, 4.96, 6.7, 6.7, 6.7]
    assert [hand(5, where="net", devices=n) for n in (1, 2, 5)] == [1.466, 4.96, 6.448]
    assert [hand(n, 20 * n, where="ip") for n in (3, 5)] == [0.0, 0.0]
    assert [hand(n, 20 * n, where="ip", devices=1) for n in (3, 5)] == [0.0, 0.0]


def test_good_scores_from_the_same_device() -> None:
    assert [hand(5, good=n) for n in (1, 2, 3, 5, 10)] == [3.926, 1.861, 0.264, 0.0, 0.0]
    assert [hand(5, good=5, day=n) for n in (27, 28, 29, 57)] == [0.0, 0.0, 6.7, 6.7]
    assert [hand(5, often=n) for n in (2, 5)] == [4.02, 0.0]


def test_low_scores_where_they_are_usual() -> None:
    assert [hand(5, store=(n, 200)) for n in (0, 20, 60, 120, 190, 200)] == [
        6.7,
        6.7,
        6.7,
        4.852,
        3.292,
        3.105,
    ]
    assert [hand(5, elsewhere=n, own=40) for n in (0, 4, 8, 12, 20, 40, 60)] == [
        6.7,
        6.7,
        6.7,
        6.7,
        6.7,
        6.7,
        6.7,
    ]
    assert [hand(5, elsewhere=8, tied=n) for n in (0, 2, 4)] == [6.7, 6.7, 6.7]
    assert [hand(5, own=n) for n in (0, 10, 20, 30, 100, 300)] == [5.195, 6.604, 6.7, 6.7, 6.7, 6.7]
    assert [hand(5, own=n, store=(150, 200)) for n in (0, 20, 100)] == [1.456, 3.123, 4.119]
    assert [hand(5, own=0, elsewhere=n, store=(2, 200)) for n in (1, 3, 6)] == [6.7, 6.7, 6.7]


def test_low_scores_on_a_bad_day() -> None:
    assert [hand(5, bad=b) for b in ((5, 25), (9, 25), (17, 25), (25, 25), (3, 3))] == [
        6.7,
        6.428,
        3.588,
        1.827,
        6.7,
    ]
    assert [hand(5, bad=b) for b in ((45, 60), (105, 105), (1005, 1005))] == [2.004, 0.379, 0.079]
    assert [hand(6, days=n, bad=(36, 46)) for n in (1, 2, 3)] == [2.46, 4.606, 5.552]
    assert hand(5, bad=(0, 60)) == hand(5)


def worse(within: float, **rows: tuple[int, int, int]) -> list[float]:
    """How bad these days were, and how many low scores came in quick sessions."""
    stats = company()
    put(stats, [low(1, phantom_like=True), low(2)])
    for name, (poor, quick, trials) in rows.items():
        row = stats.days["S", TODAY + int(name[1:]) - 5] = DayCounts()
        row.poor, row.quick, row.trials = poor, quick, trials
    case = asked(score=1.0, answered=AT)
    return [round(v, 3) for v in bad_days(Assessment(case, stats, AT), within, 0.1)]


def test_bad_days() -> None:
    assert worse(DAY) == [1.0, 0.1]
    assert [worse(DAY, d5=(n, 3, 40)) for n in (2, 10, 20, 32)] == [
        [1.0, 0.233],
        [1.0, 0.152],
        [1.642, 0.106],
        [2.547, 0.1],
    ]
    assert [worse(DAY, d5=(12, n, 40)) for n in (0, 1, 2, 5, 12)] == [
        [1.038, 0.1],
        [1.038, 0.1],
        [1.038, 0.1],
        [1.038, 0.22],
        [1.038, 0.5],
    ]
    assert [worse(DAY, **{f"d{n}": (30, 9, 40)}) for n in (3, 4, 5, 6, 7)] == [
        [1.0, 0.1],
        [2.455, 0.233],
        [2.396, 0.221],
        [2.455, 0.233],
        [1.0, 0.1],
    ]
    assert worse(0.1 * DAY, d4=(30, 9, 40), d6=(30, 9, 40)) == [1.0, 0.1]
    assert worse(DAY, d5=(1, 0, 1)) == [1.0, 0.1]


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
    assert [burst(6, spread=s, answers=300) for s in (5.5, 5.6, 5.7, 11.1, 11.3)] == [
        6.7,
        6.7,
        6.7,
        None,
        None,
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
        patch.object(attack_burst, "of_one_hand", lambda a, n, name, f: origin * (name[0] == "d")),
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
    found = attack_burst._too_many(one, near, {}, quick=quick)
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


def test_low_scores_at_places_that_are_not_known() -> None:
    assert hand(5, elsewhere=0, tied=0, device="here") == hand(5)
    stats, near = company(), [low(n, respondent=str(n), ip="here") for n in range(5)]
    alone = []
    for devices in (["a"] * 5, [None] * 5, ["a", None, None, "a", "a"], ["", "", "", "", ""]):
        stats.ips.rows["here"] = origin(*(usage(n, kind=2) for n in range(5)))
        near = [low(n, respondent=str(n), ip="here", device=d) for n, d in enumerate(devices)]
        put(stats, near)
        one = Assessment(asked(score=1.0, answered=AT, ip="here"), stats, AT)
        alone.append(round(of_one_hand(one, near, "ip", {}), 3))
        stats = company()
    assert alone == [1.466, 6.7, 4.96, 6.7]


def test_low_scores_that_share_a_place_are_not_what_is_usual() -> None:
    found = []
    for shared in ("x", None, "", "y"):
        stats = company()
        near = [low(n, respondent=str(n), device="here") for n in range(4)]
        near += [
            low(50 + n, device=shared if shared != "y" else f"y{n}", ip=None) for n in range(9)
        ]
        stats.devices.rows["here"] = origin(*(usage(n, kind=2) for n in range(4)))
        put(stats, near, 60)
        one = Assessment(asked(score=1.0, answered=AT, device="here"), stats, AT)
        found.append(round(of_one_hand(one, near, "device", {}), 3))
    assert found == [4.96, 3.859, 3.859, 3.859]


def test_how_far_a_subjects_other_low_scores_move_what_is_usual() -> None:
    assert [hand(4, elsewhere=n, own=30, store=(60, 300)) for n in (10, 14, 18, 22, 26, 40)] == [
        5.328,
        5.328,
        5.328,
        5.328,
        5.328,
        5.328,
    ]
    assert [hand(3, 6, own=n, agents=5, store=(4, 400)) for n in (1, 30, 60, 200)] == [
        2.01,
        2.01,
        2.01,
        2.01,
    ]
    assert [hand(3, 6, own=n, agents=5, store=(14, 900)) for n in (1, 30, 60, 200)] == [
        2.01,
        2.01,
        2.01,
        2.01,
    ]
    assert [hand(20, 60, elsewhere=n, own=3, store=(380, 400), agents=5) for n in (0, 40)] == [
        0.692,
        0.692,
    ]


def test_what_is_usual_of_a_subject_stays_within_bounds() -> None:
    found = []
    for here, rest, answers in ((0.001, 5, 60), (0.2, 60, 70), (0.2, 16, 60), (0.4, 40, 50)):
        stats = company()
        near = [low(n, respondent=str(n), device="here") for n in range(4)]
        stats.devices.rows["here"] = origin(*(usage(n, kind=2) for n in range(4)))
        put(stats, near)
        stats.profiles["A0"].scores = counts(answers - rest, 0, rest, (0.6, here))
        stats.expected = lambda _, here=here: (0.6, here)
        one = Assessment(asked(score=1.0, answered=AT, device="here"), stats, AT)
        one.__dict__["not_regulars"] = lambda _: 1.0
        days = ([], [TODAY], [TODAY, TODAY + 1])
        usual = [lows_from_one_hand._own_rate(one, d, t) for d in days for t in (0, 4)]
        found.append([round(value, 4) for value in usual])
    assert found == [
        [0.02, 0.02, 0.02, 0.02, 0.02, 0.02],
        [0.4, 0.4, 0.4, 0.4, 0.4, 0.4],
        [0.2533, 0.2113, 0.2533, 0.2113, 0.2533, 0.2113],
        [0.7478, 0.729, 0.7478, 0.729, 0.7478, 0.729],
    ]


def test_low_scores_among_good_ones_there() -> None:
    assert [hand(4, good=n, bad=(20, 40)) for n in (0, 1, 2, 4)] == [2.714, 0.302, 0.0, 0.0]
    assert [hand(4, good=n, days=4, bad=(20, 40)) for n in (0, 1, 2, 4)] == [
        4.218,
        1.62,
        0.021,
        0.0,
    ]
