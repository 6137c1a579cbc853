"""What the last conclusion about a worker does to the weights of that worker's answers.

`effects` picks, purely, the few workers whose answers it moves; `load` and `replace` read and write
them. Used by `standing.py` and `conclusion.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from collector.integrity.forensics.combine import Verdict
from collector.integrity.forensics.subjects.company import Subjects
from collector.integrity.forensics.subjects.findings import SubjectFinding
from collector.integrity.forensics.subjects.sums import Sums
from collector.integrity.forensics.weights import LEAST, Weighed, influenced, stands_for, weigh
from collector.model.integrity import Influence

FIELDS = (
    "spot", "later", "cases", "troubled", "sent", "sent_troubled", "late", "late_troubled",
)  # fmt: skip
FAMILIES = ("solicitation", "selection")


@dataclass(slots=True)
class Influences:
    """By worker: the sums that weights read, P(practice) of each family, best scores to expect."""

    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def weigh(
        self, said: Verdict, worker: str, *, spot_best: bool, best: bool, troubled: bool
    ) -> Weighed:
        """The answer's weight, as the audit works it out."""
        body = self.bodies.get(worker)
        if body is None:
            return Weighed(said.verdict, said.weight, said.reasons)
        sums = Sums(**{name: body[name] for name in FIELDS})
        finding = SubjectFinding(worker, False, 1.0, (), {}, (), influence=body["influence"])
        return weigh(
            said, spot_best=spot_best, best=best, troubled=troubled, sums=sums, finding=finding,
            expected_on_spot=body["expected"],
        )  # fmt: skip


def effects(agents: Subjects) -> dict[str, dict[str, Any]]:
    """The bodies of the workers whose answers' weights change by something worth writing down."""
    found = {}
    for worker, finding in agents.findings.items():
        sums, expected = agents.sums[worker], agents.on_spot(worker)
        spot = (sums.spot[0], sums.spot[1], sums.spot[2])
        likely = {family: finding.influence.get(family, 0.0) for family in FAMILIES}
        taken = influenced(spot, expected, likely["solicitation"])
        if taken < LEAST and stands_for(sums, likely["selection"]) < 1 + LEAST:
            continue
        body = {name: getattr(sums, name) for name in FIELDS}
        found[worker] = {**body, "influence": likely, "expected": expected}
    return found


def load(session: Session, workers: Collection[str] | None) -> Influences:
    """What is in force for these workers (None: for all)."""
    wanted = select(Influence.worker, Influence.body)
    if workers is not None:
        wanted = wanted.where(Influence.worker.in_(sorted(workers)))
    return Influences({row[0]: row[1] for row in session.execute(wanted)})


def replace(session: Session, bodies: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Put these in force; returns the workers for whom something changed."""
    before = load(session, None).bodies
    changed = {
        worker
        for worker in before.keys() | bodies.keys()
        if before.get(worker) != bodies.get(worker)
    }
    session.execute(
        delete(Influence).where(Influence.worker.in_(sorted(changed))),
        execution_options={"synchronize_session": False},
    )
    rows = [{"worker": one, "body": dict(bodies[one])} for one in sorted(changed & bodies.keys())]
    if rows:
        session.execute(insert(Influence), rows)
    return changed
