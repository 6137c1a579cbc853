"""Gates of whose low scores these are: one hand's, or the subject's own customers'."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine import lows_from_one_hand
from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.counters import DayCounts
from collector.integrity.engine.lows_from_one_hand import bad_days, of_one_hand
from collector.integrity.engine.profiles import PoorAnswer
from collector.integrity.engine.running_statistics import DAY
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    TODAY,
    asked,
    company,
    counts,
    origin,
    usage,
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
    return round(of_one_hand(Assessment(case, stats, AT), near, 28 * DAY, where, {}), 3)


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


def test_low_scores_at_places_that_are_not_known() -> None:
    assert hand(5, elsewhere=0, tied=0, device="here") == hand(5)
    stats, near = company(), [low(n, respondent=str(n), ip="here") for n in range(5)]
    alone = []
    for devices in (["a"] * 5, [None] * 5, ["a", None, None, "a", "a"], ["", "", "", "", ""]):
        stats.ips.rows["here"] = origin(*(usage(n, kind=2) for n in range(5)))
        near = [low(n, respondent=str(n), ip="here", device=d) for n, d in enumerate(devices)]
        put(stats, near)
        one = Assessment(asked(score=1.0, answered=AT, ip="here"), stats, AT)
        alone.append(round(of_one_hand(one, near, 28 * DAY, "ip", {}), 3))
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
        found.append(round(of_one_hand(one, near, 28 * DAY, "device", {}), 3))
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
        one.__dict__["strangers"] = lambda _: 1.0
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
