"""Mutants that nothing can notice, because no value that can occur tells them from the engine.

By the mutant's name, with the reason. It leaves the list when the line changes.
"""

from __future__ import annotations

ENGINE = "collector.integrity.engine"
ACCEPTED: dict[str, str] = {
    f"{ENGINE}.combine: not findings: always false": (
        "without findings all that follows comes to the same verdict; saves time"
    ),
    f"{ENGINE}.lows_from_one_hand: origin is None: always false": (
        "a place that nobody else used has fewer than two low scores, which is asked next"
    ),
}
