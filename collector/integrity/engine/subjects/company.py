"""Everything about the subjects of one company, concluded together from the sums. Pure.

Used by the audit at its end and by the live service every week, so that both conclude alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collector.integrity.engine.counters import Spread
from collector.integrity.engine.records import Exposure
from collector.integrity.engine.subjects import findings
from collector.integrity.engine.subjects.findings import SubjectFinding
from collector.integrity.engine.subjects.sums import Ledger, Sums, late_limits
from collector.integrity.engine.subjects.weight_adjustments import WeightAdjustment, adjustments

KINDS = ("agents", "teams", "stores")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The sums and findings about those who did the work, and what these do to weights."""

    sums: Mapping[str, Sums]
    findings: Mapping[str, SubjectFinding]
    adjustments: Mapping[str, WeightAdjustment]


@dataclass(frozen=True, slots=True)
class Concluded:
    """Agents with what a led team adds, teams, stores, and the sums of each kind."""

    agents: Subjects
    teams: dict[str, SubjectFinding]
    stores: dict[str, SubjectFinding]
    sums: dict[str, dict[str, Sums]]


def ask(ledgers: Sequence[Ledger], askings: Iterable[Exposure]) -> None:
    """Count who was asked and who was not. `askings` is gone through twice."""
    delays: dict[str, Spread] = {}
    for asking in askings:
        if asking.delay is not None and asking.held is None:
            delays.setdefault(asking.channel or "", Spread()).add(max(asking.delay, 0.0))
    limits = late_limits(delays)
    for asking in askings:
        for ledger in ledgers:
            ledger.asked(asking, limits)


def conclude(ledgers: Sequence[Ledger]) -> Concluded:
    """The findings about all subjects, from ledgers of each of `KINDS` that are complete."""
    sums: dict[str, dict[str, Sums]] = {}
    found = {}
    for ledger in ledgers:
        ledger.sums.pop("", None)
        sums[ledger.kind] = dict(ledger.sums)
        found[ledger.kind] = findings.find(ledger.sums)
    agents = sums["agents"]
    led = findings.led(found["agents"], agents, found["teams"])
    moved = adjustments(agents, {name: finding.influence for name, finding in led.items()})
    return Concluded(Subjects(agents, led, moved), found["teams"], found["stores"], sums)
