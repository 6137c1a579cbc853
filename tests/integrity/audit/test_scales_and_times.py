"""Scores in numbers, words and stars, and times as the world writes them, from whole columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integrity.audit import exports
from tests.integrity.audit.exports import CSAT, NPS, figures, scores, table, when
from tests.integrity.audit.test_audit import audit


@pytest.mark.parametrize(
    ("words", "metric"),
    [
        (["非常不满意", "不满意", "一般", "满意", "非常满意"], "CSAT"),
        (["Very Dissatisfied", "dissatisfied", "Neutral", "Satisfied", "VERY SATISFIED"], "CSAT"),
        (
            ["sehr unzufrieden", "unzufrieden", "teils, teils", "zufrieden", "sehr zufrieden"],
            "CSAT",
        ),
        (["★☆☆☆☆", "★★☆☆☆", "★★★☆☆", "★★★★☆", "★★★★★"], "CSAT"),
        (["⭐", "⭐⭐", "⭐⭐⭐", "⭐⭐⭐⭐", "⭐⭐⭐⭐⭐"], "CSAT"),
        (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], "CSAT"),
        (["1 - Very bad", "2", "3", "4", "5 - Very good"], "CSAT"),
        (["5 (very bad)", "4 (bad)", "3 (ok)", "2 (good)", "1 (very good)"], "CSAT"),
        (["bad", "bad", "bad", "good", "good"], "CSAT"),
        (["😡", "🙁", "😐", "🙂", "😍"], "CSAT"),
        (["1分", "2分", "3分", "4分", "5分"], ""),
        (["1/5", "2/5", "3/5", "4/5", "5/5"], ""),
        (["1,0", "2,0", "3,0", "4,0", "5,0"], ""),
    ],
)
def test_scores_in_words_and_stars_are_worth_what_they_say(
    words: list[str], metric: str, tmp_path: Path
) -> None:
    path = scores(tmp_path / "a.csv", [words[score - 1] for score in CSAT])
    said = () if metric else ("--metric", "CSAT")
    done = audit(path, "--out", tmp_path / "out", *said)
    assert done.exit_code == 0, done.output
    assert figures(tmp_path / "out") == [("CSAT", 70.0, 20)]


def test_numbers_with_the_words_of_the_question_are_nps(tmp_path: Path) -> None:
    ends = {0: "0 - Not at all likely", 10: "10 - Extremely likely"}
    path = scores(tmp_path / "a.csv", [ends.get(score, score) for score in NPS])
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert figures(tmp_path / "out") == [("NPS", 45.0, 20)]


@pytest.mark.parametrize(
    "form",
    [
        "%Y-%m-%d %H:%M:%S UTC", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M",
        "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.000+00:00", "%d %B %Y %H:%M", "%b %d, %Y, %I:%M %p",
        "%a, %d %b %Y %H:%M:%S +0000", "%Y年%m月%d日 %H:%M:%S", "%d-%m-%Y %H:%M", "%m/%d/%y %H:%M",
        "%Y%m%d %H:%M:%S", "%a %b %d %Y %H:%M:%S GMT+0000 (UTC)",
    ],
)  # fmt: skip
def test_dates_of_the_world_are_read(form: str, tmp_path: Path) -> None:
    path = scores(tmp_path / "a.csv", CSAT * 2, form=form)
    done = audit(path, "--out", tmp_path / "out", "--metric", "CSAT")
    assert done.exit_code == 0, done.output
    assert "Period: 2026-08-03 08:00 to 2026-08-17 23:00" in done.output
    assert "40 answers of 40 lines" in done.output


@pytest.mark.parametrize(
    ("cells", "period"),
    [
        (["46237.3340", "46238.5"], "2026-08-03 08:00 to 2026-08-04 12:00"),
        (["1785744007", "1785830407"], "2026-08-03 08:00 to 2026-08-04 08:00"),
        (["1785744007000", "1785830407000"], "2026-08-03 08:00 to 2026-08-04 08:00"),
        (["2026/8/3 8:00:00", "2026/8/4 下午3:10"], "2026-08-03 08:00 to 2026-08-04 15:10"),
    ],
)
def test_times_as_numbers_and_in_chinese_are_read(
    cells: list[str], period: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", [["ID", "CSAT", "Date"], *(
        [n, 5, cell] for n, cell in enumerate(cells))])  # fmt: skip
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert f"Period: {period}" in done.output


def test_a_column_that_does_not_tell_day_from_month_is_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [["ID", "CSAT", "Date"], *(
        [n, 5, f"10/0{n + 1}/2026 03:10 PM"] for n in range(5))])  # fmt: skip
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "--date-order DMY" in done.output
    done = audit(path, "--out", tmp_path / "out", "--date-order", "MDY")
    assert "Period: 2026-10-01 15:10 to 2026-10-05 15:10" in done.output
    done = audit(path, "--out", tmp_path / "out", "--date-order", "dmy")
    assert "Period: 2026-01-10 15:10 to 2026-05-10 15:10" in done.output


def test_a_sum_below_the_table_does_not_stretch_the_scale(tmp_path: Path) -> None:
    rows = [*exports.delighted(), ["Total", "", "", 480, "", "", "", ""]]
    done = audit(table(tmp_path / "d.csv", rows), "--out", tmp_path / "out")
    assert done.exit_code == 4, done.output
    assert figures(tmp_path / "out") == [("NPS", 45.0, 60)]
    assert "no answered_at (line 62)" in done.output


@pytest.mark.parametrize(("encoding", "head"), [("big5", "滿意度"), ("cp1251", "Оценка")])
def test_an_encoding_that_cannot_be_told_is_asked_for(
    encoding: str, head: str, tmp_path: Path
) -> None:
    words = {"big5": "非常滿意", "cp1251": "Очень доволен"}
    rows = [["ID", head, "Date"], *([n, words[encoding], when(n, "%Y-%m-%d")] for n in range(9))]
    path = table(tmp_path / "a.csv", rows, encoding=encoding)
    done = audit(path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "--encoding" in done.output
    done = audit(path, "--out", tmp_path / "out", "--encoding", encoding)
    assert done.exit_code == 0, done.output
    assert figures(tmp_path / "out") == [("CSAT", 100.0, 9)]


def test_a_time_zone_holds_for_times_that_do_not_say_theirs(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [["ID", "CSAT", "Date"], [1, 5, "2026-08-03 08:00"],
                                      [2, 5, "2026-08-04T08:00:00Z"]])  # fmt: skip
    done = audit(path, "--out", tmp_path / "out", "--timezone", "Asia/Shanghai")
    assert "Period: 2026-08-03 08:00 to 2026-08-04 16:00" in done.output
    done = audit(path, "--out", tmp_path / "out", "--timezone", "Mars/Base")
    assert done.exit_code == 2
    assert "Asia/Shanghai" in done.output
