"""TOO_FAST: the press came sooner after the page opened than reading takes. Pure.

Weak on purpose: somebody who tapped a 9 in the mail has read the question there and may press at
once, and rules on device, address and speed rejected 38 % of honest answers in a simulation. So it
moves the odds by a factor of about 4 below half a second and about 2 below one, and can never
decide alone.
"""

from __future__ import annotations

from datetime import timedelta

from collector.answers.taps import PAGE, WIDGET
from collector.integrity.evidence import Case, Finding

CODE = "too_fast"
VERSION = 1

LIMITS = ((timedelta(milliseconds=500), 1.5), (timedelta(seconds=1), 0.8))


def check(case: Case) -> Finding | None:
    """A weak finding for an answer within a second of the page's opening."""
    tap = case.answering
    if tap is None or tap.opened_at is None or tap.via not in (PAGE, WIDGET):
        return None
    after = tap.tapped_at - tap.opened_at
    for limit, nats in LIMITS:
        if after < limit:
            figures = {"seconds_after_opening": round(after.total_seconds(), 3)}
            return Finding(CODE, nats, figures)
    return None
