"""What the taps behind one answer show, for the check of the same name. Pure.

The fold has set aside what was plainly a machine's; these are the figures of what is left. They
are weighed in `engine/checks/robots/tap_stream.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from collector.answers.bot_rules import BURST, MANY, UNCONFIRMED
from collector.answers.taps import CONFIRMED, DECOY, PAGE, WIDGET, TapEvidence


def answering(taps: Sequence[TapEvidence], score: int | None, at: object) -> TapEvidence | None:
    """The tap whose score holds."""
    for tap in reversed(taps):
        if tap.score == score and tap.tapped_at == at:
            return tap
    return None


def figures(
    taps: Sequence[TapEvidence], state: str, set_aside: Collection[Any], tap: TapEvidence | None
) -> dict[str, Any]:
    """What speaks for a machine or a hand. `set_aside`: the fold's list; `tap`: the answering."""
    found: dict[str, Any] = {}
    if state == CONFIRMED:
        found["pressed"] = True
    if any(one.kind == DECOY for one in taps):
        found["decoy_opened"] = True
    machine = [item for item in set_aside if item.get("reason") != UNCONFIRMED]
    if machine:
        found["taps_set_aside"] = len(machine)
    if tap is not None and tap.via in (PAGE, WIDGET) and not tap.user_agent.strip():
        found["no_browser"] = True
    return found | _pressed_many(taps)


def _pressed_many(taps: Sequence[TapEvidence]) -> dict[str, Any]:
    presses = [tap for tap in taps if tap.kind == CONFIRMED and tap.score is not None]
    for index, first in enumerate(presses):
        near = [tap for tap in presses[index:] if tap.tapped_at - first.tapped_at <= BURST]
        scores = sorted({tap.score for tap in near if tap.score is not None})
        if len(scores) >= MANY:
            spread = near[-1].tapped_at - first.tapped_at
            return {
                "scores_pressed": scores, "within_seconds": round(spread.total_seconds(), 3),
            }  # fmt: skip
    return {}
