"""Prints the bench's figures: worlds, mean and worst; methods side by side; who is found, who is
not. Used by `bench.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.integrity.measure import Figures
from benchmarks.integrity.pooled import MEASURES, added, groups, mean, values

Worlds = Mapping[str, Sequence[Figures]]


def worlds(of: Worlds, title: str) -> str:
    """One column a world, then the mean and the worst, then what is promised."""
    names = list(of)
    lines = [f"## {title}", "", f"measure | {' | '.join(names)} | mean | WORST | bar mean / worst"]
    lines.append("---|" * (len(names) + 3) + "---")
    for measure in MEASURES:
        found = [measure.of(of[name]) for name in names]
        bars = " / ".join(
            "-" if bar is None else measure.shown(bar)
            for bar in (measure.mean_bar, measure.worst_bar)
        )
        cells = [measure.shown(value) for value in [*found, mean(found), measure.bad(found)]]
        lines.append(f"{measure.name} | {' | '.join(cells)} | {bars}")
    return "\n".join(lines)


def methods(of: Mapping[str, Worlds]) -> str:
    """One row a method: mean over worlds, and the worst world."""
    chosen = [m for m in MEASURES if m.name in (
        "F1", "F1 without scanners", "precision", "honest rejected", "worst innocent group",
        "KPI error removed", "flags: recall", "great accused")]  # fmt: skip
    lines = ["## Methods: mean (worst world)", ""]
    lines.append("method | " + " | ".join(m.name for m in chosen))
    lines.append("---|" * len(chosen) + "---")
    for method, these in of.items():
        found = values(these)
        cells = []
        for measure in chosen:
            row = list(found[measure.name].values())
            cells.append(f"{measure.shown(mean(row))} ({measure.shown(measure.bad(row))})")
        lines.append(f"{method} | {' | '.join(cells)}")
    return "\n".join(lines)


def details(of: Worlds) -> str:
    """By world: innocent groups, recall by practice and strength, agents by what they do."""
    lines = ["## By world"]
    for world, companies in of.items():
        total = added(companies)
        hurt = sorted(groups(companies).items(), key=lambda item: -item[1][0] / item[1][1])
        lines += ["", f"**{world}.** Innocent, rejected: " + _listed(hurt) + "."]
        for title, start in (
            ("Gamed answers found, by practice", "practice "),
            ("by strength (careful or not, share of the agent's answers)", "strength "),
            ("Agents flagged, by what they do", "agents "),
        ):
            rows = sorted(
                (name.removeprefix(start), (part, whole))
                for name, (part, whole) in total.parts.items()
                if name.startswith(start) and name != "agents found" and whole
            )
            if rows:
                lines.append(f"{title}: {_listed(rows)}.")
        raw, cleaned, best = (total.share(f"error {n}") for n in ("raw", "cleaned", "deleting"))
        lines.append(
            f"Mean error of team KPIs, points: raw {raw:.2f}, cleaned {cleaned:.2f}, "
            f"exactly the gamed deleted {best:.2f}."
        )
    return "\n".join(lines)


def _listed(rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    return ", ".join(
        f"{name} {part / whole:.1%} ({part:.0f} of {whole:.0f})" for name, (part, whole) in rows
    )
