"""What one check finds about one answer. Pure; added up by `combine.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Findings of one group share a cause (one phone brings its network and its browser along), so
# `combine.py` does not add them up as if they were independent.
ORIGIN, CLIENT, CONTACT, SESSION, HAND, TEXT, CASE, ROBOT, ATTACK = (
    "origin", "client", "contact", "session", "hand", "text", "case", "robot", "attack",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """`log_odds` > 0 speaks against the answer, < 0 for it. `figures` are the numbers behind it.

    `certain`: counting the answer would be wrong whatever else is known.
    """

    code: str
    group: str
    log_odds: float
    figures: Mapping[str, object] = field(default_factory=dict)
    certain: bool = False
