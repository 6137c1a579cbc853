"""Anybody's detector: files in, verdicts out, never the truth; slips are named."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from benchmarks.integrity import companies
from benchmarks.integrity.curves.quiet import Habits, quiet
from benchmarks.integrity.said import Unusable, by_command

WRITES = """
import json, os, sys
folder, out = sys.argv[1:]
print(sorted(os.listdir(folder)), file=open("{seen}", "w"))
with open(out + "/verdicts.ndjson", "w") as verdicts:
    verdicts.write('{row}')
"""


def command(place: Path, row: str) -> str:
    script = place / "detector.py"
    script.write_text(WRITES.replace("{seen}", str(place / "seen")).replace("{row}", row))
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} {{folder}} {{out}}"


def test_a_command_gets_the_files_and_its_verdicts_count(tmp_path: Path) -> None:
    folder = tmp_path / "a company"
    quiet(Habits(agents=5, each=2)).write(folder)
    row = '{"response_id": "R1", "verdict": "rejected", "weight": 0, "reasons": ["x"]}'
    said = by_command(command(tmp_path, row), folder, {"R1"})
    assert said.rejected == {"R1"}
    assert said.p is said.kpis is None
    assert (tmp_path / "seen").read_text().strip() == str(sorted(p.name for p in folder.iterdir()))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('{"response_id": "R2", "verdict": "clean"}', "'R2' is no response_id"),
        ('{"response_id": "R1", "verdict": "fraud"}', "verdict 'fraud' of R1"),
        ("{nothing", "verdicts.ndjson: "),
    ],
)
def test_what_cannot_be_used_is_named(row: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=told):
        by_command(command(tmp_path, row), tmp_path, {"R1"})


@pytest.mark.parametrize(
    ("line", "told"), [("exit 3", "ended with 3"), ("true", "wrote no verdicts.ndjson")]
)
def test_a_detector_that_fails_says_so(line: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=told):
        by_command(line, tmp_path, set())


def test_every_folder_with_a_world_is_a_world() -> None:
    assert {"foreign", "simulator"} <= set(companies.names())
    assert all((companies.WORLDS / name / "world.py").is_file() for name in companies.names())


def test_a_company_is_split_into_what_may_be_seen_and_its_truth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class World:
        @staticmethod
        def write(seed: int, folder: Path) -> None:
            quiet(Habits(agents=5, each=2, seed=seed)).write(folder)
            (folder / "truth.ndjson").write_text('{"kind": "agent", "agent_id": "A00"}\n')

    monkeypatch.setattr(companies.importlib, "import_module", lambda name: World)
    companies.write("any", 3, tmp_path)
    company = companies.read("any", 3, tmp_path)
    assert len(company.rows) == 10
    assert set(company.truth.agents) == {"A00"}
    assert not (company.folder / "truth.ndjson").exists()
