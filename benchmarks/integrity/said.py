"""What a detector says of a company: verdicts, and if it can, agents and KPIs. Used by `bench.py`.

A detector takes a folder of the five files. Ours runs here; anybody's is a command that gets the
folder and where to write `verdicts.ndjson`, and may add `agents.ndjson` and `kpi.ndjson`.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.integrity import naive
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit
from collector.integrity.engine.engine import Judged

OURS, ROBOTS, NOBODY = "layered evidence", "duplicates + scanners only", "no cleaning"
RULES = {
    "all-5 / all-1": naive.all_best_or_all_worst,
    "z-score, BH": naive.z_score,
    "device / address / speed": naive.device_address_speed,
}
Key = tuple[str, str]


class Unusable(Exception):
    """A detector failed, or wrote what cannot be read."""


@dataclass(slots=True)
class Said:
    """Left out is clean, unflagged, weight 1. `kpis` None: they follow from the weights."""

    rejected: set[str] = field(default_factory=set)
    weights: dict[str, float] = field(default_factory=dict)
    flagged: set[str] = field(default_factory=set)
    p: dict[str, float] | None = None
    kpis: Mapping[Key, float | None] | None = None
    soon: set[str] | None = None
    unreasoned: int = 0


def ours(folder: Path) -> tuple[Said, Said]:
    """The engine's verdicts, and what is left of them if it knew robots only."""
    said, robots = Said(soon=set()), Said()

    def write(outcome: Outcome, lines: Iterator[dict[str, Any]]) -> None:
        for line in lines:
            _take(said, line)
            if line["verdict"] == "rejected" and {"DUPLICATE", "LINK_SCANNER"} & {*line["reasons"]}:
                robots.rejected.add(line["response_id"])

    def watch(judged: Judged) -> None:
        if judged.age == 1 and judged.verdict.verdict == "rejected" and said.soon is not None:
            said.soon.add(judged.case.id)

    outcome = audit(folder, Columns(), write, watch=watch)
    assert outcome.subjects is not None
    found = outcome.subjects.findings
    said.flagged = {name for name, finding in found.items() if finding.flagged}
    said.p = {name: finding.p for name, finding in found.items()}
    said.kpis = {key: tally.value for key, tally in outcome.totals.teams.items()}
    return said, robots


def by_rule(name: str, rows: Sequence[dict[str, Any]]) -> Said:
    rejected, flagged = RULES[name](rows)
    return Said(rejected=rejected, flagged=flagged)


def by_command(command: str, folder: Path, known: set[str]) -> Said:
    """Run somebody's detector; `{folder}` and `{out}` in the command are filled in."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        filled = command.replace("{folder}", shlex.quote(str(folder)))
        filled = filled.replace("{out}", shlex.quote(str(out)))
        done = subprocess.run(filled, shell=True, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unusable(f"the detector ended with {done.returncode}: {done.stderr[-400:]}")
        said = Said()
        for row in _read(out, "verdicts", needed=True):
            if row["response_id"] not in known:
                raise Unusable(f"verdicts.ndjson: {row['response_id']!r} is no response_id here")
            _take(said, row)
        agents = _read(out, "agents")
        said.flagged = {row["agent_id"] for row in agents if row.get("flagged")}
        if any(row.get("p") is not None for row in agents):
            said.p = {row["agent_id"]: row["p"] for row in agents if row.get("p") is not None}
        if kpis := _read(out, "kpi"):
            said.kpis = {(row["team_id"], row["metric"]): row["value"] for row in kpis}
        return said


def _take(said: Said, row: Mapping[str, Any]) -> None:
    number, verdict = row["response_id"], row["verdict"]
    if verdict not in ("clean", "suspect", "rejected"):
        raise Unusable(f"verdicts.ndjson: verdict {verdict!r} of {number}, not clean, suspect or "
                       "rejected")  # fmt: skip
    if verdict == "rejected":
        said.rejected.add(number)
    if (weight := row.get("weight")) is not None:
        said.weights[number] = float(weight)
    said.unreasoned += verdict != "clean" and not row.get("reasons")


def _read(out: Path, name: str, *, needed: bool = False) -> list[dict[str, Any]]:
    path = out / f"{name}.ndjson"
    if not path.is_file():
        if needed:
            raise Unusable(f"the detector wrote no {name}.ndjson into {{out}}")
        return []
    try:
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except ValueError as error:
        raise Unusable(f"{name}.ndjson: {error}") from None
