"""From findings to a verdict: clean, suspect or rejected, a weight, reasons, evidence. Pure.

Evidence adds up as log likelihood ratios on a prior. The prior is 1 %: of the answers that survive
the fold, about one in a hundred is not the asked person's own. `suspect` from even odds (weight
1 − p), `rejected` from 95 % (weight 0). The same case and version give the same judgement.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collector.integrity.checks import duplicate, link_scanner, too_fast
from collector.integrity.evidence import Case, Finding

CHECKS = (duplicate, link_scanner, too_fast)
CLEAN, SUSPECT, REJECTED = "clean", "suspect", "rejected"
PRIOR = math.log(0.01 / 0.99)
SUSPECT_FROM = 0.5
REJECTED_FROM = 0.95
# The combination's own version, then each check's: evidence judged under another string may differ.
VERSION = "1:" + ".".join(str(check.VERSION) for check in CHECKS)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`reasons` are codes, empty only for `clean`; `evidence` has the figures behind each code.

    A clean judgement may carry evidence: weak findings that together did not suffice.
    """

    verdict: str
    weight: float
    reasons: tuple[str, ...]
    evidence: Mapping[str, object]
    checks_version: str = VERSION


def judge(case: Case) -> Judgement:
    """The judgement of this response, which is not provisional."""
    if case.state == "set_aside":
        return _set_aside(case)
    return combine([found for check in CHECKS if (found := check.check(case)) is not None])


def combine(findings: Sequence[Finding]) -> Judgement:
    """What these findings amount to together."""
    p = 1 / (1 + math.exp(-(PRIOR + sum(finding.nats for finding in findings))))
    p = round(1.0 if any(finding.certain for finding in findings) else p, 4)
    evidence: dict[str, object] = {finding.code: dict(finding.figures) for finding in findings}
    if findings:
        evidence["p"] = p
    if p < SUSPECT_FROM:
        return Judgement(CLEAN, 1.0, (), evidence)
    reasons = tuple(f.code for f in findings if f.certain or f.nats > 0)
    if p >= REJECTED_FROM:
        return Judgement(REJECTED, 0.0, reasons, evidence)
    return Judgement(SUSPECT, round(1 - p, 4), reasons, evidence)


def _set_aside(case: Case) -> Judgement:
    """Only machines tapped: rejected with what the fold said, once for each reason."""
    reasons: list[str] = []
    evidence: dict[str, object] = {}
    for item in case.set_aside:
        reason = str(item["reason"])
        if reason not in reasons:
            reasons.append(reason)
            evidence[reason] = item["figures"]
    return Judgement(REJECTED, 0.0, tuple(reasons), evidence)
