"""Exports of the tools that people have, as they are: understood, said, and counted right."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.integrity.audit import exports
from tests.integrity.audit.exports import CSAT, NPS, figures, scores, table, when
from tests.integrity.audit.test_audit import audit, lines

RIGHT = {"NPS": 45.0, "CSAT": 70.0}


@pytest.mark.parametrize(
    ("tool", "separator", "encoding", "metric", "count"),
    [
        (exports.delighted, ",", "utf-8", "NPS", 60),
        (exports.zendesk, ",", "utf-8-sig", "CSAT", 40),
        (exports.qualtrics, ",", "utf-8-sig", "NPS", 40),
        (exports.surveymonkey, ",", "utf-8", "CSAT", 40),
        (exports.typeform, ",", "utf-8", "NPS", 40),
        (exports.chatwoot, ",", "utf-8", "CSAT", 40),
        (exports.wjx, ",", "gb18030", "CSAT", 40),
        (exports.googleforms, ",", "utf-8", "CSAT", 40),
        (exports.delighted, ";", "utf-16", "NPS", 60),
        (exports.wjx, "\t", "utf-16", "CSAT", 40),
        (exports.chatwoot, ";", "cp1252", "CSAT", 40),
    ],
)
def test_the_export_of_a_tool_is_counted_right_without_a_word_said(
    tool: Callable[[], list[list[Any]]], separator: str, encoding: str, metric: str, count: int,
    tmp_path: Path,
) -> None:  # fmt: skip
    path = table(tmp_path / "export.csv", tool(), separator, encoding)
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert figures(tmp_path / "out") == [(metric, RIGHT[metric], count)]
    assert f"Metric: {metric} from" in done.output
    assert "could not be used" not in done.output


def test_a_workbook_is_read_with_its_own_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Satisfaction survey, August"])
    book.active.append(["ID", "Satisfaction", "Date", "Agent"])
    for n, score in enumerate(CSAT):
        at = datetime(2026, 8, 3 + n, 8) if n % 2 else 46237.5 + n  # noqa: DTZ001
        book.active.append([n + 1.0, score, at, "A"])
    book.save(tmp_path / "answers.xlsx")
    done = audit(tmp_path / "answers.xlsx", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert figures(tmp_path / "out") == [("CSAT", 70.0, 20)]
    assert "1 line above the header" in done.output
    assert "Period: 2026-08-0" in done.output
    ids = {row["response_id"] for row in lines(tmp_path / "out" / "verdicts.ndjson")}
    assert "1" in ids


def test_without_the_package_a_workbook_is_refused_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answers.xlsx").write_bytes(b"PK\x03\x04 a workbook")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setattr("collector.integrity.audit.exports.tables.find_spec", lambda name: None)
    done = audit(tmp_path / "answers.xlsx", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "pip install 'collector[xlsx]'" in done.output


def test_previews_tests_and_spam_are_left_out_and_counted(tmp_path: Path) -> None:
    path = table(tmp_path / "q.csv", exports.qualtrics())
    done = audit(path, "--out", tmp_path / "out")
    assert "40 answers of 47 lines (the others: 6 preview, 1 spam)" in done.output
    path = table(tmp_path / "t.csv", exports.typeform())
    done = audit(path, "--out", tmp_path / "out")
    assert "40 answers of 42 lines (the others: 1 test, 1 without a score)" in done.output


def test_those_who_were_asked_and_gave_no_score_are_no_faulty_lines(tmp_path: Path) -> None:
    path = table(tmp_path / "z.csv", exports.zendesk())
    done = audit(path, "--out", tmp_path / "out")
    assert "40 answers of 100 lines (the others: 60 without a score)" in done.output


def test_what_was_understood_is_said_before_it_is_judged_and_stands_in_the_report(
    tmp_path: Path,
) -> None:
    path = table(tmp_path / "q.csv", exports.qualtrics())
    done = audit(path, "--out", tmp_path / "out")
    for part in ("Tool: Qualtrics", "score = 'Q1'", "answered_at = 'RecordedDate'",
                 "Metric: NPS from 0 (worst) to 10 (best) (as the header says)", "3 header rows",
                 "America/Denver, as the header says", "Period: 2026-08-03 08:00 to",
                 "R_0: 2026-08-03 08:00, NPS 10", "Nobody is named as agent"):  # fmt: skip
        assert part in done.output, part
    assert done.output.index("Metric: NPS") < done.output.index("40 answers of")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "What was understood of the export" in page
    assert "40 answers of 47 lines" in page
    assert "because 1" not in done.output + page


@pytest.mark.parametrize("values", [NPS, CSAT, [1, 7, 5, 6, 2] * 5])
def test_a_metric_that_nothing_names_is_asked_for(values: list[int], tmp_path: Path) -> None:
    path = scores(tmp_path / "a.csv", values)
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert f"from {min(values)} to {max(values)}" in done.output
    assert "--metric" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "values", "right"),
    [
        (("--metric", "nps"), NPS, ("NPS", 45.0, 20)),
        (("--metric", "CSAT"), CSAT, ("CSAT", 70.0, 20)),
        (("--metric", "CSAT", "--scale", "5-1"), [6 - s for s in CSAT], ("CSAT", 70.0, 20)),
        (("--metric", "CSAT", "--scale", "0-10"), [2 * s for s in CSAT], ("CSAT", 70.0, 20)),
        (("--metric", "CES"), [7, 6, 5, 4], ("CES", 75.0, 4)),
    ],
)
def test_metric_and_scale_can_be_said(
    options: tuple[str, ...], values: list[int], right: tuple[str, float, int], tmp_path: Path
) -> None:
    path = scores(tmp_path / "a.csv", values)
    done = audit(path, "--out", tmp_path / "out", *options)
    assert done.exit_code == 0, done.output
    assert figures(tmp_path / "out") == [right]


@pytest.mark.parametrize(
    ("options", "values"),
    [(("--metric", "CSAT"), NPS), (("--metric", "NPS"), CSAT), (("--metric", "CES"), CSAT)],
)
def test_a_metric_that_the_scores_do_not_fit_is_refused(
    options: tuple[str, ...], values: list[int], tmp_path: Path
) -> None:
    done = audit(scores(tmp_path / "a.csv", values), "--out", tmp_path / "out", *options)
    assert done.exit_code == 2
    assert "--scale" in done.output


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("agent_id=Agnet", "Near it: Agent"),
        ("agent_id=NoSuchColumn", "There is no column 'NoSuchColumn'"),
        ("agentid=Agent", "Fields near it: agent_id"),
        ("metric=NPS", "--metric NPS"),
        ("answers.score=Score", "no file of an export"),
        ("roster.agent_id=Agent", "roster is not there"),
        ("score", "FIELD=COLUMN"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_what_is_near(
    pair: str, said: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "d.csv", exports.delighted())
    done = audit(path, "--out", tmp_path / "out", "--map", pair)
    assert done.exit_code == 2
    assert said in done.output


def test_two_questions_in_one_file_are_not_chosen_from(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [["ID", "NPS", "CSAT", "Date"], *(
        [n, *both, when(n, "%Y-%m-%d")] for n, both in enumerate(zip(NPS, CSAT, strict=True))
    )])  # fmt: skip
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "Several columns could be the score: NPS; CSAT" in done.output
    done = audit(path, "--out", tmp_path / "out", "--map", "score=CSAT")
    assert figures(tmp_path / "out") == [("CSAT", 70.0, 20)]
    done = audit(path, "--out", tmp_path / "out", "--metric", "NPS")
    assert figures(tmp_path / "out") == [("NPS", 45.0, 20)]
