"""Selection: who is invited, when, and to whom is it credited? From all interactions. Pure.

The tests compare with what is usual for peers, who hold back and hand over a little more in trouble
as well: people who are angry decline more often.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from collector.integrity.engine.statistics import beta_binomial_tail, sidak
from collector.integrity.engine.subjects.peers import Evidence, Rates
from collector.integrity.engine.subjects.sums import Sums

CASES_LEAST, HELD_LEAST, HANDED_LEAST = 20, 2, 3
CHOSEN = 0.25  # p up to which what was handed over looks chosen rather than as it came
LEVEL_STRENGTH, TROUBLE_STRENGTH = 60.0, 25.0
Found = dict[str, list[Evidence]]


def run(sums: Mapping[str, Sums]) -> Found:
    """The evidence of this family, by subject."""
    found: Found = {name: [] for name in sums}
    members = list(sums.values())
    held = Rates(members, lambda s: s.held, lambda s: s.cases)
    late = Rates(members, lambda s: s.late, lambda s: s.sent)
    reassigned = Rates(members, lambda s: s.reassigned, lambda s: s.cases)
    odds = {
        "held": _odds(members, lambda s: (s.held, s.held_troubled)),
        "late": _odds(members, lambda s: (s.late, s.late_troubled)),
        "reassigned": _odds(members, lambda s: (s.reassigned, s.reassigned_troubled)),
    }
    for name, s in sums.items():
        if s.cases < CASES_LEAST:
            continue
        into = found[name]
        into.append(
            _level("SUPPRESSION_LEVEL", s.held, s.cases, held.of(s, 0.01), independent=False)
        )
        if s.held >= HELD_LEAST and s.troubled:
            into.append(_pick("SELECTIVE_INVITE", s, s.held, s.held_troubled, odds["held"]))
        for code, seen, bad, rate, trials in (
            ("LATE_DISPATCH", s.late, s.late_troubled, late.of(s, 0.004), s.sent),
            (
                "CASE_REASSIGNED",
                s.reassigned,
                s.reassigned_troubled,
                reassigned.of(s, 0.004),
                s.cases,
            ),
        ):
            if trials < CASES_LEAST:
                continue
            if code == "CASE_REASSIGNED":
                into += _reassigned(s, rate, odds["reassigned"])
                continue
            into.append(_level(code, seen, trials, rate, independent=True))
            if seen >= HELD_LEAST and s.troubled:
                into.append(_pick(code, s, seen, bad, odds["late"]))
    return found


def _reassigned(s: Sums, rate: float, odds: float) -> list[Evidence]:
    """Handing over is no practice by itself: a substitute rides, shifts change. It is one where the
    cases with trouble go, or those whose customers are displeased.
    """
    picks = []
    if s.reassigned >= HELD_LEAST and s.troubled:
        picks.append(_pick("CASE_REASSIGNED", s, s.reassigned, s.reassigned_troubled, odds))
    if s.handed_over >= HANDED_LEAST:
        share = min(max(s.handed_over_expected / s.handed_over, 0.02), 0.95)
        p = beta_binomial_tail(
            s.handed_over_poor, s.handed_over, share, TROUBLE_STRENGTH, mid=True
        )  # fmt: skip
        picks.append(Evidence("CASE_REASSIGNED", p, True, {
            "low_scores": s.handed_over_poor, "of_these_answers": s.handed_over,
            "expected_low": round(s.handed_over_expected, 1),
        }))  # fmt: skip
    level = _level("CASE_REASSIGNED", s.reassigned, s.cases, rate, independent=bool(picks))
    if picks:
        chosen = sidak([one.p for one in picks], len(picks))
        if chosen > CHOSEN:
            level = replace(level, p=max(level.p, chosen), independent=False)
    return [level, *picks]


def _level(code: str, seen: int, trials: int, rate: float, *, independent: bool) -> Evidence:
    p = beta_binomial_tail(seen, trials, rate, LEVEL_STRENGTH, mid=True)
    return Evidence(code, p, independent, {
        "seen": seen, "of": trials, "usual_percent": round(100 * rate, 1),
    })  # fmt: skip


def _odds(members: list[Sums], pick: Callable[[Sums], tuple[int, int]]) -> float:
    """How much likelier trouble makes it, for the calmer 80 % of subjects together."""
    rows = sorted(
        (s for s in members if s.cases),
        key=lambda s: (pick(s)[0] / s.cases, pick(s), s.cases, s.troubled),
    )
    calm = rows[: max(1, int(len(rows) * 0.8))]
    seen, bad = sum(pick(s)[0] for s in calm), sum(pick(s)[1] for s in calm)
    cases, troubled = sum(s.cases for s in calm), sum(s.troubled for s in calm)
    first = (bad + 1.0) / (seen - bad + 1.0)
    second = (troubled - bad + 1.0) / (cases - troubled - (seen - bad) + 1.0)
    return min(max(first / second, 1.0), 4.0)


def _pick(code: str, s: Sums, seen: int, bad: int, odds: float) -> Evidence:
    """Do those held back (late, handed over) fall on troubled cases beyond what is usual?"""
    share = s.troubled * odds / (s.troubled * odds + s.cases - s.troubled)
    p = beta_binomial_tail(bad, seen, min(share, 0.98), TROUBLE_STRENGTH, mid=True)
    return Evidence(code, p, True, {
        "with_trouble": bad, "of_these": seen, "expected_with_trouble": round(share * seen, 1),
    })  # fmt: skip
