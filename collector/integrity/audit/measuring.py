"""What the scores of a file measure, and from where to where. Pure. Refuses rather than guesses.

A wrong metric gives a wrong figure that looks right: 0 to 10 read as 1 to 5 drops nearly all
answers, an effort score read as satisfaction counts other answers as good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collector.errors import InvalidInput
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.exports.presets import PRESETS, measured
from collector.integrity.audit.exports.scales import METRICS, Scale

STRAY = 0.01
ENOUGH = 20
# Where so many answers reach no higher, the scale ends there.
ENDS_AT = {"NPS": 5.0, "CSAT": 3.0, "CES": 5.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """`why`: what says so, for people."""

    metric: str
    scale: tuple[float, float] | None
    why: str


def decide(
    columns: Columns, preset: str, question: str, found: Scale, values: Mapping[str, int],
    stated: Mapping[str, int], *, all_stated: bool,
) -> Measured:  # fmt: skip
    """`stated`: metrics that lines name themselves; `all_stated`: no line says neither its metric
    nor its scale. Raises InvalidInput.
    """
    tool = PRESETS.get(preset)
    scores = [score for score in found.scores.values() if score is not None]
    whole = all(float(score).is_integer() for score in scores)
    metric, why = "", ""
    if columns.metric:
        metric, why = columns.metric, "as you said"
    elif len(stated) == 1:
        metric, why = next(iter(stated)), "as the export says"
    elif all_stated:
        return Measured("", columns.scale, "as each line says")
    elif tool and tool.metric:
        metric, why = tool.metric, f"{tool.title} asks for it"
    elif found.metric:
        metric, why = found.metric, "as the words of the scale say"
    elif measured(question):
        metric, why = measured(question), "as the header says"
    elif tool and tool.whole and whole and _to_ten(found, values):
        metric, why = tool.whole, f"{tool.title}'s scores from 0 to 10 are {tool.whole}"
    if not metric:
        if not scores:  # there is not one answer; that is said elsewhere
            return Measured("", columns.scale, "")
        raise InvalidInput(_unknown(question, found), code="no_metric")
    scale = columns.scale
    if scale is None and found.low is not None and found.high is not None:
        scale = (found.low, found.high)
    if scale is None and metric not in METRICS:
        if all_stated:
            return Measured(metric, None, why)
        raise InvalidInput(
            f"{metric} has no scale of its own. Say its worst and best score with --scale, for "
            "example --scale 1-10.",
            code="no_scale",
        )
    if not all_stated or columns.scale is not None:
        _fits(metric, scale or METRICS[metric], found, values, said=columns.scale is not None)
    return Measured(metric, scale, why)


def _to_ten(found: Scale, values: Mapping[str, int]) -> bool:
    """Does hardly a score leave 0 to 10, and are there some above 5?"""
    counts = [(score, values[value]) for value, score in found.scores.items() if score is not None]
    total = sum(count for _, count in counts)
    inside = [(score, count) for score, count in counts if 0 <= score <= 10]
    return (
        sum(count for _, count in inside) >= (1 - STRAY) * total
        and sum(count for score, count in inside if score > 5) > STRAY * total
    )


def _unknown(question: str, found: Scale) -> str:
    advice = (
        "--metric NPS" if found.most > 7 else "--metric CSAT (or CES)"
    )  # fmt: skip
    return (
        f"Nothing says what the scores in '{question[:60]}' measure; they go from {found.least:g} "
        f"to {found.most:g}. Say --metric NPS (0 to 10), --metric CSAT (1 to 5) or --metric CES "
        f"(1 to 7), for these perhaps {advice}; with another scale also --scale, for example "
        f"--metric CSAT --scale {found.least:g}-{found.most:g}."
    )


def _fits(
    metric: str, scale: tuple[float, float], found: Scale, values: Mapping[str, int], *, said: bool
) -> None:
    low, high = min(scale), max(scale)
    counts = {
        score: 0 for score in found.scores.values() if score is not None
    }  # fmt: skip
    for value, score in found.scores.items():
        if score is not None:
            counts[score] += values[value]
    total = sum(counts.values())
    outside = sum(count for score, count in counts.items() if not low <= score <= high)
    if outside > max(1, STRAY * total):
        raise InvalidInput(
            f"{metric} was taken to go from {low:g} to {high:g}, but {outside:,} of {total:,} "
            f"scores lie outside: they go from {found.least:g} to {found.most:g}. Say --scale "
            f"{found.least:g}-{found.most:g} if that is the whole scale, or another --metric.",
            code="other_scale",
        )
    if said or found.said or total < ENOUGH or scale != METRICS.get(metric):
        return
    if found.most <= ENDS_AT[metric]:
        raise InvalidInput(
            f"{metric} goes from {low:g} to {high:g}, but none of {total:,} scores is above "
            f"{found.most:g}. Say the scale (--scale {found.least:g}-{found.most:g}, or --scale "
            f"{low:g}-{high:g} if that is right), or another --metric.",
            code="other_scale",
        )
