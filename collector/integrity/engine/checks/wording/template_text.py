"""TEMPLATE_TEXT: the comment overlaps with others of the same subject's "different" customers.
Page: docs/integrity/template_text.md

Matches share most bands of a trigram sketch. What other subjects' customers write just as often
(chips, "good") is expected and clears itself. Size: `excess` against that, at most 2.5.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import excess
from collector.integrity.engine.finding import TEXT, Finding

CODE = "TEMPLATE_TEXT"
CAP = 2.5


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score with a comment that repeats itself for this subject only."""
    case, stats = assessment.case, assessment.stats
    if not case.wrote or not case.good:
        return None
    seen, total = stats.wording.alike(case.sketch, case.agent)
    if seen < 2:
        return None
    comments = stats.profiles[case.agent].comments
    others = max(stats.company.comments - comments, 1)
    expected = (total - seen + 0.3) / others * comments
    log_odds = excess(seen, expected, CAP, minimum=2)
    if log_odds < 0.2:
        return None
    figures = {"alike": seen, "expected": round(expected, 2), "of_comments": comments}
    return Finding(CODE, TEXT, log_odds, figures)


CHECK = Check(CODE, version=1, cost="periodic", check=check)
