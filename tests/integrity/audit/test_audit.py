"""`collector audit` over files: clean ones, dirty ones, foreign ones, and too few of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.integrity.simulator.simulate import simulate
from collector.commands.audit import command
from collector.integrity.audit.writing import NAMES


def audit(*args: object) -> Result:
    return CliRunner().invoke(command, [str(arg) for arg in args])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def response(number: int, **given: Any) -> dict[str, Any]:
    return {
        "response_id": f"R{number}", "agent_id": f"A{number % 5}", "team_id": "T", "store_id": "S",
        "metric": "CSAT", "scale": [1, 5], "score": number % 5 + 1, "channel": "sms",
        "answered_at": f"2025-01-{number % 28 + 1:02d}T10:00:00.000Z", **given,
    }  # fmt: skip


def write(path: Path, rows: list[Any]) -> None:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text(text + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small simulated company, audited once."""
    folder = tmp_path_factory.mktemp("company")
    simulate(12, folder / "in", agents_at_most=50)
    done = audit(folder / "in", "--out", folder / "out")
    assert done.exit_code == 0, done.output
    return folder


def test_every_answer_agent_and_team_has_a_line(company: Path) -> None:
    verdicts = lines(company / "out" / "verdicts.ndjson")
    asked = lines(company / "in" / "responses.ndjson")
    assert {v["response_id"] for v in verdicts} == {r["response_id"] for r in asked}
    agents = lines(company / "out" / "agents.ndjson")
    assert {r["agent_id"] for r in asked} <= {a["agent_id"] for a in agents}
    for row in lines(company / "out" / "kpi.ndjson"):
        if row["value"] is not None:
            assert row["low"] <= row["value"] <= row["high"]


def test_every_verdict_but_clean_says_why(company: Path) -> None:
    for row in lines(company / "out" / "verdicts.ndjson"):
        assert row["verdict"] in ("clean", "suspect", "rejected")
        assert row["verdict"] == "clean" or row["reasons"]
        assert set(row["reasons"]) <= set(row["evidence"])
        assert 0 <= row["weight"] <= 4


def test_the_report_fetches_nothing_and_speaks_of_collection(company: Path) -> None:
    page = (company / "out" / "report.html").read_text(encoding="utf-8")
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page
    assert "how answers were collected" in page
    assert "What else it can be" in page


def test_the_same_export_gives_the_same_files(company: Path, tmp_path: Path) -> None:
    assert audit(company / "in", "--out", tmp_path).exit_code == 0
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (company / "out" / name).read_bytes()


def test_the_truth_is_never_read(company: Path, tmp_path: Path) -> None:
    blind = tmp_path / "in"
    blind.mkdir()
    for path in (company / "in").glob("*.ndjson"):
        if path.name != "truth.ndjson":
            (blind / path.name).write_bytes(path.read_bytes())
    assert audit(blind, "--out", tmp_path / "out").exit_code == 0
    first = (company / "out" / "verdicts.ndjson").read_bytes()
    assert (tmp_path / "out" / "verdicts.ndjson").read_bytes() == first


@pytest.mark.parametrize("missing", ["events", "invitations", "signals", "roster"])
def test_a_missing_file_is_said_and_the_rest_is_judged(
    company: Path, tmp_path: Path, missing: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for path in (company / "in").glob("*.ndjson"):
        if path.stem not in ("truth", missing):
            (folder / path.name).write_bytes(path.read_bytes())
    done = audit(folder, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert f"Not there, so less could be judged: {missing}" in done.output
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert f"<code>{missing}</code> is missing" in page


def test_dirty_lines_are_counted_and_listed_and_never_stop_it(tmp_path: Path) -> None:
    write(tmp_path / "responses.ndjson", [
        *(response(n) for n in range(30)),
        "{not json", "[1, 2]", "", '"text"', "\ufeff",
        response(40, score="five"), response(41, score=99), response(42, score=None),
        response(43, answered_at="yesterday"), response(44, answered_at=None),
        response(45, response_id=None), response(3), response(46, scale=[5, 5]),
        response(47, scale="a-b"), response(48, comment={"a": 1}), response(49, score=True),
        response(50, score="NaN"), response(51, answered_at="9999-12-31T23:59:59Z"),
        response(52, opened_at="never"), response(53, unknown={"field": 1}),
        response(54, scale=None), response(55, metric=None, scale=None),
        response(56, metric="MOOD", scale=None), response(57, score="4", scale="1-5"),
        response(58, answered_at="2025-02-01T10:00:00+08:00"),
    ])  # fmt: skip
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 4, done.output
    found = {row["response_id"] for row in lines(tmp_path / "out" / "verdicts.ndjson")}
    assert found == {f"R{n}" for n in (*range(30), 53, 54, 55, 57, 58)}
    assert "responses.ndjson: 1 line: not JSON (line 31)" in done.output
    assert "responses.ndjson: 2 lines: score is not a number" in done.output
    assert "(the first is line 36: five)" in done.output
    assert "repeat an id" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_broken_bytes_do_not_stop_it(tmp_path: Path) -> None:
    good = json.dumps(response(1)).encode()
    other = json.dumps(response(2)).encode()
    (tmp_path / "responses.ndjson").write_bytes(
        b"\xff\xfe\x00\n" + good + b"\n" + other + b"\n" + good[:40]
    )
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 4, done.output
    assert len(lines(tmp_path / "out" / "verdicts.ndjson")) == 2


def test_csv_of_another_tool_with_its_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = [f"{n},clerk {n % 3},{n % 5 + 1},2025-01-{n % 28 + 1:02d} 10:00:00,\"ok, fine\""
            for n in range(40)]  # fmt: skip
    path.write_text("\ufeffNo,Clerk,Rating,Date,Text\n" + "\n".join(rows), encoding="utf-8")
    done = audit(
        path, "--out", tmp_path / "out", "--map", "response_id=No", "--map", "score=Rating",
        "--map", "answered_at=Date", "--map", "responses.agent_id=Clerk", "--map", "comment=Text",
        "--metric", "CSAT",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert len(lines(tmp_path / "out" / "verdicts.ndjson")) == 40
    assert len(lines(tmp_path / "out" / "agents.ndjson")) == 3


def test_a_mapping_file_does_the_same(tmp_path: Path) -> None:
    write(tmp_path / "responses.ndjson", [{"id": "r1", "stars": 4, "at": "2025-01-01T00:00:00Z"}])
    (tmp_path / "map").write_text(
        "# ours = theirs\nresponse_id=id\nscore=stars\nresponses.answered_at=at\n"
    )
    done = audit(tmp_path, "--out", tmp_path / "out", "--map-file", tmp_path / "map")
    assert done.exit_code == 0, done.output
    assert [row["verdict"] for row in lines(tmp_path / "out" / "verdicts.ndjson")] == ["clean"]


def test_a_mapping_of_nothing_known_is_refused_with_the_fields(tmp_path: Path) -> None:
    write(tmp_path / "responses.ndjson", [response(1)])
    done = audit(tmp_path, "--out", tmp_path / "out", "--map", "stars=score")
    assert done.exit_code == 2
    assert "FIELD=COLUMN" in done.output


def test_without_responses_it_says_what_is_needed_and_writes_nothing(tmp_path: Path) -> None:
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "no responses.ndjson" in done.output
    assert not (tmp_path / "out").exists()


def test_no_usable_answer_at_all_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "responses.ndjson", ["nothing"])
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "no line of it is an answer" in done.output
    assert not (tmp_path / "out").exists()


def test_hostile_text_cannot_break_out_of_the_report(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    write(tmp_path / "responses.ndjson", [response(n, team_id=evil, metric=evil, agent_id=evil)
                                          for n in range(30)] + [evil])  # fmt: skip
    assert audit(tmp_path, "--out", tmp_path / "out").exit_code == 4
    assert "<script" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
