"""Whose customers answer far sooner than is usual, by channel, in scores like one hand's. Pure.

A subject who answers for customers at once moves what is quick on a channel, and where several do
it, their own answers look ordinary. So they do not say what is usual there (`moments.py`). Nobody
is judged by this: it only sets what others, and they, are compared with.

What is quick: the channel's soonest twelfth and its soonest quarter, those left out last night not
counted. How many are usual: what ordinary subjects have, which a few extreme ones hardly move.
"""

from __future__ import annotations

from collections.abc import Iterator

from collector.integrity.engine.running_statistics import PHANTOM_RANK, RunningStatistics
from collector.integrity.engine.seen.moments import BESIDE, SEEN_LEAST, Own
from collector.integrity.engine.statistics import bulk_rate
from collector.integrity.engine.surprise import binomial_surprise

PARTS = (1 / 12, 1 / 4)
LEAST = 3
TIMES = 2.0  # as often as is usual, before it is too often
SURE = 3.7  # nats: one subject in forty by chance


def overdoing(stats: RunningStatistics) -> dict[str, set[str]]:
    """By channel, where there are any."""
    moments = stats.seen.moments
    by_channel: dict[str, list[tuple[str, Own]]] = {}
    for (channel, subject), own in moments.by_subject.items():
        by_channel.setdefault(channel, []).append((subject, own))
    found: dict[str, set[str]] = {}
    for channel, rows in by_channel.items():
        usual = moments.usual.get(channel, moments.rows[channel])
        if usual.count < SEEN_LEAST:
            continue
        for quick in usual.quantiles(PARTS):
            if quick <= BESIDE:
                found.setdefault(channel, set()).update(_too_often(rows, usual.place(quick) - 1))
    return {channel: names for channel, names in found.items() if names}


def count_again(stats: RunningStatistics, found: dict[str, set[str]]) -> None:
    """How many sessions of theirs look made up, now that it is known what is usual."""
    moments, handling, again = stats.seen.moments, stats.seen.handling, dict[str, int]()
    for channel, names in found.items():
        if not moments.prompt(channel):
            continue
        usual, work = moments.usual[channel], handling.compared_with(channel)
        for name in names:
            again[name] = again.get(name, 0) + sum(
                count for (delay, worked), count in moments.by_subject[channel, name].visits.items()
                if usual.rank_at(delay) <= PHANTOM_RANK and work.rank_at(worked) <= PHANTOM_RANK
            )  # fmt: skip
    for name, count in again.items():
        rate = stats.profiles[name].phantom
        rate.hits = max(rate.hits, min(count, rate.trials))


def _too_often(rows: list[tuple[str, Own]], last: int) -> Iterator[str]:
    """Who has far more answers up to this bin than is usual."""
    hits = [own.up_to(last) for _, own in rows]
    usual = bulk_rate(hits, [own.answers for _, own in rows])
    for (subject, own), seen in zip(rows, hits, strict=True):
        rate = max(TIMES * usual, 0.01)
        if seen >= LEAST and binomial_surprise(seen, own.answers, rate, SURE) >= SURE:
            yield subject
