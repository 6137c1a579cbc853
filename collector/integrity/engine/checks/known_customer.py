"""KNOWN_CUSTOMER (exculpatory): the same customer answered another invitation from this very
device.
Page: docs/integrity/known_customer.md

A phone that only this customer (and perhaps one more at home) uses, on two invitations: -2.5. Who
fills surveys in for others uses one phone for many customers, or a new one each time.
"""

from __future__ import annotations

from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "KNOWN_CUSTOMER", 1, "periodic"
NATS = -2.5


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding in the answer's favour."""
    if not case.device or case.customer is None:
        return None
    seen = stats.answered_before(case)
    if seen < 2:
        return None
    return Finding(CODE, ORIGIN, NATS, {"invitations": seen})
