"""Weights carry what verdicts cannot: who was influenced, and who was not asked. Pure.

An influenced answer is a real customer's; nobody can say which one. So every best score given on
the spot to a subject who likely solicits loses P(influenced) of its weight, and the subject's other
answers stand for what was lost: the influenced ones would have been among them. Withheld customers
left no answer at all: those with trouble who were asked all the same stand for them. All that is at
most `CAP`-fold.
Used by the audit and by whoever exports weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collector.integrity.forensics.combine import REJECTED, SUSPECT, Verdict
from collector.integrity.forensics.subjects.findings import SubjectFinding
from collector.integrity.forensics.subjects.sums import Sums

CAP = 4.0
LEAST = 0.05  # smaller effects are noise and stay out of the files


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer's final verdict, weight and reasons, with what the subject's finding adds."""

    verdict: str
    weight: float
    reasons: tuple[str, ...]
    influenced: float = 0.0
    stands_for: float = 1.0


def influenced(spot: tuple[float, float, float], expected: float, likely: float) -> float:
    """P(influenced) of one best on-the-spot answer: how likely the practice, times the excess.

    `spot`: answers on the spot, best ones among them; `expected`: the share of best ones to expect.
    """
    answers, best = spot[0], spot[1]
    if not best:
        return 0.0
    seen = best / answers
    return likely * max(0.0, (seen - expected) / seen)


def stands_for(sums: Sums, likely: float) -> float:
    """For how many the answer of a troubled customer stands, where trouble was asked less."""
    calm_cases, calm_sent = sums.cases - sums.troubled, sums.sent - sums.sent_troubled
    calm_late = sums.late - sums.late_troubled
    if not calm_cases or not sums.troubled:
        return 1.0
    calm = (calm_sent - calm_late + 1) / (calm_cases + 1)
    bad = (sums.sent_troubled - sums.late_troubled + 1) / (sums.troubled + 1)
    return 1.0 + likely * (min(max(calm / bad, 1.0), CAP) - 1.0)


def stands_for_influenced(sums: Sums, share: float) -> float:
    """For how many an answer that is not the best stands, where best ones lost `share` each."""
    other = sums.spot[0] - sums.spot[1] + sums.later[0] - sums.later[1]
    return 1.0 + min(share * sums.spot[1] / max(other, 1.0), CAP - 1.0)


def weigh(
    verdict: Verdict, *, spot_best: bool, best: bool, troubled: bool, sums: Sums | None,
    finding: SubjectFinding | None, expected_on_spot: float,
) -> Weighed:  # fmt: skip
    """The answer's weight. Rejected stays 0; reasons name what took weight away or added it."""
    if verdict.verdict == REJECTED or sums is None or finding is None:
        return Weighed(verdict.verdict, verdict.weight, verdict.reasons)
    reasons, name, weight = verdict.reasons, verdict.verdict, verdict.weight
    spot = (sums.spot[0], sums.spot[1], sums.spot[2])
    taken = influenced(spot, expected_on_spot, finding.influence.get("solicitation", 0.0))
    stands = 1.0
    if taken >= LEAST and spot_best:
        name, weight = SUSPECT, weight * (1 - taken)
        reasons = (*reasons, "ON_THE_SPOT_BEST")
    elif taken >= LEAST and not best:
        stands = stands_for_influenced(sums, taken)
        reasons = (*reasons, "STANDS_FOR_INFLUENCED")
    if troubled:
        more = stands_for(sums, finding.influence.get("selection", 0.0))
        if more >= 1 + LEAST:
            stands = min(stands * more, CAP)
            reasons = (*reasons, "STANDS_FOR_WITHHELD")
    lost = taken if "ON_THE_SPOT_BEST" in reasons else 0.0
    return Weighed(name, round(weight * stands, 4), reasons, round(lost, 4), round(stands, 4))


def explained(weighed: Weighed, evidence: Mapping[str, Any]) -> dict[str, Any]:
    """The answer's evidence, with the figures of what the subject's finding did to the weight."""
    full = dict(evidence)
    if weighed.influenced:
        full["ON_THE_SPOT_BEST"] = {"influenced": weighed.influenced}
    if weighed.stands_for > 1:
        for code in weighed.reasons:
            if code.startswith("STANDS_FOR"):
                full[code] = {"customers": weighed.stands_for}
    return full
