"""`make bench-integrity`: how well gamed answers are told from honest ones, on unseen companies.

Thresholds were set on seeds 1-20, 101-210 and 301-310 of the first world and 1-8 of the foreign
one; this reports on others (401-410 by default). Prints the table of the promises beside what
people do today; asserts nothing.
Run: `python -m benchmarks.integrity.bench [--seeds 401-410] [--world foreign]`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.integrity import measure, naive
from benchmarks.integrity.foreign.quarter import simulate as foreign
from benchmarks.integrity.measure import Counts
from benchmarks.integrity.simulator.files import kpi
from benchmarks.integrity.simulator.simulate import simulate
from benchmarks.integrity.table import show
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit
from collector.integrity.engine.engine import Judged

WORLDS: dict[str, Callable[[int, Path], None]] = {"own": simulate, "foreign": foreign}
NAIVE = {
    "all-5 / all-1": naive.all_best_or_all_worst,
    "z-score, BH": naive.z_score,
    "device / address / speed": naive.device_address_speed,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="401-410")
    parser.add_argument("--world", choices=list(WORLDS), default="own")
    given = parser.parse_args()
    chosen = given.seeds
    first, _, last = chosen.partition("-")
    counts: dict[str, Counts] = defaultdict(Counts)
    for seed in range(int(first), int(last or first) + 1):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            WORLDS[given.world](seed, folder)
            line = one(folder, counts)
        print(f"seed {seed}: {line}", file=sys.stderr, flush=True)
    print(show(counts, chosen))


def one(folder: Path, counts: dict[str, Counts]) -> str:
    """Audit one company and add its figures."""
    truth = measure.load(folder)
    rows = [json.loads(line) for line in (folder / "responses.ndjson").open(encoding="utf-8")]
    verdicts: dict[str, dict[str, Any]] = {}
    soon: set[str] = set()

    def write(outcome: Outcome, lines: Iterator[dict[str, Any]]) -> None:
        verdicts.update((line["response_id"], line) for line in lines)

    def watch(judged: Judged) -> None:
        if judged.age == 1 and judged.verdict.verdict == "rejected":
            soon.add(judged.case.id)

    began = time.perf_counter()
    outcome = audit(folder, Columns(), write, watch=watch)
    took = time.perf_counter() - began
    rejected = {i for i, v in verdicts.items() if v["verdict"] == "rejected"}
    ours = counts["layered evidence"]
    measure.answers(ours, truth, rejected)
    gamed = {i for i, r in truth.responses.items() if r["label"] in measure.GAMED}
    ours.lists["recall within a day"].append(len(soon & gamed) / max(len(gamed), 1))
    ours.lists["non-clean with reasons"].append(_reasoned(verdicts))
    assert outcome.subjects is not None
    found = outcome.subjects.findings
    measure.agents(
        ours, truth, {n for n, f in found.items() if f.flagged}, {n: f.p for n, f in found.items()}
    )
    values = {key: tally.value for key, tally in outcome.totals.teams.items()}
    measure.error(ours, "cleaned", truth, values)
    measure.error(ours, "raw", truth, kpis(rows, set()))
    changed = {i for i, r in truth.responses.items() if r["label"] == "solicited" and r["changed"]}
    # The oracle also knows who did the work.
    home = {row["response_id"]: truth.responses[row["response_id"]]["team_id"] for row in rows}
    credited = [{**row, "team_id": home[row["response_id"]]} for row in rows]
    measure.error(ours, "oracle", truth, kpis(credited, gamed | changed))
    ours.lists["seconds"].append(took)
    ours.lists["answers"].append(len(rows))
    robots = {i for i in rejected if {"DUPLICATE", "LINK_SCANNER"} & set(verdicts[i]["reasons"])}
    others = {name: rule(rows) for name, rule in NAIVE.items()}
    others["duplicates + scanners only"] = (robots, set())
    for name, (out, accused) in others.items():
        measure.answers(counts[name], truth, out)
        measure.agents(counts[name], truth, accused, None)
        measure.error(counts[name], "cleaned", truth, kpis(rows, out))
    last = {name: values[-1] for name, values in ours.lists.items() if values}
    return (
        f"{len(rows)} answers, F1 {last['F1']:.3f}, precision {last['precision']:.3f}, "
        f"MAE {last['MAE raw']:.2f} -> {last['MAE cleaned']:.2f} "
        f"(oracle {last['MAE oracle']:.2f}), "
        f"AUC {last['agent AUC']:.3f}, {took:.1f} s"
    )


def kpis(rows: list[dict[str, Any]], out: set[str]) -> dict[tuple[str, str], float]:
    """Team KPIs of the answers that are left; of each invitation the last one."""
    last: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["response_id"] not in out:
            last[row["invitation_id"] if out else row["response_id"]] = row
    scores: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in last.values():
        scores[row["team_id"], row["metric"]].append(row["score"])
    return {key: kpi(key[1], values) for key, values in scores.items()}


def _reasoned(verdicts: dict[str, dict[str, Any]]) -> float:
    dirty = [v for v in verdicts.values() if v["verdict"] != "clean"]
    return sum(bool(v["reasons"]) for v in dirty) / max(len(dirty), 1)


if __name__ == "__main__":
    main()
