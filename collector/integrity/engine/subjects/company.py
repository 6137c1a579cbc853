"""All subjects of one company, judged together from their sums. Pure.

An audit at its end and a running service every week do the same here, so both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collector.integrity.engine.counters import Spread
from collector.integrity.engine.records import Exposure
from collector.integrity.engine.subjects import findings
from collector.integrity.engine.subjects.findings import SubjectFinding
from collector.integrity.engine.subjects.sums import KINDS, Ledger, Sums, late_limits
from collector.integrity.engine.subjects.weight_adjustments import WeightAdjustment, adjustments

__all__ = ["KINDS", "Concluded", "Subjects", "conclude", "count_exposures"]


@dataclass(frozen=True, slots=True)
class Subjects:
    """The sums and findings about those who did the work, and what these do to weights."""

    sums: Mapping[str, Sums]
    findings: Mapping[str, SubjectFinding]
    adjustments: Mapping[str, WeightAdjustment]


@dataclass(frozen=True, slots=True)
class Concluded:
    """Agents (with what their teams' practices add), teams, stores, and the sums of each kind."""

    agents: Subjects
    teams: dict[str, SubjectFinding]
    stores: dict[str, SubjectFinding]
    sums: dict[str, dict[str, Sums]]


def count_exposures(
    ledgers: Sequence[Ledger], exposures: Iterable[Exposure],
    sent: Iterable[tuple[str | None, float]] | None = None,
) -> None:  # fmt: skip
    """Count who was invited and who was not. `sent`: channel and delay of those that were; where
    it is not given, `exposures` is gone through twice.
    """
    if sent is None:
        sent = (
            (one.channel, one.delay) for one in exposures
            if one.delay is not None and one.held is None
        )  # fmt: skip
    delays: dict[str, Spread] = {}
    for channel, delay in sent:
        delays.setdefault(channel or "", Spread()).add(max(delay, 0.0))
    limits = late_limits(delays)
    for exposure in exposures:
        for ledger in ledgers:
            ledger.add_exposure(exposure, limits)


def conclude(ledgers: Sequence[Ledger]) -> Concluded:
    """The findings about all subjects, from ledgers of each of `KINDS` that are complete."""
    sums: dict[str, dict[str, Sums]] = {}
    found = {}
    for ledger in ledgers:
        ledger.sums.pop("", None)
        sums[ledger.kind] = dict(ledger.sums)
        found[ledger.kind] = findings.find(ledger.sums)
    agents = sums["agents"]
    with_teams = findings.with_team_practices(found["agents"], agents, found["teams"])
    adjusted = adjustments(agents, {name: found.practices for name, found in with_teams.items()})
    return Concluded(Subjects(agents, with_teams, adjusted), found["teams"], found["stores"], sums)
