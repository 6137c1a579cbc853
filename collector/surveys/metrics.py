"""NPS, CSAT and CES: scale, direction, bands, KPI, and whom each may be judged by. Pure.

Anyone may import this. The scale and its direction travel with every answer, because "4" means
nothing without them. Sources: NPS, Reichheld, "The One Number You Need to Grow" (HBR 2003);
CSAT as the top-two-box share on 1–5; CES 2.0 (CEB/Gartner) as the share of 5–7 on "the company
made it easy", 1–7. Next: `wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from collector.errors import InvalidInput

Direction = Literal["higher_is_better"]

SUBJECTS = (
    "brand",
    "relationship",
    "touchpoint",
    "agent",
    "team",
    "store",
    "order",
    "product",
    "process",
)


@dataclass(frozen=True, slots=True)
class Band:
    """A named part of a scale, both ends included. `sign` is its part in the KPI: +1, 0 or −1."""

    name: str
    low: int
    high: int
    sign: int


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `scope` holds the subjects it may judge, the first being the default."""

    key: str
    low: int
    high: int
    bands: tuple[Band, ...]
    scope: tuple[str, ...]
    unit: str
    scope_reason: str
    direction: Direction = "higher_is_better"

    def holds(self, score: int) -> bool:
        """Is `score` on the scale?"""
        return self.low <= score <= self.high

    def band(self, score: int) -> str:
        """The band's name. Raises InvalidInput (`score_out_of_range`) off the scale."""
        for band in self.bands:
            if band.low <= score <= band.high:
                return band.name
        raise InvalidInput(
            f"A {self.key.upper()} score is a whole number from {self.low} to {self.high}.",
            code="score_out_of_range",
            pointer="/score",
        )

    @property
    def band_names(self) -> tuple[str, ...]:
        return tuple(band.name for band in self.bands)

    def may_judge(self, subject: str) -> bool:
        """May this metric be attributed to that kind of subject? NPS never to an agent."""
        return subject in self.scope

    def headline(
        self, scores: Iterable[int], weights: Sequence[float] | None = None
    ) -> float | None:
        """The KPI in `unit`, unrounded: NPS in points (−100…100), CSAT and CES in percent (0…100).

        Each score counts with its weight (1 without weights; verdicts give 0…1). None where
        nothing counts: no KPI is not a KPI of zero. Raises ValueError for weights that are
        negative or do not match the scores one to one.
        """
        listed = list(scores)
        weighed = [1.0] * len(listed) if weights is None else list(weights)
        if len(weighed) != len(listed) or any(weight < 0 for weight in weighed):
            raise ValueError("one weight of at least 0 for each score")
        signs = {band.name: band.sign for band in self.bands}
        total = sum(weighed)
        if not total:
            return None
        gained = sum(
            weight * signs[self.band(score)] for score, weight in zip(listed, weighed, strict=True)
        )
        return 100.0 * gained / total


NPS = Metric(
    "nps",
    0,
    10,
    (Band("detractor", 0, 6, -1), Band("passive", 7, 8, 0), Band("promoter", 9, 10, 1)),
    ("relationship", "brand"),
    "points",
    "NPS tells how somebody feels about the brand and the relationship as a whole; no single "
    "agent, team, store or order earned or lost it. Use csat or ces to judge those.",
)
CSAT = Metric(
    "csat",
    1,
    5,
    (Band("dissatisfied", 1, 2, 0), Band("neutral", 3, 3, 0), Band("satisfied", 4, 5, 1)),
    ("touchpoint", "agent", "team", "store", "order", "product"),
    "percent",
    "CSAT is about one interaction and those who took part in it; for the brand or the "
    "relationship use nps, for a process use ces.",
)
CES = Metric(
    "ces",
    1,
    7,
    (Band("high_effort", 1, 3, 0), Band("neutral", 4, 4, 0), Band("low_effort", 5, 7, 1)),
    ("touchpoint", "process", "product", "agent", "team", "store", "order"),
    "percent",
    "CES is about the effort that one interaction or process took; for the brand or the "
    "relationship use nps.",
)
METRICS = {metric.key: metric for metric in (NPS, CSAT, CES)}


def of(key: str) -> Metric:
    """The metric called `key`. Raises InvalidInput (`unknown_metric`)."""
    if key not in METRICS:
        raise InvalidInput(
            f"'{key}' is not a metric; known: {', '.join(METRICS)}.", code="unknown_metric"
        )
    return METRICS[key]


def scope_problem(metric: Metric, subject: str) -> str:
    """Why this metric may not judge that subject, as a sentence; empty if it may."""
    if metric.may_judge(subject):
        return ""
    return (
        f"{metric.key.upper()} may not be attributed to '{subject}' "
        f"(only to {', '.join(metric.scope)}). {metric.scope_reason}"
    )
