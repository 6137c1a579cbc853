"""Counts what a dry run decides, and what differs from the rule as it is now. Pure.

Memory does not grow with the number of events: at most `SEGMENTS` segments and `SAMPLES` samples of
each kind are kept. `report` gives plain JSON. Used by `run.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from collector.triggers.arbitration import RuleOutcome

SAMPLES = 5
SEGMENTS = 200
OTHER = "(all others)"
UNKNOWN = "(not known)"
NOT_THERE = "no_rule"
SMS = "sms"


@dataclass(slots=True)
class Kind:
    """How often something came, with a few events to look at."""

    count: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, event_id: str) -> None:
        self.count += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(event_id)

    def as_json(self) -> dict[str, Any]:
        return {"count": self.count, "samples": self.samples}


class Tally:
    """`segments_of(ruling)` gives what the first text message of an ask would cost."""

    def __init__(self, rule_key: str) -> None:
        self._key = rule_key
        self.decided = 0
        self._reasons: dict[str, Kind] = {}
        self._gates: Counter[str] = Counter()
        self._first: Counter[str] = Counter()
        self._fall_backs: Counter[str] = Counter()
        self._segments: dict[str, Counter[str]] = {}
        self._messages, self._parts = Counter[str](), Counter[str]()
        self._same, self._flips = 0, dict[tuple[str, str], Kind]()
        self._others: dict[str, dict[tuple[str, str], Kind]] = {}
        self.recorded = self.agreed = self.other_version = self.uncertain = 0
        self._disagreements: dict[str, Kind] = {}

    def drafted(
        self, event_id: str, ruling: RuleOutcome, segment: str | None, cost: Callable[[], int]
    ) -> None:
        """What the rule in question decides about one event."""
        self.decided += 1
        self._reasons.setdefault(ruling.reason, Kind()).add(event_id)
        invited = ruling.plan is not None
        if segment is not None:
            name = segment or UNKNOWN
            if name not in self._segments and len(self._segments) >= SEGMENTS:
                name = OTHER
            self._segments.setdefault(name, Counter())["invited" if invited else "held_back"] += 1
        if ruling.plan is None:
            self._gates[str(ruling.facts.get("gate", "priority"))] += 1
            return
        first, *rest = ruling.plan.channels
        self._first[first] += 1
        self._fall_backs.update(rest)
        if SMS in ruling.plan.channels:
            when = "sure" if first == SMS else "as_fall_back"
            self._messages[when] += 1
            self._parts[when] += cost()

    def compared(
        self, event_id: str, rule_key: str, before: RuleOutcome | None, after: RuleOutcome | None
    ) -> None:
        """The same event under the rules as they are, and with the draft among them."""
        pair = (_word(before), _word(after))
        if rule_key == self._key:
            if pair[0] == pair[1]:
                self._same += 1
            else:
                self._flips.setdefault(pair, Kind()).add(event_id)
        elif pair[0] != pair[1]:
            self._others.setdefault(rule_key, {}).setdefault(pair, Kind()).add(event_id)

    def checked(self, event_id: str, ruling: RuleOutcome, recorded: Any) -> None:
        """A ruling of the dry run beside what was decided at the time by the same version."""
        if recorded.rule_version_id != ruling.rule.version_id:
            self.other_version += 1
            return
        self.recorded += 1
        planned = ruling.plan.ask_at if ruling.plan else None
        same = (recorded.outcome, recorded.reason) == (ruling.outcome, ruling.reason)
        same = same and (planned is None or recorded.ask_at in (None, planned))
        if same:
            self.agreed += 1
        else:
            what = f"{recorded.reason} → {ruling.reason}"
            self._disagreements.setdefault(what, Kind()).add(event_id)

    def report(self) -> dict[str, Any]:
        """Everything counted, as JSON."""
        invited = self._reasons.get("invited", Kind())
        gained = sum(k.count for (a, b), k in self._flips.items() if b == "invited")
        lost = sum(k.count for (a, b), k in self._flips.items() if a == "invited")
        return {
            "decided": self.decided,
            "invited": invited.as_json(),
            "held_back": {
                "count": self.decided - invited.count,
                "by_reason": {
                    reason: kind.as_json()
                    for reason, kind in sorted(self._reasons.items())
                    if reason != "invited"
                },
                "by_gate": dict(sorted(self._gates.items())),
            },
            "channels": {
                "first": dict(sorted(self._first.items())),
                "as_fall_back": dict(sorted(self._fall_backs.items())),
            },
            "segments": {name: dict(sorted(held.items())) for name, held in self._ranked()},
            "sms": {
                when: {"messages": self._messages[when], "segments": self._parts[when]}
                for when in ("sure", "as_fall_back")
            },
            "difference": {
                "same": self._same,
                "newly_invited": gained,
                "no_longer_invited": lost,
                "flips": _flips(self._flips),
                "other_rules": {key: _flips(pairs) for key, pairs in sorted(self._others.items())},
            },
            "agreement": {
                "recorded": self.recorded,
                "same": self.agreed,
                "by_another_version": self.other_version,
                "differing": {what: kind.as_json() for what, kind in self._disagreements.items()},
            },
            "uncertain": self.uncertain,
        }

    def _ranked(self) -> list[tuple[str, Counter[str]]]:
        return sorted(self._segments.items(), key=lambda one: (-sum(one[1].values()), one[0]))


def _word(ruling: RuleOutcome | None) -> str:
    return ruling.reason if ruling is not None else NOT_THERE


def _flips(pairs: Mapping[tuple[str, str], Kind]) -> list[dict[str, Any]]:
    ranked = sorted(pairs.items(), key=lambda one: (-one[1].count, one[0]))
    return [{"from": a, "to": b, **kind.as_json()} for (a, b), kind in ranked]
