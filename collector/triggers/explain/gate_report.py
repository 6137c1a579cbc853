"""A walk through the gates as a list that people read: pass, fail or not reached. Pure.

From the facts that a decision kept (`recorded`), or from a fresh walk (`walked`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collector.triggers.explain import sentences
from collector.triggers.gates.order import GATES
from collector.triggers.gates.situation import Check

PASS, FAIL, NOT_REACHED = "pass", "fail", "not_reached"
PRIORITY = "priority"
ORDER = (*(gate.__name__ for gate in GATES), PRIORITY)
OUTRANKED = "outranked"
BY_HAND = "by_hand"
# A note is in the words of a person and may name somebody.
OWN = ("gate", "passed", "gates", "note")


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate's answer. `result`: pass, fail or not_reached; `figures` are what it saw."""

    gate: str
    question: str
    result: str
    sentence: str
    reason: str
    figures: Mapping[str, Any]


def recorded(outcome: str, reason: str, facts: Mapping[str, Any]) -> list[GateLine]:
    """What a decision kept: figures of the gate that ended it, names of those before it.

    A decision that no gate made (a person withheld the ask) has a line of its own.
    """
    figures = {name: value for name, value in facts.items() if name not in OWN}
    if outcome == "invited":
        kept = {"channel": {"channels": facts.get("channels", [])}}
        return [_line(gate, PASS, "", kept.get(gate, {})) for gate in ORDER]
    if reason == OUTRANKED:
        before = ORDER[:-1]
        return [_line(gate, PASS, "", {}) for gate in before] + [
            _line(PRIORITY, FAIL, reason, figures)
        ]
    ended = facts.get("gate")
    if ended not in ORDER:
        untouched = [_line(gate, NOT_REACHED, "", {}) for gate in ORDER]
        said = sentences.failed(reason, figures)
        return [*untouched, GateLine(BY_HAND, sentences.BY_HAND, FAIL, said, reason, figures)]
    at = ORDER.index(ended)
    return [
        _line(gate, PASS, "", {}) if number < at
        else _line(gate, FAIL, reason, figures) if number == at
        else _line(gate, NOT_REACHED, "", {})
        for number, gate in enumerate(ORDER)
    ]  # fmt: skip


def walked(checks: Sequence[Check], outranked: Mapping[str, Any] | None = None) -> list[GateLine]:
    """A fresh walk; `outranked` holds the winner's figures where another rule takes the event."""
    seen = {check.gate: check for check in checks}
    lines = []
    for gate in ORDER[:-1]:
        check = seen.get(gate)
        if check is None:
            lines.append(_line(gate, NOT_REACHED, "", {}))
        else:
            lines.append(_line(gate, FAIL if check.reason else PASS, check.reason, check.facts))
    if checks and checks[-1].reason:
        lines.append(_line(PRIORITY, NOT_REACHED, "", {}))
    elif outranked is not None:
        lines.append(_line(PRIORITY, FAIL, OUTRANKED, outranked))
    else:
        lines.append(_line(PRIORITY, PASS, "", {}))
    return lines


def _line(gate: str, result: str, reason: str, figures: Mapping[str, Any]) -> GateLine:
    said = {
        PASS: lambda: sentences.passed(gate, figures),
        FAIL: lambda: sentences.failed(reason, figures),
        NOT_REACHED: lambda: sentences.NOT_REACHED,
    }[result]()
    return GateLine(gate, sentences.question(gate), result, said, reason, dict(figures))
