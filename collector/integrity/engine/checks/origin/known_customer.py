"""KNOWN_CUSTOMER (exculpatory): the same customer answered another invitation from this very
device.
Page: docs/integrity/known_customer.md

A phone that only this customer (and perhaps one more at home) uses, on two invitations: -2.5. Who
fills surveys in for others uses one phone for many customers, or a new one each time.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import ORIGIN, Finding

CODE = "KNOWN_CUSTOMER"
LOG_ODDS = -2.5


def check(assessment: Assessment) -> Finding | None:
    """A finding in the answer's favour."""
    case, device = assessment.case, assessment.device
    if case.customer is None or device is None or not device.invitations:
        return None
    answered = len(device.invitations.get(case.respondent, ()))
    if answered < 2:
        return None
    return Finding(CODE, ORIGIN, LOG_ODDS, {"invitations": answered})


CHECK = Check(CODE, version=1, cost="periodic", check=check)
