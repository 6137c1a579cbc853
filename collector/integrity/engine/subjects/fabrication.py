"""Fabrication: how many of the subject's answers were made up, by the answers' own verdicts. Pure.

A rejected answer may be a mistake of the checks; the tests expect a number of those.
"""

from __future__ import annotations

from collections.abc import Mapping

from collector.integrity.engine.statistics import beta_binomial_tail, poisson_tail
from collector.integrity.engine.subjects.peers import Evidence, Rates
from collector.integrity.engine.subjects.sums import Sums

ANSWERS_LEAST, TROUBLE_LEAST = 5, 4
# Wrongly rejected answers to expect: they come together, so two are not much rarer than one.
MISTAKES, MISTAKES_EACH = 0.05, 0.003
Found = dict[str, list[Evidence]]


def run(sums: Mapping[str, Sums]) -> Found:
    """The evidence of this family, by subject."""
    found: Found = {name: [] for name in sums}
    conflict = Rates(list(sums.values()), lambda s: s.best_in_trouble, lambda s: s.trouble_answers)
    for name, s in sums.items():
        if s.answers >= ANSWERS_LEAST:
            expected = MISTAKES + MISTAKES_EACH * s.answers
            found[name].append(Evidence(
                "FABRICATION_COUNT", poisson_tail(s.rejected, expected, mid=True),
                s.rejected_on_two_kinds >= 2 or s.staff_contacts >= 1,
                {"rejected": s.rejected, "of": s.answers, "on_two_kinds": s.rejected_on_two_kinds},
            ))  # fmt: skip
        if s.trouble_answers >= TROUBLE_LEAST:
            rate = min(conflict.of(s, 0.05), 0.97)
            p = beta_binomial_tail(s.best_in_trouble, s.trouble_answers, rate, 15, mid=True)
            found[name].append(Evidence("CONFLICT_RATE", p, False, {
                "best_in_trouble": s.best_in_trouble, "of": s.trouble_answers,
                "usual_percent": round(100 * rate),
            }))  # fmt: skip
    return found
