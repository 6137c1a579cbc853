"""Leave one world out: sets the combiner's few constants on the other worlds. Used by `bench.py`.

What the checks found of each answer is kept once; then verdicts are combined again and again with
other constants, one constant after the other, as long as something gets better. Checks, reasons
and figures stay as they are. What is found is then tried with the whole engine on the world that
was left out (`running.py`); reputations and subjects follow there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from benchmarks.integrity.companies import Company
from benchmarks.integrity.measure import Figures, gamed
from benchmarks.integrity.pooled import added
from collector.integrity.engine import combine as combiner
from collector.integrity.engine import engine
from collector.integrity.engine.finding import Finding

Settings = dict[str, float]
Found = tuple[tuple[Finding, ...], float]  # of one judgement, with the subject's reputation
# What may move, and where it may go. A dial is a constant of `combine.py`, or one of its tables'.
DIALS: Mapping[str, Sequence[float]] = {
    "PRIOR": (-4.2, -3.8, -3.5, -3.2, -2.9, -2.6),
    "REJECTED_FROM": (0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95),
    "ALSO": (0.4, 0.6, 0.8, 1.0),
    "CAPS.origin": (4.5, 5.0, 6.0, 7.0, 8.0),
    "CAPS.contact": (4.5, 5.0, 6.0, 7.0, 8.0),
    "CAPS.session": (3.5, 4.0, 5.0, 6.0),
    "CAPS.client": (2.5, 3.0, 3.5, 4.5),
    "CAPS.text": (1.5, 2.5, 3.5, 4.5),
    "STRONG.origin": (4.0, 4.4, 4.7, 5.2, 6.0),
    "STRONG.contact": (3.5, 4.0, 4.5, 5.0, 6.0),
}
HARM = {"honest rejected": (0.001, 40.0), "precision": (0.98, 3.0)}
ROUNDS, LEAST = 3, 0.0005
HOPELESS = 1.0  # nats against an answer, all told, below which no setting here rejects it


@dataclass(slots=True)
class Watched:
    """A company's answers about which something was found, and counts of the others."""

    world: str
    answers: list[tuple[tuple[Finding, ...], float, tuple[str, ...]]] = field(default_factory=list)
    rest: Figures = field(default_factory=Figures)


@contextmanager
def settings(given: Settings) -> Iterator[None]:
    """The combiner with these constants, for as long as this lasts."""
    before = current()
    try:
        _put(given)
        yield
    finally:
        _put({name: before[name] for name in given})


def current() -> Settings:
    """The dials that the combiner has, as they stand."""
    found = {}
    for name in DIALS:
        table, _, key = name.partition(".")
        value = getattr(combiner, table, None)
        value = value.get(key) if key and isinstance(value, dict) else value
        if isinstance(value, float):
            found[name] = value
    return found


def _put(given: Settings) -> None:
    for name, value in given.items():
        table, _, key = name.partition(".")
        if key:
            getattr(combiner, table)[key] = value
        else:
            setattr(combiner, table, value)


@contextmanager
def watching(company: Company, kept: dict[str, Found] | None = None) -> Iterator[Watched]:
    """Keep what the checks find of each answer in its last judgement, while an audit runs.

    `kept` is filled with all of it, by the answer's id.
    """
    kept = {} if kept is None else kept
    latest: list[Found] = []
    place: Any = engine
    combine, judge = place.combine, place.Engine.judge

    def combining(findings: Sequence[Finding], reputation: float = 0.0, **more: Any) -> Any:
        latest[:] = [(tuple(findings), reputation)]
        return combine(findings, reputation, **more)

    def judging(self: Any, case: Any, now: float) -> Any:
        verdict = judge(self, case, now)
        kept[case.id] = latest[0]
        return verdict

    watched = Watched(company.world)
    place.combine, place.Engine.judge = combining, judging
    try:
        yield watched
    finally:
        place.combine, place.Engine.judge = combine, judge
    for number, row in company.truth.responses.items():
        tags = _tags(row, company.truth.agents.get(row["agent_id"], {}))
        findings, reputation = kept.get(number, ((), 0.0))
        against = sum(max(f.log_odds, 0.0) for f in findings)
        if tags and (against >= HOPELESS or any(f.certain for f in findings)):
            slim = tuple(Finding(f.code, f.group, f.log_odds, {}, f.certain) for f in findings)
            watched.answers.append((slim, reputation, tags))
        else:
            _count(watched.rest, tags, False)


def _tags(row: Mapping[str, Any], agent: Mapping[str, Any]) -> tuple[str, ...]:
    if row["label"] == "duplicate":
        return ()
    if gamed(row):
        return ("gamed", "scanner") if row["label"] == "scanner" else ("gamed",)
    honest = row["label"] == "honest" and not agent.get("gaming")
    return ("own", "honest") if honest else ("own",)


def _count(into: Figures, tags: tuple[str, ...], out: bool) -> None:
    if "honest" in tags:
        into.add("honest rejected", out)
    if not tags:
        return
    for name in ("",) if "scanner" in tags else ("", " without scanners"):
        if out:
            into.add(f"precision{name}", "gamed" in tags)
        if "gamed" in tags:
            into.add(f"recall{name}", out)


def worth(companies: Sequence[Watched]) -> float:
    """How good the present settings are: F1 with and without scanners, the mean and the worst
    world alike, less the harm done beyond what is promised.
    """
    by_world: dict[str, list[Figures]] = {}
    for one in companies:
        figures = added([one.rest])
        for findings, reputation, tags in one.answers:
            verdict = combiner.combine(findings, reputation).verdict
            _count(figures, tags, verdict == combiner.REJECTED)
        by_world.setdefault(one.world, []).append(figures)
    gains, harm = [], 0.0
    for world in map(added, by_world.values()):
        gains.append(((world.f1() or 0.0) + (world.f1(" without scanners") or 0.0)) / 2)
        for name, (bar, price) in HARM.items():
            value = world.share(name)
            if value is not None:
                beyond = bar - value if name == "precision" else value - bar
                harm += price * max(beyond, 0.0)
    return (fmean(gains) + min(gains)) / 2 - harm / len(gains)


def narrowed(companies: Sequence[Watched]) -> list[Watched]:
    """Only the answers that some setting rejects and another does not; the others are counted.

    Every dial is monotone: a higher prior, cap or share of what else is found only ever rejects
    more, a higher bar and a higher "strong" only ever less.
    """
    less = {n for n in DIALS if n == "REJECTED_FROM" or n.startswith("STRONG.")}
    ends: dict[str, Settings] = {"loose": {}, "tight": {}}
    for name, now in current().items():
        low, high = min(*DIALS[name], now), max(*DIALS[name], now)
        ends["loose"][name], ends["tight"][name] = (low, high) if name in less else (high, low)
    found = []
    for one in companies:
        kept = Watched(one.world, [], added([one.rest]))
        said = []
        for given in (ends["loose"], ends["tight"]):
            with settings(given):
                said.append([
                    combiner.combine(f, reputation).verdict == combiner.REJECTED
                    for f, reputation, _ in one.answers
                ])  # fmt: skip
        for answer, loose, tight in zip(one.answers, *said, strict=True):
            if loose == tight:
                _count(kept.rest, answer[2], tight)
            else:
                kept.answers.append(answer)
        found.append(kept)
    return found


def fit(companies: Sequence[Watched]) -> tuple[Settings, float, float]:
    """The best settings that a walk along the dials finds; what they are worth before and after."""
    present = current()
    companies = narrowed(companies)
    before = best = worth(companies)
    chosen: Settings = {}
    for _ in range(ROUNDS):
        found = best
        for name in present:
            for value in DIALS[name]:
                if value == {**present, **chosen}[name]:
                    continue
                trial = {**chosen, name: value}
                with settings(trial):
                    reached = worth(companies)
                if reached > best + LEAST:
                    best, chosen = reached, trial
        if best <= found + LEAST:
            break
    return {n: v for n, v in chosen.items() if v != present[n]}, before, best
