"""Exports that lack files or fields, or write them differently: judged with what is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.integrity import measure
from benchmarks.integrity.simulator.simulate import simulate
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit
from collector.integrity.engine import kpis

FILES = ("events", "invitations", "responses", "signals", "roster")
Row = dict[str, Any]
Change = Callable[[str, Row], Row]


def without(*names: str) -> Change:
    return lambda file, row: {key: value for key, value in row.items() if key not in names}


def numbers(file: str, row: Row) -> Row:
    """Ids as numbers, as some systems count them."""
    return {
        key: int(value[1:]) if isinstance(value, str) and re.fullmatch("[EIRGA][0-9]+", value)
        else value for key, value in row.items()
    }  # fmt: skip


def otherwise(file: str, row: Row) -> Row:
    """Times in whole seconds, and fields that nobody here knows."""
    whole = {
        key: re.sub(r"\.[0-9]{3}Z$", "Z", value) if isinstance(value, str) else value
        for key, value in row.items()
    }
    return {**whole, "x": {"y": [1]}, "brand": "ü"}


def some_nobodys(file: str, row: Row) -> Row:
    """Every seventh case is credited to nobody."""
    last = row.get("event_id") or row.get("response_id") or "1"
    lost = file in ("events", "invitations", "responses") and int(last[-2:]) % 7 == 0
    return {**row, "agent_id": None, "handled_by": None} if lost else row


WAYS: dict[str, tuple[tuple[str, ...], Change]] = {
    "only responses": (("responses",), without()),
    "responses and events": (("responses", "events"), without()),
    "no devices": (FILES, without("device_hash")),
    "no browsers": (FILES, without("user_agent")),
    "no addresses": (FILES, without("ip_hash", "net_hash")),
    "written otherwise": (FILES, otherwise),
    "numbers as ids": (FILES, numbers),
    "some credited to nobody": (FILES, some_nobodys),
    "no teams or stores": (FILES, without("team_id", "store_id")),
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    simulate(12, folder, agents_at_most=40)
    return folder


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def judged(folder: Path) -> tuple[dict[str, Row], Outcome]:
    found: dict[str, Row] = {}

    def write(outcome: Outcome, lines: Iterator[Row]) -> None:
        found.update((line["response_id"], line) for line in lines)

    return found, audit(folder, Columns(), write)


@pytest.mark.parametrize("way", WAYS)
def test_a_poor_export_is_judged_whole_and_hurts_nobody(
    way: str, company: Path, tmp_path: Path
) -> None:
    files, change = WAYS[way]
    for file in files:
        with (tmp_path / f"{file}.ndjson").open("w", encoding="utf-8") as out:
            for row in rows(company / f"{file}.ndjson"):
                out.write(json.dumps(change(file, row)) + "\n")
    verdicts, outcome = judged(tmp_path)
    truth = measure.load(company)
    name = (lambda i: str(int(i[1:]))) if way == "numbers as ids" else str
    assert set(verdicts) == {name(i) for i in truth.responses}
    honest = [
        verdicts[name(i)]["verdict"] for i, r in truth.responses.items()
        if r["label"] == "honest" and not truth.agents[r["agent_id"]]["gaming"]
    ]  # fmt: skip
    assert honest.count("rejected") <= 0.003 * len(honest)
    assert all(v["reasons"] or v["verdict"] == "clean" for v in verdicts.values())
    assert outcome.subjects is not None
    great = {name(a) for a, row in truth.agents.items() if row["great"]}
    flagged = {a for a, found in outcome.subjects.findings.items() if found.flagged}
    assert not great & flagged
    assert all(tally.value is not None for tally in outcome.totals.company.values())


@pytest.mark.parametrize(
    ("metric", "low", "high", "parts"),
    [
        ("NPS", 0, 10, [-1] * 7 + [0, 0, 1, 1]),
        ("NPS", 1, 10, [-1] * 6 + [0, 0, 1, 1]),
        ("CSAT", 1, 5, [0, 0, 0, 1, 1]),
        ("CES", 1, 7, [0, 0, 0, 0, 1, 1, 1]),
    ],
)
def test_each_scale_counts_its_own_ends(metric: str, low: int, high: int, parts: list[int]) -> None:
    assert [kpis.contribution(metric, low, high, score) for score in range(low, high + 1)] == parts
