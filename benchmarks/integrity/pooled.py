"""Adds companies up to a world, and worlds to a mean and a worst. Used by `table.py`.

Counts are added over the companies of a world, so that a company in which nobody games still
weighs on precision and on who was hurt. Small innocent groups are judged together: one answer of a
dozen is no rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.integrity.measure import Figures

SMALL_GROUP = 50
SMALL = "small groups together"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column: how to read it off a world, whether more is better, and the bars if any."""

    name: str
    of: Callable[[Sequence[Figures]], float | None]
    more: bool = True
    percent: bool = True
    mean_bar: float | None = None
    worst_bar: float | None = None

    def bad(self, values: Iterable[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return (min(known) if self.more else max(known)) if known else None

    def shown(self, value: float | None) -> str:
        if value is None:
            return "-"
        return f"{value:.2%}" if self.percent else f"{value:.3f}"


def added(companies: Sequence[Figures]) -> Figures:
    """The sums of several companies."""
    total = Figures()
    for one in companies:
        for name, (part, whole) in one.parts.items():
            total.add(name, part, whole)
        total.ranked += one.ranked
    return total


def share(name: str) -> Callable[[Sequence[Figures]], float | None]:
    return lambda companies: added(companies).share(name)


def f1(name: str) -> Callable[[Sequence[Figures]], float | None]:
    return lambda companies: added(companies).f1(name)


def worst_precision(companies: Sequence[Figures]) -> float | None:
    known = [value for one in companies if (value := one.share("precision")) is not None]
    return min(known, default=None)


def accused(companies: Sequence[Figures]) -> float | None:
    return added(companies).parts.get("great accused", (0.0, 0.0))[0]


def removed(companies: Sequence[Figures]) -> float | None:
    """Of the error that deleting exactly the gamed takes away, the share that cleaning does."""
    errors = [added(companies).share(f"error {name}") for name in ("raw", "cleaned", "deleting")]
    raw, cleaned, deleting = (error or 0.0 for error in errors)
    return (raw - cleaned) / (raw - deleting) if raw - deleting > 0.1 else None


def recall_at_five(companies: Sequence[Figures]) -> float | None:
    """Most gaming agents that a cut of p finds with at most one in twenty of the found honest."""
    ranked = sorted(added(companies).ranked)
    every = sum(flag for _, flag in ranked)
    best = hits = 0
    for index, (p, flag) in enumerate(ranked):
        hits += flag
        ends = index + 1 == len(ranked) or ranked[index + 1][0] > p
        if ends and index + 1 - hits <= 0.05 * (index + 1):
            best = hits
    return best / every if every and ranked else None


def groups(companies: Sequence[Figures]) -> dict[str, tuple[float, float]]:
    """Innocent groups: rejected, of how many. Victims and great agents' answers are two."""
    found: dict[str, tuple[float, float]] = {}
    small = [0.0, 0.0]
    for name, (part, whole) in added(companies).parts.items():
        if name.startswith("group ") or name in ("victims", "great agents' answers"):
            if whole >= SMALL_GROUP:
                found[name.removeprefix("group ")] = (part, whole)
            else:
                small = [small[0] + part, small[1] + whole]
    if small[1]:
        found[SMALL] = (small[0], small[1])
    return found


def worst_group(companies: Sequence[Figures]) -> float | None:
    return max((part / whole for part, whole in groups(companies).values()), default=None)


MEASURES = (
    Measure("F1", f1(""), percent=False, mean_bar=0.90, worst_bar=0.85),
    Measure("F1 without scanners", f1(" without scanners"), percent=False, mean_bar=0.82,
            worst_bar=0.75),
    Measure("precision", share("precision"), percent=False, mean_bar=0.98),
    Measure("precision, worst company", worst_precision, percent=False, worst_bar=0.94),
    Measure("recall", share("recall"), percent=False),
    Measure("honest rejected", share("honest rejected"), more=False, mean_bar=0.001),
    Measure("worst innocent group", worst_group, more=False, worst_bar=0.005),
    Measure("victims rejected", share("victims"), more=False, worst_bar=0.005),
    Measure("great agents' answers rejected", share("great agents' answers"), more=False,
            worst_bar=0.005),
    Measure("asked but unchanged rejected", share("asked but unchanged rejected"), more=False),
    Measure("KPI error removed", removed, percent=False, mean_bar=0.88, worst_bar=0.80),
    Measure("agents' AUC", share("AUC"), percent=False, mean_bar=0.90),
    Measure("agents' recall at 5 % FD", recall_at_five, percent=False, mean_bar=0.60),
    Measure("flags: false", share("FDR"), more=False, mean_bar=0.05),
    Measure("flags: recall", share("agents found"), percent=False, mean_bar=0.60),
    Measure("great accused", accused, more=False, percent=False, worst_bar=0.0),
)  # fmt: skip


def values(worlds: Mapping[str, Sequence[Figures]]) -> dict[str, dict[str, float | None]]:
    """By measure, by world."""
    return {m.name: {w: m.of(of) for w, of in worlds.items()} for m in MEASURES}


def mean(found: Iterable[float | None]) -> float | None:
    known = [value for value in found if value is not None]
    return fmean(known) if known else None
