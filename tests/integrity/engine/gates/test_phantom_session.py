"""Gates of the check on sessions that look made up."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.interaction import phantom_session
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.engine.usage_index import Cluster
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    asked,
    company,
    counts,
    origin,
    rate,
    usage,
    weighs,
)


def session(
    delay: float, work: float | None = 30.0, *, hits: int = 0, trials: int = 40,
    usual: float = 0.05, store: tuple[int, int] = (0, 0), device: int = 0, scores: Any = None,
    seen: int = 400, asks: str = "looks", now: float | None = None, attacker: bool = False,
    **given: Any,
) -> Any:  # fmt: skip
    """An answer in the app so long after a case that took so long, where both are known."""
    channel = given.get("channel", "in_app")
    stats = company()
    for n in range(seen):
        stats.seen.moments.add(asked(channel=channel, answered=START + 10 * n, occurred=START))
        stats.seen.handling.add(channel, 10.0 * n)
    stats.profiles["A0"].phantom = rate(hits, trials)
    stats.stores["S"].phantom = rate(*store)
    stats.usual_phantom = usual
    if scores is not None:
        stats.clusters["phantom", "A0"] = Cluster()
        stats.clusters["phantom", "A0"].counts = scores
    if device:
        stats.devices.rows["phone"] = origin(*(usage(n) for n in range(device)))
    own = {
        "channel": channel, "device": "phone", "answered": START, "occurred": START - delay,
        "seconds": work,
    }  # fmt: skip
    case = asked(**{**own, **given})
    if asks == "check":
        return weighs(phantom_session.check, case, stats, now)
    one = Assessment(case, stats, START if now is None else now)
    found = phantom_session.looks(one, attacker=attacker)
    return None if found is None else round(found, 3)


def test_how_far_a_session_looks_made_up() -> None:
    assert [session(t) for t in (5, 40, 200, 800, 1500, 3000)] == [
        2.2,
        2.2,
        2.2,
        1.922,
        1.478,
        1.028,
    ]
    assert [session(40, w) for w in (1.0, 40, 200, 800, 3000, None)] == [
        2.2,
        2.2,
        2.2,
        1.788,
        0.895,
        1.214,
    ]
    assert session(40, occurred=None) is None
    assert session(40, seen=20) == -1.001
    assert [session(1, 1.0, seen=n) for n in (100, 400, 1200)] == [2.2, 2.2, 2.2]


def test_who_came_before_or_since_has_a_case() -> None:
    assert [session(40, cases_then=n, cases_later=1) for n in (None, 1, 2)] == [2.2, 2.2, None]
    later = {"cases_then": 1, "cases_later": 2}
    times = (DAY, 2 * DAY - 1, 2 * DAY, 2 * DAY + 1, 3.9 * DAY, 4.1 * DAY)
    assert [session(40, now=START + t, **later) for t in times] == [2.2, 2.2, 2.2, None, None, None]
    assert session(40, now=START + 9 * DAY, cases_then=2, cases_later=None) is None
    assert session(40, now=START + 9 * DAY, cases_then=2, cases_later=1) == 2.2
    assert session(40, now=START + 9 * DAY, cases_then=1, cases_later=None) == 2.2


def test_what_is_asked_later_or_on_a_shared_device_is_no_such_session() -> None:
    assert [session(40, channel=c, seen=n) for c, n in (("chat", 99), ("chat", 400))] == [
        None,
        None,
    ]
    assert [session(40, device=n) for n in (2, 3)] == [2.2, 0.0]
    assert session(40, device=3, attacker=True) == 2.2


def asks(delay: float, work: float = 30.0, **given: Any) -> float | None:
    return session(delay, work, asks="check", **given)


def test_more_such_sessions_than_usual() -> None:
    assert [asks(40, hits=n) for n in (3, 4, 5, 8, 12, 20)] == [
        2.2,
        2.2,
        2.236,
        3.148,
        3.809,
        4.397,
    ]
    assert [asks(40, hits=n, trials=200) for n in (12, 20, 40, 60)] == [2.2, 2.2, 3.299, 3.809]
    assert [asks(40, hits=150, trials=200, usual=u) for u in (0.0005, 0.002, 0.01)] == [
        5.2,
        5.2,
        5.2,
    ]
    assert [asks(40, hits=8, store=s) for s in ((0, 100), (20, 140), (40, 140))] == [
        3.148,
        2.397,
        2.397,
    ]
    assert asks(40, hits=8, score=3.0) is None
    assert asks(40, hits=8, occurred=None) is None


def test_more_such_sessions_count_where_this_one_looks_so() -> None:
    times = (400, 1100, 1190, 1210, 1300, 2300, 2500)
    assert [asks(t, 1.0, hits=8) for t in times] == [
        3.148,
        2.175,
        2.175,
        2.175,
        2.175,
        1.876,
        1.725,
    ]
    assert [asks(1.0, t, hits=8) for t in times] == [
        3.148,
        2.175,
        2.175,
        2.175,
        2.175,
        1.876,
        1.725,
    ]
    assert [asks(t, 900.0) for t in (40, 400, 500, 600, 800, 1000)] == [
        1.64,
        0.44,
        None,
        None,
        None,
        None,
    ]
    assert [asks(40, hits=8, scores=counts(8 - n, 0, n)) for n in (0, 2, 4)] == [4.57, 2.649, 2.2]


def test_how_many_such_sessions_a_case_needs() -> None:
    assert [asks(40, hits=4, trials=10, usual=u) for u in (0.001, 0.01)] == [5.2, 5.2]
    assert [asks(40, hits=3, trials=10, usual=u) for u in (0.001, 0.01)] == [2.2, 2.2]
