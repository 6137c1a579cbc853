"""The command: every world, mean and worst, methods, one left out in turn, figures as JSON."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.integrity import bench, companies
from benchmarks.integrity.curves.cheats import cheat
from benchmarks.integrity.curves.quiet import Company, Habits, quiet
from benchmarks.integrity.fitting import current


def truth(company: Company, gaming: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"kind": "response", "response_id": number, "label": label, "changed": False, "trap": what,
         "practice": what if label != "honest" else None, "evasive": False,
         "agent_id": row["agent_id"], "team_id": row["team_id"]}
        for row in company.files["responses"]
        for number in [row["response_id"]] for label, what in [company.labels[number]]
    ]  # fmt: skip
    rows += [{"kind": "agent", "agent_id": agent, "gaming": ["p"] if agent == gaming else [],
              "great": agent == "A03", "bombed": False} for agent in company.agents]  # fmt: skip
    teams = {company.team(agent) for agent in company.agents}
    return rows + [{"kind": "team", "team_id": team, "metric": "CSAT", "value": 70.0, "n": 9}
                   for team in teams]  # fmt: skip


def write(seed: int, folder: Path) -> None:
    company = quiet(Habits(seed=seed, agents=10, each=24))
    cheat(company, "own_phone", "A05", 0.5)
    company.write(folder)
    lines = [json.dumps(row) + "\n" for row in truth(company, "A05")]
    (folder / "truth.ndjson").write_text("".join(lines))


@pytest.fixture(autouse=True)
def _two_small_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    world = SimpleNamespace(write=write)
    monkeypatch.setattr(companies, "names", lambda: ["east", "west"])
    monkeypatch.setattr(companies.importlib, "import_module", lambda name: world)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["bench-integrity", "--jobs", "1", *arguments])
    bench.main()


def test_it_prints_every_world_the_mean_and_the_worst_and_each_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = current()
    run(monkeypatch, "--seeds", "1", "--leave-one-out", "--json", str(tmp_path / "figures.json"))
    out, progress = capsys.readouterr()
    assert out.count("measure | east | west | mean | WORST | bar mean / worst") == 2
    assert "Left out in turn" in out
    for method in ("layered evidence", "no cleaning", "z-score, BH", "device / address / speed"):
        assert f"\n{method} | " in out
    assert "own_phone 100.0% (24 of 24)" in out
    assert "2 of 2 companies" in progress
    figures = json.loads((tmp_path / "figures.json").read_text())
    ours = figures["methods"]["layered evidence"]
    assert ours["measures"]["recall"] == {"east": 1.0, "west": 1.0}
    assert ours["counts"]["west"][0]["practice own_phone"] == [24, 24]
    assert current() == before


def test_a_command_is_measured_in_place_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    script = tmp_path / "nobody.py"
    script.write_text("import sys\nopen(sys.argv[1] + '/verdicts.ndjson', 'w').close()\n")
    command = f"{shlex.quote(sys.executable)} {script} {{out}}"
    run(monkeypatch, "--seeds", "1", "--worlds", "east", "--detector", command)
    out, _ = capsys.readouterr()
    assert "\nF1 | 0.000 | 0.000 | 0.000 | 0.900 / 0.850" in out
    assert "layered evidence" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--worlds", "north"), "no such world: north; there are east, west"),
        (("--worlds", "east", "--leave-one-out"), "two --worlds or more"),
        (("--worlds", "east", "--seeds", "1", "--detector", "exit 4"), "ended with 4"),
    ],
)
def test_slips_are_named(
    arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match=told):
        run(monkeypatch, *arguments)


def test_seeds_are_read_as_one_writes_them() -> None:
    assert bench._seeds("1-3,7") == [1, 2, 3, 7]
    with pytest.raises(bench.argparse.ArgumentTypeError, match="names no seed"):
        bench._seeds("few")
