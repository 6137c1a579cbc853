"""What one check found about the last of a few answers, in nats: `nats("RAPID_RUN", case, …)`."""

from __future__ import annotations

from collections.abc import Iterable

from collector.integrity.engine.combine import Verdict
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import judge


def nats(code: str, case: Case, *others: Case, beside: Iterable[Case] = ()) -> float:
    """0 where the check says nothing. `others` and `beside`: what else was answered."""
    return of(code, judge([*beside, *others, case])[case.id])


def of(code: str, verdict: Verdict) -> float:
    """The check's part of a verdict."""
    return float(str(verdict.evidence.get(code, {}).get("nats", 0.0)))
