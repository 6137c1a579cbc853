"""Writes an audit's files: all or none, each replaced whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from collector.integrity.audit import report
from collector.integrity.audit.report_answers import Examples
from collector.integrity.audit.run import Outcome
from collector.integrity.engine import kpis
from collector.integrity.engine.engine import VERSION

NAMES = ("verdicts.ndjson", "agents.ndjson", "kpi.ndjson", "report.html")


def write(outcome: Outcome, verdicts: Iterator[dict[str, Any]], out: Path) -> None:
    """Write all files into a folder beside, then move them into `out` one by one."""
    out.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=".audit-", dir=out))
    try:
        examples = Examples()
        _lines(place / "verdicts.ndjson", examples.passing(verdicts))
        _lines(place / "agents.ndjson", agents(outcome))
        _lines(place / "kpi.ndjson", teams(outcome))
        (place / "report.html").write_text(report.page(outcome, examples.found), "utf-8")
        for name in NAMES:
            os.replace(place / name, out / name)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def agents(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Rows of agents.ndjson: every agent, flagged or not. `p` small: hardly chance."""
    assert outcome.subjects is not None
    for name, found in sorted(outcome.subjects.findings.items()):
        yield {
            "agent_id": name, "flagged": found.flagged, "p": found.p,
            "reasons": list(found.reasons), "families": dict(found.families),
            "evidence": [
                {"code": item.code, "p": item.p, "independent": item.independent, **item.figures}
                for item in found.evidence if item.p <= 0.2
            ],
            "bombed_answers": found.victim, "detector": VERSION,
        }  # fmt: skip


def teams(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Rows of kpi.ndjson: one a team and metric, raw beside cleaned."""
    for (team, metric), tally in sorted(outcome.totals.teams.items()):
        interval = tally.interval(kpis.score_range(metric))
        most, minimum = tally.bounds()
        row = outcome.sums["teams"].get(team)
        yield {
            "team_id": team or None, "metric": metric, "value": _round(tally.value),
            "raw": _round(tally.raw_value),
            "low": _round(interval[0] if interval else None),
            "high": _round(interval[1] if interval else None), "n": tally.counted,
            "n_raw": int(tally.raw[0]), "rejected": tally.rejected, "suspect": tally.suspect,
            "if_suspect_counts": _round(most), "if_suspect_does_not": _round(minimum),
            "coverage": _round(row.answered / row.cases if row and row.cases else None, 4),
        }  # fmt: skip


def _round(value: float | None, digits: int = 3) -> float | None:
    return None if value is None else round(value, digits)


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("wb") as out:
        for row in rows:
            out.write(orjson.dumps(row, default=str) + b"\n")
        out.flush()
        os.fsync(out.fileno())
