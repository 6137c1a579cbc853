"""What a check may see of one response, and what it says about it. Pure types.

A score is never evidence on its own: who answered, from what, when and about which case is. Used
by every check, by `judgement.py` and by `cases.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from collector.answers.taps import TapEvidence


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another response that counts, about the same interaction and with the same question.

    `same`: by what it was found, `event` or `order`, with the person or the contact point.
    """

    response_id: str
    answered_at: datetime
    same: str


@dataclass(frozen=True, slots=True)
class Case:
    """One response and the evidence around it.

    `set_aside`: `{"tap_id", "reason", "figures"}` of each tap that the fold did not count.
    """

    response_id: str
    state: str
    score: int | None
    answered_at: datetime
    taps: tuple[TapEvidence, ...]
    set_aside: tuple[Mapping[str, object], ...] = ()
    siblings: tuple[Sibling, ...] = ()

    @property
    def answering(self) -> TapEvidence | None:
        """The tap whose score holds."""
        for tap in reversed(self.taps):
            if tap.score == self.score and tap.tapped_at == self.answered_at:
                return tap
        return None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `nats` > 0 speaks against the answer.

    `certain`: counting this answer would be wrong whatever else is known (it counts elsewhere).
    """

    code: str
    nats: float
    figures: Mapping[str, object] = field(default_factory=dict)
    certain: bool = False
