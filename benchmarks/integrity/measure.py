"""One scorer: compares what was said of a company with its truth. Start: `bench.py`.

*Gamed* are answers that were fabricated, influenced and changed by it, bombed, or a scanner's.
Duplicates count for nobody: they are left out of every count of answers. What was asked for and
not changed is the customer's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.integrity.companies import Company, Key, Truth, load
from benchmarks.integrity.said import Said
from collector.integrity.engine.kpis import contribution

__all__ = ["NOT_COUNTED", "Figures", "gamed", "load", "score"]

# What a right count leaves out; `gamed` is what a detector is measured on.
NOT_COUNTED = frozenset({"fabricated", "bombing", "scanner", "duplicate"})
BANDS = ((0.05, "to 5 %"), (0.12, "to 12 %"), (0.25, "to 25 %"), (1.0, "over 25 %"))
Row = Mapping[str, Any]


def gamed(row: Row) -> bool:
    """Is the score another's than the customer's free one?"""
    label = row["label"]
    return label in ("fabricated", "bombing", "scanner") or (
        label == "solicited" and bool(row["changed"])
    )


@dataclass(slots=True)
class Figures:
    """Sums over one company, so that companies can be added up. `parts`: part and whole."""

    parts: dict[str, list[float]] = field(default_factory=dict)
    ranked: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, name: str, part: float, whole: float = 1.0) -> None:
        row = self.parts.setdefault(name, [0.0, 0.0])
        row[0] += part
        row[1] += whole

    def share(self, name: str) -> float | None:
        part, whole = self.parts.get(name, (0.0, 0.0))
        return part / whole if whole else None

    def f1(self, name: str = "") -> float | None:
        """Of what was rejected; None where nothing was gamed."""
        hit, said = self.parts.get(f"precision{name}", (0.0, 0.0))
        whole = self.parts.get(f"recall{name}", (0.0, 0.0))[1]
        return 2 * hit / (said + whole) if whole else None


def score(company: Company, said: Said) -> Figures:
    """Everything that is measured of one company."""
    figures = Figures()
    _answers(figures, company.truth, said)
    _agents(figures, company.truth, said)
    _errors(figures, company, said)
    figures.add("non-clean without reasons", said.unreasoned, len(company.rows))
    return figures


def _answers(into: Figures, truth: Truth, said: Said) -> None:
    strengths = _strengths(truth)
    bombed = {row["agent_id"] for row in truth.responses.values() if row["label"] == "bombing"}
    for number, row in truth.responses.items():
        label, out = row["label"], number in said.rejected
        if label == "duplicate":
            continue
        bad = gamed(row)
        for name in ("",) if label == "scanner" else ("", " without scanners"):
            if out:
                into.add(f"precision{name}", bad)
            if bad:
                into.add(f"recall{name}", out)
        if bad:
            if said.soon is not None:
                into.add("recall within a day", number in said.soon)
            kind = row.get("practice") or label
            into.add(f"practice {kind}", out)
            if label in ("fabricated", "solicited"):
                careful = "careful" if row["evasive"] else "careless"
                into.add(f"strength {careful}, {strengths[row['agent_id']]}", out)
        elif label == "solicited":
            into.add("asked but unchanged rejected", out)
        elif label == "honest":
            agent = truth.agents.get(row["agent_id"], {})
            victim = bool(agent.get("bombed")) or row["agent_id"] in bombed
            _honest(into, row, {**agent, "bombed": victim}, out)


def _honest(into: Figures, row: Row, agent: Row, out: bool) -> None:
    if agent.get("gaming"):
        into.add("honest answers of gaming agents rejected", out)
        return
    into.add("honest rejected", out)
    if row.get("trap"):
        into.add(f"group {row['trap']}", out)
    if agent.get("bombed"):
        into.add("victims", out)
    if agent.get("great"):
        into.add("great agents' answers", out)


def _strengths(truth: Truth) -> dict[str, str]:
    """How much of each agent's answers is gamed in the agent's favour, in bands."""
    every: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for row in truth.responses.values():
        if row["label"] not in ("duplicate", "scanner"):
            every[row["agent_id"]] += 1
            bad[row["agent_id"]] += gamed(row) and row["label"] != "bombing"
    return {
        agent: next(name for top, name in BANDS if bad[agent] <= top * count)
        for agent, count in every.items()
    }


def _agents(into: Figures, truth: Truth, said: Said) -> None:
    gaming = {name for name, row in truth.agents.items() if row["gaming"]}
    great = {name for name, row in truth.agents.items() if row["great"]} - gaming
    into.add("FDR", len(said.flagged - gaming), len(said.flagged))
    into.add("agents found", len(said.flagged & gaming), len(gaming))
    into.add("great accused", len(said.flagged & great), len(great))
    for kind in {kind for row in truth.agents.values() for kind in row["gaming"]}:
        of = {name for name in gaming if kind in truth.agents[name]["gaming"]}
        into.add(f"agents {kind}", len(said.flagged & of), len(of))
    if said.p is not None:
        into.ranked = [(said.p.get(name, 1.0), name in gaming) for name in truth.agents]
        if gaming and len(gaming) < len(truth.agents):
            into.add("AUC", auc(into.ranked))


def auc(rows: list[tuple[float, bool]]) -> float:
    """P(a gaming agent's p is below an honest one's), ties half."""
    ordered = sorted(rows)
    wins = below = 0.0
    index = 0
    while index < len(ordered):
        end = index
        while end < len(ordered) and ordered[end][0] == ordered[index][0]:
            end += 1
        bad = sum(flag for _, flag in ordered[index:end])
        wins += (end - index - bad) * (below + bad / 2)
        below += bad
        index = end
    return wins / (below * (len(ordered) - below))


def _errors(into: Figures, company: Company, said: Said) -> None:
    """Mean absolute errors of the teams' KPIs: raw, cleaned, and with exactly the gamed deleted.

    The last credits who did the work, and of each invitation counts the last answer that is left.
    """
    truth = company.truth
    raw = kpis(company.rows, set(), {}, last=False)
    out = {number for number, row in truth.responses.items() if gamed(row)}
    home = [{**r, "team_id": truth.responses[r["response_id"]]["team_id"]} for r in company.rows]
    values: dict[str, Mapping[Key, float | None]] = {
        "raw": raw,
        "cleaned": said.kpis if said.kpis is not None else kpis(
            company.rows, said.rejected, said.weights, last=bool(said.rejected or said.weights)),
        "deleting": kpis(home, out, {}),
    }  # fmt: skip
    keys = [key for key in truth.teams if raw.get(key) is not None]
    for name, found in values.items():
        errors = [
            abs(next(v for v in (found.get(key), raw[key]) if v is not None) - truth.teams[key])
            for key in keys
        ]
        into.add(f"error {name}", sum(errors) / max(len(errors), 1))


def kpis(
    rows: tuple[dict[str, Any], ...] | list[dict[str, Any]], out: set[str],
    weights: Mapping[str, float], *, last: bool = True,
) -> dict[Key, float | None]:  # fmt: skip
    """Team KPIs of the answers that are left; with `last`, of each invitation the last one."""
    left: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["response_id"] not in out:
            left[(last and row["invitation_id"]) or row["response_id"]] = row
    sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in left.values():
        weight = weights.get(row["response_id"], 1.0)
        one = sums[row["team_id"], row["metric"]]
        low, high = row["scale"]
        one[0] += weight * contribution(row["metric"], low, high, row["score"])
        one[1] += weight
    return {key: 100 * total / n if n else None for key, (total, n) in sums.items()}
