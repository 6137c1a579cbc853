"""What the last conclusion about a worker does to the weights of that worker's answers.

`effects` picks, purely, the few workers whose answers it moves; `load` and `replace` read and write
them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from collector.integrity.engine.combine import Verdict
from collector.integrity.engine.subjects.company import Subjects
from collector.integrity.engine.subjects.weight_adjustments import WeightAdjustment
from collector.integrity.engine.weights import LEAST, Weighed, weigh
from collector.model.integrity import Influence
from collector.model.sql.bulk import one_of


@dataclass(slots=True)
class Influences:
    """By worker: what its practices do to the weights of its answers (`WeightAdjustment`)."""

    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def weigh(
        self, said: Verdict, worker: str, *, spot_best: bool, best: bool, poor: bool
    ) -> Weighed:
        """The answer's weight, as the audit works it out."""
        body = self.bodies.get(worker)
        adjustment = WeightAdjustment(**body) if body is not None else None
        return weigh(said, spot_best=spot_best, best=best, poor=poor, adjustment=adjustment)


def effects(agents: Subjects) -> dict[str, dict[str, Any]]:
    """The bodies of the workers whose answers' weights change by something worth writing down."""
    return {
        worker: asdict(adjustment)
        for worker, adjustment in agents.adjustments.items()
        if adjustment.lost >= LEAST or max(adjustment.other, adjustment.low) >= 1 + LEAST
    }


def load(session: Session, workers: Collection[str] | None) -> Influences:
    """What is in force for these workers (None: for all)."""
    wanted = select(Influence.worker, Influence.body)
    if workers is not None:
        wanted = wanted.where(one_of(Influence.worker, workers))
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
