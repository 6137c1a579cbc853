"""ASSISTED_DEVICE (exculpatory): a kiosk or a counter's tablet on which customers answer
themselves.
Page: docs/integrity/assisted_device.md

The scores from the device look like this subject's customers' own, low ones included, rather than
made up in the subject's favour, and rather than made up against the subject. The checks on device,
address and browser then say nothing (they ask the same pattern), and this takes off a bit more,
since people standing at a counter do not answer for others: -0.5 to -1.5, growing with the pattern.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import ORIGIN, Finding

CODE = "ASSISTED_DEVICE"
MOST_IN_FAVOUR = -1.5


def check(assessment: Assessment) -> Finding | None:
    """A finding in the answer's favour."""
    scores = assessment.device_scores
    if scores is None or not scores.assisted:
        return None
    figures = {"best": scores.best, "good": scores.good, "rest": scores.rest}
    weaker = max(scores.log_odds, scores.against)
    return Finding(CODE, ORIGIN, max(weaker / 2, MOST_IN_FAVOUR), figures)


CHECK = Check(CODE, version=2, cost="periodic", check=check)
