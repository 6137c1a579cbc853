"""The KPIs, computed from the export alone: what any downstream system would compute from it too.

Raw figures count every score once; weighted ones count each with its verdict's weight. Pure: takes
feed rows, reads no table. Used by the demo, the replay and the command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from collector.exports.feed import Row
from collector.surveys.metrics import METRICS

Scored = tuple[int, float]  # score, weight


@dataclass(frozen=True, slots=True)
class Kpi:
    """One survey's figures. `distribution` holds every score of the scale, the lowest first.

    `headline` is the metric's own KPI in its unit (NPS points, CSAT and CES percent); it, the mean
    and their weighted forms are None where nothing counts. `weight` is the sum of all weights.
    """

    survey: str
    metric: str
    answers: int
    mean: float | None
    headline: float | None
    distribution: dict[int, int]
    weight: float
    weighted_mean: float | None
    weighted_headline: float | None


def kpis(rows: Iterable[Row]) -> list[Kpi]:
    """A line for each survey, by key. Of several revisions of a response the newest holds.

    `rows` come in feed order. Memory: a few dozen bytes for each response, not for each revision.
    """
    newest: dict[str, tuple[str, str, int | None, float]] = {}
    for row in rows:
        # A tombstone too: the person is gone, the anonymous score stays, judged as it is now.
        newest[row["response_id"]] = (row["survey"], row["metric"], row["score"], row["weight"])
    surveys: dict[tuple[str, str], list[Scored]] = {}
    for survey, metric, score, weight in newest.values():
        scored = surveys.setdefault((survey, metric), [])
        if score is not None:
            scored.append((score, weight))
    return [_kpi(*key, surveys[key]) for key in sorted(surveys)]


def _kpi(survey: str, metric_key: str, scored: list[Scored]) -> Kpi:
    metric = METRICS[metric_key]
    scores = [score for score, _ in scored]
    weights = [weight for _, weight in scored]
    distribution = dict.fromkeys(range(metric.low, metric.high + 1), 0)
    for score in scores:
        distribution[score] += 1
    total = sum(weights)
    return Kpi(
        survey=survey,
        metric=metric_key,
        answers=len(scores),
        mean=sum(scores) / len(scores) if scores else None,
        headline=metric.headline(scores),
        distribution=distribution,
        weight=total,
        weighted_mean=sum(s * w for s, w in scored) / total if total else None,
        weighted_headline=metric.headline(scores, weights),
    )
