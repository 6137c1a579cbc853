"""What the audit says first: lines that were lost, signals, and a company that begs as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collector.integrity.audit.parse import parse
from tests.integrity.audit.exports import table, when
from tests.integrity.audit.test_audit import audit


def test_lines_that_mostly_cannot_be_used_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    rows = [[n, 5, "2026-08-03" if n < 14 else "soon"] for n in range(40)]
    path = table(tmp_path / "a.csv", [["ID", "CSAT", "Date"], *rows])
    done = audit(path, "--out", tmp_path / "out", "--map", "answered_at=Date")
    assert done.exit_code == 2
    assert "Only 14 of 40 lines" in done.output
    assert "26 lines: answered_at is not a time (the first is line 16: soon)" in done.output
    assert "--map" in done.output
    assert not (tmp_path / "out").exists()


def test_a_file_of_which_more_than_a_hundredth_is_lost_is_said_first(tmp_path: Path) -> None:
    rows = [[n, 5, "2026-08-03" if n < 95 else "soon"] for n in range(100)]
    path = table(tmp_path / "a.csv", [["ID", "CSAT", "Date"], *rows])
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 4, done.output
    note = "NOTE: 5 of 100 lines of responses (5.0 %) could not be used."
    assert done.output.index(note) < done.output.index("95 answers of 100 lines")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.index("5 of 100 lines of responses") < page.index("count in full")


def signals(folder: Path, rows: list[dict[str, Any]]) -> None:
    for name, of in (
        ("responses", [{"response_id": f"r{n}", "invitation_id": f"i{n}", "metric": "CSAT",
                        "score": 5, "answered_at": f"2026-08-{n + 1:02d}"} for n in range(25)]),
        ("invitations", [{"invitation_id": f"i{n}", "event_id": f"e{n}", "agent_id": "A"}
                         for n in range(25)]),
        ("signals", rows),
    ):  # fmt: skip
        (folder / f"{name}.ndjson").write_text("\n".join(map(json.dumps, of)), encoding="utf-8")


def test_a_signal_whose_value_is_a_word_is_kept_with_the_word_as_its_topic(tmp_path: Path) -> None:
    signals(tmp_path, [
        {"type": "complaint", "event_id": f"e{n}", "value": "Pressured to give a 10", "tags": [],
         "at": "2026-08-01"} for n in range(5)
    ])  # fmt: skip
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "could not be used" not in done.output
    given = {"type": "complaint", "event_id": "e1", "value": "Billing", "tags": "a,b"}
    row = parse("signals", given)
    assert row[3] is None
    assert json.loads(row[5]) == ["a", "b", "billing"]


def test_a_type_of_signal_that_is_lost_whole_is_said_first(tmp_path: Path) -> None:
    good = [{"type": "refund", "event_id": "e1", "at": "2026-08-01"}] * 400
    signals(tmp_path, [*good, *[{"type": "complaint", "event_id": "e1", "at": "soon"}] * 3])
    done = audit(tmp_path, "--out", tmp_path / "out")
    note = "NOTE: none of the 3 signals of type complaint could be used."
    assert done.output.index(note) < done.output.index("25 answers of 25 lines")
    assert done.exit_code == 4
    assert "signals 1 of 4" in done.output or "complaint 0 of 3" in done.output


def test_signals_of_cases_that_no_file_knows_are_said_first_and_in_the_exit_code(
    tmp_path: Path,
) -> None:
    signals(tmp_path, [
        {"type": "complaint", "event_id": f"ticket {n}", "value": 1, "at": "2026-08-01"}
        for n in range(3)
    ])  # fmt: skip
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 4
    assert "none of the 3 signals of type complaint names an event_id" in done.output


@pytest.mark.parametrize("value", ["billing", "Pressured to give a 10", ["a", "b"], True, None, 3])
def test_whatever_stands_in_a_signals_value_the_lines_used_are_the_lines_sent(
    tmp_path: Path, value: object
) -> None:
    signals(tmp_path, [
        {"type": "complaint", "event_id": f"e{n}", "value": value, "tags": [], "at": "2026-08-01"}
        for n in range(5)
    ])  # fmt: skip
    done = audit(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "signals 5 of 5 (complaint 5 of 5)" in done.output


def test_a_company_in_which_all_beg_is_told_so_as_a_share(tmp_path: Path) -> None:
    rows = [["ID", "评分", "日期", "客服", "评价内容"], *(
        [n, 10, when(n, "%Y-%m-%d %H:%M"), f"客服{n % 10}",
         "客服让我打10分" if n * 7 % 500 < 158 else f"服务不错{n}"] for n in range(500)
    )]  # fmt: skip
    path = table(tmp_path / "a.csv", rows, encoding="gb18030")
    done = audit(path, "--out", tmp_path / "out", "--metric", "NPS")
    assert done.exit_code == 0, done.output
    said = "In the whole company 158 of 500 comments (31.6 %) say that a score was asked for"
    assert said in done.output
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert said in page
    assert "The whole company: asking for scores" in page
    assert "to 10 of 10 agents" in page
    assert "Nowhere." not in page


def test_a_company_in_which_one_customer_writes_so_is_not(tmp_path: Path) -> None:
    rows = [["ID", "NPS", "Date", "Comment"], *(
        [n, 10, when(n, "%Y-%m-%d"), "he asked me for a 10" if n == 3 else f"fine {n}"]
        for n in range(100)
    )]  # fmt: skip
    done = audit(table(tmp_path / "a.csv", rows), "--out", tmp_path / "out")
    assert "In the whole company" not in done.output
