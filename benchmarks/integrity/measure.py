"""Compares verdicts, flags and KPIs with the truth of a simulated company. Used by `bench.py`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GAMED = frozenset({"fabricated", "bombing", "scanner", "duplicate"})
INNOCENT = ("tablet", "kiosk", "business", "household", "wifi", "recovery", "correction")
Key = tuple[str, str]


@dataclass(slots=True)
class Truth:
    """The truth file, by what it is about."""

    responses: dict[str, dict[str, Any]] = field(default_factory=dict)
    agents: dict[str, dict[str, Any]] = field(default_factory=dict)
    teams: dict[Key, float] = field(default_factory=dict)


def load(folder: Path) -> Truth:
    truth = Truth()
    with (folder / "truth.ndjson").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] == "response":
                truth.responses[row["response_id"]] = row
            elif row["kind"] == "agent":
                truth.agents[row["agent_id"]] = row
            else:
                truth.teams[row["team_id"], row["metric"]] = row["value"]
    return truth


@dataclass(slots=True)
class Counts:
    """Sums over seeds of one method."""

    rows: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    lists: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, part: float, whole: float) -> None:
        row = self.rows[name]
        row[0] += part
        row[1] += whole

    def share(self, name: str) -> float:
        part, whole = self.rows[name]
        return part / whole if whole else 0.0

    def mean(self, name: str) -> float:
        values = self.lists[name]
        return sum(values) / len(values) if values else 0.0


def answers(into: Counts, truth: Truth, rejected: set[str], prefix: str = "") -> None:
    """Precision, recall and F1, with and without scanners; who was hurt."""
    for name, left_out in (("", frozenset[str]()), (" without scanners", frozenset({"scanner"}))):
        rows = [(i, r) for i, r in truth.responses.items() if r["label"] not in left_out]
        hit = sum(r["label"] in GAMED for i, r in rows if i in rejected)
        said = sum(i in rejected for i, _ in rows)
        gamed = sum(r["label"] in GAMED for _, r in rows)
        precision, recall = hit / said if said else 1.0, hit / gamed if gamed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        for key, value in (("precision", precision), ("recall", recall), ("F1", f1)):
            into.lists[prefix + key + name].append(value)
    for number, row in truth.responses.items():
        out, label = number in rejected, row["label"]
        agent = truth.agents[row["agent_id"]]
        if label == "honest" and not agent["gaming"]:
            into.add("honest rejected", out, 1)
            if agent["great"]:
                into.add("great agents' answers rejected", out, 1)
            if row["trap"] in INNOCENT:
                into.add(f"trap {row['trap']}", out, 1)
        if label == "fabricated" and row["evasive"]:
            into.add("evasive recall", out, 1)
        if label == "solicited" and not row["changed"]:
            into.add("asked-but-unchanged rejected", out, 1)
        if label in GAMED:
            into.add(f"recall {label}", out, 1)


def agents(into: Counts, truth: Truth, flagged: set[str], p: Mapping[str, float] | None) -> None:
    """False discoveries, recall, great agents accused; AUC where there is a ranking."""
    gaming = {name for name, row in truth.agents.items() if row["gaming"]}
    great = {name for name, row in truth.agents.items() if row["great"]}
    into.add("agent FDR", len(flagged - gaming), len(flagged))
    into.add("agent recall", len(flagged & gaming), len(gaming))
    into.add("great accused", len(flagged & great), len(great))
    for kind in sorted({k for row in truth.agents.values() for k in row["gaming"]}):
        only = {n for n in gaming if kind in truth.agents[n]["gaming"]}
        into.add(f"agents {kind}", len(flagged & only), len(only))
    if p is not None:
        into.lists["agent AUC"].append(_auc([(p.get(n, 1.0), n in gaming) for n in truth.agents]))


def _auc(rows: Iterable[tuple[float, bool]]) -> float:
    """P(a gaming agent's p is below an honest one's), ties half."""
    ordered = sorted(rows)
    wins = below = 0.0
    positives = sum(flag for _, flag in ordered)
    index = 0
    while index < len(ordered):
        end = index
        while end < len(ordered) and ordered[end][0] == ordered[index][0]:
            end += 1
        bad = sum(flag for _, flag in ordered[index:end])
        good = end - index - bad
        wins += good * (below + bad / 2)
        below += bad
        index = end
    negatives = len(ordered) - positives
    return wins / (positives * negatives) if positives and negatives else 0.5


def error(into: Counts, name: str, truth: Truth, values: Mapping[Key, float | None]) -> None:
    """Mean absolute error of the teams' KPIs, in points; of all, and by metric."""
    by_metric: dict[str, list[float]] = defaultdict(list)
    for key, true in truth.teams.items():
        value = values.get(key)
        if value is not None:
            by_metric[key[1]].append(abs(value - true))
    every = [e for errors in by_metric.values() for e in errors]
    into.lists[f"MAE {name}"].append(sum(every) / len(every))
    for metric, errors in by_metric.items():
        into.lists[f"MAE {name} {metric}"].append(sum(errors) / len(errors))
