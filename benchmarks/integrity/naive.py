"""What people do today, for comparison: four rules, each from responses alone. Used by `bench.py`.

Each returns the rejected answers and the accused agents.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from statistics import NormalDist, fmean, pstdev
from typing import Any

from collector.integrity.engine.statistics import benjamini_hochberg

Row = dict[str, Any]
Said = tuple[set[str], set[str]]


def all_best_or_all_worst(rows: Sequence[Row]) -> Said:
    """Drop agents whose every answer is the best, or every one the worst (three or more)."""
    accused = set()
    for agent, mine in _by_agent(rows).items():
        ends = {(r["score"] == r["scale"][1]) - (r["score"] == r["scale"][0]) for r in mine}
        if len(mine) >= 3 and ends in ({1}, {-1}):
            accused.add(agent)
    return _drop(rows, accused), accused


def z_score(rows: Sequence[Row]) -> Said:
    """Drop agents whose mean is unlikely against everybody's, at a false discovery rate of 5 %."""
    every = [_position(r) for r in rows]
    mean, spread = fmean(every), pstdev(every)
    names, p = [], []
    for agent, mine in _by_agent(rows).items():
        if len(mine) >= 5:
            z = (fmean(map(_position, mine)) - mean) / (spread / math.sqrt(len(mine)))
            names.append(agent)
            p.append(2 * (1 - NormalDist().cdf(abs(z))))
    hits = benjamini_hochberg(p, 0.05)
    accused = {name for name, hit in zip(names, hits, strict=True) if hit}
    return _drop(rows, accused), accused


def device_address_speed(rows: Sequence[Row]) -> Said:
    """The textbook: a device or address seen three times, or under two seconds on the page."""
    devices = Counter(r["device_hash"] for r in rows if r["device_hash"])
    addresses = Counter(r["ip_hash"] for r in rows)
    out = {
        r["response_id"] for r in rows
        if devices[r["device_hash"]] >= 3 or addresses[r["ip_hash"]] >= 3 or _seconds(r) < 2
    }  # fmt: skip
    totals: Counter[str] = Counter(r["agent_id"] for r in rows)
    bad = Counter(r["agent_id"] for r in rows if r["response_id"] in out)
    return out, {a for a, n in totals.items() if n >= 5 and bad[a] > 0.7 * n}


def _by_agent(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["agent_id"]].append(row)
    return found


def _drop(rows: Sequence[Row], accused: set[str]) -> set[str]:
    return {r["response_id"] for r in rows if r["agent_id"] in accused}


def _position(row: Row) -> float:
    low, high = row["scale"]
    return float((row["score"] - low) / (high - low))


def _seconds(row: Row) -> float:
    opened, answered = (datetime.fromisoformat(row[k]) for k in ("opened_at", "answered_at"))
    return (answered - opened).total_seconds()
