"""An answer's weight: its verdict's, adjusted for what the subject's practices did. Pure.

An influenced answer is a real customer's, and nobody can say which one it is. So every best score
given on the spot to a subject who likely solicits loses P(influenced) of its weight, and the
subject's other answers stand for what was lost: the influenced ones would have been among them.
Withheld customers left no answer at all: the poor scores that did come in stand for them. No answer
stands for more than `CAP`. How much, says `subjects/weight_adjustments.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collector.integrity.engine.combine import REJECTED, SUSPECT, Verdict
from collector.integrity.engine.subjects.weight_adjustments import CAP, WeightAdjustment

LEAST = 0.05  # smaller effects are noise and stay out of the files


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer's final verdict, weight and reasons, with what the subject's finding adds."""

    verdict: str
    weight: float
    reasons: tuple[str, ...]
    influenced: float = 0.0
    stands_for: float = 1.0


def weigh(
    verdict: Verdict,
    *,
    spot_best: bool,
    best: bool,
    poor: bool,
    adjustment: WeightAdjustment | None,
) -> Weighed:
    """The answer's weight. Rejected stays 0; reasons name what took weight away or added it.

    `spot_best`: the best score, within minutes of being asked. `poor`: a low score.
    """
    if verdict.verdict == REJECTED or adjustment is None:
        return Weighed(verdict.verdict, verdict.weight, verdict.reasons)
    reasons, name, weight = verdict.reasons, verdict.verdict, verdict.weight
    lost, stands = 0.0, 1.0
    if spot_best and adjustment.lost >= LEAST:
        name, lost = SUSPECT, adjustment.lost
        reasons = (*reasons, "ON_THE_SPOT_BEST")
    elif not best and adjustment.other >= 1 + LEAST:
        stands = adjustment.other
        reasons = (*reasons, "STANDS_FOR_INFLUENCED")
    if poor and adjustment.low >= 1 + LEAST:
        stands = min(stands * adjustment.low, CAP)
        reasons = (*reasons, "STANDS_FOR_WITHHELD")
    weight *= (1 - lost) * stands
    return Weighed(name, round(weight, 4), reasons, round(lost, 4), round(stands, 4))


def explained(weighed: Weighed, evidence: Mapping[str, Any]) -> dict[str, Any]:
    """The answer's evidence, with the figures of what the subject's finding did to the weight."""
    full = dict(evidence)
    if weighed.influenced:
        full["ON_THE_SPOT_BEST"] = {"influenced": weighed.influenced}
    for code in weighed.reasons:
        if code.startswith("STANDS_FOR"):
            full[code] = {"customers": weighed.stands_for}
    return full
