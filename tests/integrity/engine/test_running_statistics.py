"""What the engine remembers, for how long, and that its size follows days and not answers."""

from __future__ import annotations

from dataclasses import replace

from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import (
    DAY,
    KEPT_DAYS,
    SWEEP_EVERY_DAYS,
    RunningStatistics,
)
from tests.integrity.engine.conftest import START, answer


def used(number: int, day: float, **given: object) -> Case:
    at = START + day * DAY + number
    return replace(answer(number, comment=f"quite a comment {number}", **given), answered=at)


def size(stats: RunningStatistics) -> int:
    """Rows of everything that could grow with answers."""
    indexes = (stats.devices, stats.ips, stats.nets, stats.contacts)
    return sum(len(index.rows) for index in indexes) + sum(
        map(len, (stats.clusters, stats.mail, stats.days, stats.wording.rows, stats.by_invitation))
    )


def test_what_is_used_stays_and_what_nobody_uses_is_forgotten() -> None:
    stats = RunningStatistics()
    for number, day in enumerate(range(0, 400, 20)):
        stats.add(used(2 * number, day, device="tablet"))
        stats.add(used(2 * number + 1, day))
        stats.end_day(START + day * DAY)
    tablet = stats.devices.get("tablet")
    assert tablet is not None
    assert tablet.customer_count == 20
    assert "phone1" not in stats.devices.rows
    assert "phone39" in stats.devices.rows


def test_nothing_is_forgotten_within_the_time_that_is_promised() -> None:
    stats = RunningStatistics()
    stats.add(used(1, 0))
    for day in range(KEPT_DAYS):
        stats.end_day(START + day * DAY)
    assert "phone1" in stats.devices.rows
    for day in range(KEPT_DAYS, KEPT_DAYS + SWEEP_EVERY_DAYS + 2):
        stats.end_day(START + day * DAY)
    assert stats.devices.rows == {}


def test_the_size_follows_the_days_and_not_the_answers() -> None:
    stats, sizes, number = RunningStatistics(), [], 0
    for day in range(900):
        for _ in range(3):
            number += 1
            case = used(number, day, channel="email")
            stats.add(case)
            stats.forget(case)
        stats.end_day(START + day * DAY)
        if day % SWEEP_EVERY_DAYS == 0 and day > KEPT_DAYS + SWEEP_EVERY_DAYS:
            sizes.append(size(stats))
    assert max(sizes) <= 1.05 * min(sizes)


def test_without_team_or_store_an_answer_counts_once_for_the_company() -> None:
    stats = RunningStatistics()
    for number in range(10):
        stats.add(answer(number, team="", store="", agent=f"A{number % 2}"))
    assert stats.volume["", "sms"] == 10
    assert stats.share(answer(11, team="", store="", agent="A0")) == 0.5
