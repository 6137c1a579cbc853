"""TEMPLATE_TEXT: the comment overlaps with others of the same subject's "different" customers.
Page: docs/integrity/template_text.md

Matches share most bands of a trigram sketch. What other subjects' customers write just as often
(chips, "good") is expected and clears itself. Size: `excess` against that, at most 2.5, which is no
verdict: short sentences are alike by chance, and an agent who is thanked by name is thanked alike.
Three or more that are long and the same word for word are neither: up to 4.4, which makes an answer
suspect and no more, because a sentence that somebody dictates to customers, or that a form puts in,
looks so as well. Who comes often says the same again, and so
does who is asked for many.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import excess
from collector.integrity.engine.finding import TEXT, Finding

CODE = "TEMPLATE_TEXT"
CAP, WORD_FOR_WORD_CAP = 2.5, 4.4
SAME_LEAST, OFTEN = 3, 2


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score with a comment that repeats itself for this subject only."""
    if not assessment.case.good:
        return None
    log_odds, figures = repeated(assessment)
    return Finding(CODE, TEXT, log_odds, figures) if log_odds >= 0.2 else None


def repeated(assessment: Assessment) -> tuple[float, dict[str, object]]:
    """What it weighs that the subject's customers write so, whatever their score; figures."""
    case, stats = assessment.case, assessment.stats
    if not case.wrote:
        return 0.0, {}
    seen, total, same = stats.wording.alike(case.sketch, case.agent)
    if seen < 2:
        return 0.0, {}
    comments = stats.profiles[case.agent].comments
    others = max(stats.company.comments - comments, 1)
    expected = (total - seen + 0.3) / others * comments
    log_odds = excess(seen, expected, CAP, minimum=2)
    comes_often = (case.cases_then or 1) > OFTEN
    if case.wrote_long and not comes_often:
        word_for_word = excess(same, expected, WORD_FOR_WORD_CAP, minimum=SAME_LEAST)
        log_odds = max(log_odds, word_for_word)
    log_odds *= 1 - assessment.asked_for_many
    figures: dict[str, object] = {
        "alike": seen,
        "expected": round(expected, 2),
        "of_comments": comments,
        "same": same,
    }
    return log_odds, figures


CHECK = Check(CODE, version=3, cost="periodic", check=check)
