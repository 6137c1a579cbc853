"""From tests to findings: families, false discoveries, independent sources. Pure.

Within a family Fisher's method or the best single test (paid for); across families Sidak; across
subjects Benjamini-Hochberg at 5 %. Each test is first held against its empirical null. A finding
also needs two families that agree, or one with an independent source.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from collector.integrity.engine.statistics import (
    against_empirical_null,
    benjamini_hochberg,
    fisher,
    sidak,
)
from collector.integrity.engine.subjects import fabrication, selection, solicitation
from collector.integrity.engine.subjects.peers import Evidence
from collector.integrity.engine.subjects.sums import Sums

FAMILIES = {
    "solicitation": solicitation.run, "selection": selection.run, "fabrication": fabrication.run,
}  # fmt: skip
RATE = 0.05
AGREES = 0.05
TELLING = 0.05
LEAST_CASES, LEAST_ANSWERS = 20, 5
# How common each practice is before any evidence; for weights, never for flags.
USUAL_ODDS = 0.06
TEAM_PRACTICE_FROM, TEAM_PRACTICE_ODDS = 0.95, 1.0


@dataclass(frozen=True, slots=True)
class SubjectFinding:
    """What was found about one subject's collection. `p`: how often chance alone looks like this.

    `families` holds each family's p; `evidence` the tests, strongest first; `reasons` the codes
    that carry the finding (empty without a flag). `victim`: answers set aside as bombing.
    `practices`: how likely each family of practices is; it moves weights only.
    """

    subject: str
    flagged: bool
    p: float
    reasons: tuple[str, ...]
    families: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    victim: int = 0
    practices: Mapping[str, float] = field(default_factory=dict)


def find(sums: Mapping[str, Sums]) -> dict[str, SubjectFinding]:
    """The findings about all subjects of one kind, judged together."""
    names = sorted(sums)
    families: dict[str, dict[str, float]] = {name: {} for name in names}
    evidence: dict[str, list[Evidence]] = {name: [] for name in names}
    for family, run in FAMILIES.items():
        for name, items in _calibrated(run({name: sums[name] for name in names})).items():
            if items:
                values = [item.p for item in items]
                both = (fisher(values), sidak(values, len(values)))
                families[name][family] = sidak(both, 2)
                evidence[name] += items
    p = [sidak(list(families[name].values()), len(FAMILIES)) for name in names]
    found = benjamini_hochberg(p, RATE)
    return {
        name: _finding(name, sums[name], value, discovered, families[name], evidence[name])
        for name, value, discovered in zip(names, p, found, strict=True)
    }


def _calibrated(found: Mapping[str, list[Evidence]]) -> dict[str, list[Evidence]]:
    """The p of every test, against the spread that the same test has over all subjects."""
    positions: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for name, items in found.items():
        counted: dict[str, int] = {}
        for index, item in enumerate(items):
            turn = counted.get(item.code, 0)
            counted[item.code] = turn + 1
            positions.setdefault((item.code, turn), []).append((name, index))
    result = {name: list(items) for name, items in found.items()}
    for same_test in positions.values():
        values = against_empirical_null([found[name][index].p for name, index in same_test])
        for (name, index), p in zip(same_test, values, strict=True):
            result[name][index] = replace(found[name][index], p=p)
    return result


def _finding(
    name: str,
    s: Sums,
    p: float,
    discovered: bool,
    families: Mapping[str, float],
    items: list[Evidence],
) -> SubjectFinding:
    ordered = tuple(sorted(items, key=lambda item: item.p))
    telling = [item for item in ordered if item.p <= TELLING]
    agreeing = [family for family, value in families.items() if value <= AGREES]
    independent = any(item.independent for item in telling)
    enough = s.cases >= LEAST_CASES or s.answers >= LEAST_ANSWERS
    flagged = discovered and enough and bool(telling) and (len(agreeing) >= 2 or independent)
    codes = tuple(dict.fromkeys(item.code for item in telling)) if flagged else ()
    return SubjectFinding(
        name, flagged, p, codes, dict(families), ordered, s.bombed,
        {family: practice_chance(value) for family, value in families.items()},
    )  # fmt: skip


def with_team_practices(
    agents: Mapping[str, SubjectFinding],
    sums: Mapping[str, Sums],
    teams: Mapping[str, SubjectFinding],
) -> dict[str, SubjectFinding]:
    """The same findings, where a practice that a whole team shows is likelier of each member.

    This changes `practices` alone: nobody is flagged for the team that they are in.
    """
    changed = {}
    for name, found in agents.items():
        team = teams.get(sums[name].team)
        practices = dict(found.practices)
        for family, p in found.families.items():
            if team is not None and team.practices.get(family, 0.0) >= TEAM_PRACTICE_FROM:
                practices[family] = practice_chance(p, TEAM_PRACTICE_ODDS)
        changed[name] = replace(found, practices=practices)
    return changed


def practice_chance(p: float, odds: float = USUAL_ODDS) -> float:
    """How likely a practice is after evidence with this p (Sellke, Bayarri & Berger 2001 bound)."""
    if p >= 1 / math.e:
        return 0.0
    p = max(p, 1e-12)
    after = odds / (-math.e * p * math.log(p))
    return after / (1 + after)
