"""Raw and cleaned KPIs side by side, from the export's rows and the ledger of who was asked. Pure.

`Answer` and `Exposure` come from `kpi_query.py`, each for all that are alike. Whoever has the
exported file can compute the same: docs/integrity/kpis.md has every formula, and a test does it.
Next: `kpi_sums.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from collector.exports.kpi_sums import Segments, Sums, Weights
from collector.surveys.metrics import METRICS, Metric, scope_problem

ROLES = ("team", "store", "agent")
GROUPINGS = (*ROLES, "channel", "locale")
# Nobody is asked "on" a channel or in a language before being invited.
WITHOUT_ELIGIBLE = frozenset({"channel", "locale"})
# An NPS of 30 answers has a standard error of about 15 points: no agent is shown on less.
LEAST = {"agent": 30.0}
TOO_FEW, OUT_OF_SCOPE = "too_few", "out_of_scope"


@dataclass(frozen=True, slots=True)
class Answer:
    """Responses that are alike, at their newest revisions, and what their weights add up to.

    `subjects`: role → who did the work.
    """

    survey: str
    metric: str
    score: int
    verdict: str
    channel: str
    locale: str
    segment: str | None
    subjects: Mapping[str, str | None]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Exposure:
    """`count` interactions that a survey is about, and what became of each.

    `channels`: on which it was tried, with whether it was handed over there.
    """

    survey: str
    metric: str
    segment: str | None
    subjects: Mapping[str, str | None]
    invited: bool = False
    locale: str | None = None
    channels: Mapping[str, bool] = field(default_factory=dict)
    count: int = 1

    @property
    def delivered(self) -> bool:
        return any(self.channels.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """One line. Values in the metric's unit, None where nothing may be said; shares 0…1.

    `low`, `high`: 95 % interval of the cleaned value. `represented`: the cleaned value with every
    segment counting as much as it has eligible interactions; `uncovered`: the share of these in
    segments without an answer. `withheld`: why there are no values, else empty.
    """

    survey: str
    metric: str
    unit: str
    group: str | None
    raw: float | None
    cleaned: float | None
    low: float | None
    high: float | None
    if_suspect_counts: float | None
    if_suspect_does_not: float | None
    represented: float | None
    represented_effective_n: float | None
    uncovered: float | None
    n: int
    effective_n: float
    eligible: int | None
    invited: int
    delivered: int
    answered: int
    rejected: int | None
    suspect: int | None
    share_rejected: float | None
    share_suspect: float | None
    response_rate: float | None
    coverage: float | None
    withheld: str


@dataclass(slots=True)
class _Group:
    sums: Sums = field(default_factory=Sums)
    segments: Segments = field(default_factory=Segments)
    eligible: int = 0
    invited: int = 0
    delivered: int = 0


def workers(subjects: Mapping[str, Any]) -> dict[str, str | None]:
    """Role → who did the work, of a row's `subjects`: who is credited may have changed since."""
    found: dict[str, str | None] = {}
    for role, who in subjects.items():
        worker = who.get("id") if isinstance(who, Mapping) else who
        found[role] = str(worker) if worker not in (None, "") else None
    return found


def figures(
    answers: Iterable[Answer], asks: Iterable[Exposure], by: str | None = None,
    surveys: Mapping[str, str] | None = None,
) -> list[Figures]:  # fmt: skip
    """A line for each survey and group, sorted. `by`: one of GROUPINGS, None for all together.

    `surveys` (key → metric): those that have a line even without an answer, if not grouped.
    """
    groups: dict[tuple[str, str, str | None], _Group] = {}
    if by is None:
        groups = {(key, metric, None): _Group() for key, metric in (surveys or {}).items()}
    for answer in answers:
        key = (answer.survey, answer.metric, _of_answer(answer, by))
        group = groups.setdefault(key, _Group())
        sign = _sign(METRICS[answer.metric], answer.score)
        group.sums.add(sign, answer.weights, answer.verdict)
        group.segments.answered(answer.segment, sign, answer.weights, answer.verdict)
    for ask in asks:
        for name, delivered in _of_ask(ask, by):
            group = groups.setdefault((ask.survey, ask.metric, name), _Group())
            group.eligible += ask.count
            group.invited += ask.count * ask.invited
            group.delivered += ask.count * delivered
            group.segments.eligible(ask.segment, ask.count)
    ordered = sorted(groups, key=lambda key: (key[0], key[1], key[2] is None, key[2] or ""))
    return [_figures(key, groups[key], by) for key in ordered]


def _of_answer(answer: Answer, by: str | None) -> str | None:
    if by == "channel":
        return answer.channel or None
    if by == "locale":
        return answer.locale or None
    return answer.subjects.get(by) if by else None


def _of_ask(ask: Exposure, by: str | None) -> list[tuple[str | None, bool]]:
    if by == "channel":
        return list(ask.channels.items())
    if by == "locale":
        return [(ask.locale or None, ask.delivered)] if ask.invited else []
    return [(ask.subjects.get(by) if by else None, ask.delivered)]


def _sign(metric: Metric, score: int) -> int:
    return next(band.sign for band in metric.bands if band.low <= score <= band.high)


def _figures(key: tuple[str, str, str | None], group: _Group, by: str | None) -> Figures:
    survey, metric_key, name = key
    metric, sums = METRICS[metric_key], group.sums
    why = _withheld(metric, by, sums)
    ends = (min(band.sign for band in metric.bands), 1)
    interval = None if why else sums.interval(ends)
    eligible = None if by in WITHOUT_ELIGIBLE else group.eligible
    apart = None if why or eligible is None else group.segments.represented()
    return Figures(
        survey=survey, metric=metric_key, unit=metric.unit, group=name,
        raw=None if why else sums.raw, cleaned=None if why else sums.cleaned,
        low=interval[0] if interval else None, high=interval[1] if interval else None,
        if_suspect_counts=None if why else sums.if_suspect_counts,
        if_suspect_does_not=None if why else sums.if_suspect_does_not,
        represented=apart.value if apart else None,
        represented_effective_n=apart.effective_n if apart else None,
        uncovered=apart.uncovered if apart else None,
        n=sums.counted, effective_n=sums.effective_n,
        eligible=eligible, invited=group.invited, delivered=group.delivered,
        answered=sums.answered,
        rejected=None if why else sums.rejected, suspect=None if why else sums.suspect,
        share_rejected=None if why else _share(sums.rejected, sums.answered),
        share_suspect=None if why else _share(sums.suspect, sums.answered),
        response_rate=_share(sums.answered, group.delivered),
        coverage=_share(sums.answered, eligible or 0), withheld=why,
    )  # fmt: skip


def _withheld(metric: Metric, by: str | None, sums: Sums) -> str:
    if by == "agent" and scope_problem(metric, by):
        return OUT_OF_SCOPE
    return TOO_FEW if sums.effective_n < LEAST.get(by or "", 0.0) else ""


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
