"""Exports as survey tools write them: the columns, dates and quirks of each, with answers whose
right figures are known.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NPS = [10] * 9 + [9] * 3 + [8] * 3 + [7] * 2 + [6, 3, 0]  # 12 promoters and 3 detractors of 20
CSAT = [5] * 9 + [4] * 5 + [3] * 3 + [2, 1, 1]  # 14 of 20 are satisfied
START = datetime(2026, 8, 3, 8, 0, 7, tzinfo=UTC)


def figures(out: Path) -> list[tuple[str, float, int]]:
    """Metric, value as collected, number of answers; added up over teams."""
    rows = list(map(json.loads, (out / "kpi.ndjson").read_text("utf-8").splitlines()))
    found = []
    for metric in sorted({row["metric"] for row in rows}):
        of = [row for row in rows if row["metric"] == metric]
        count = sum(row["n_raw"] for row in of)
        found.append((metric, round(sum(r["raw"] * r["n_raw"] for r in of) / count, 1), count))
    return found


def when(number: int, form: str) -> str:
    """Days from the 3rd of August 2026 on, so that some are after the 12th."""
    return (START + timedelta(hours=9 * number)).strftime(form)


def table(
    path: Path, rows: Sequence[Sequence[Any]], separator: str = ",", encoding: str = "utf-8"
) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def delighted(times: int = 3) -> list[list[Any]]:
    head = ["ID", "Email", "Name", "Score", "Comment", "Created at", "Updated at", "Agent"]
    return [head, *(
        [f"d{n}", f"c{n}@example.com", f"Customer {n}", score, "", when(n, "%Y-%m-%d %H:%M:%S UTC"),
         when(n, "%Y-%m-%d %H:%M:%S UTC"), f"Agent {n % 4}"]
        for n, score in enumerate(NPS * times)
    )]  # fmt: skip


def zendesk() -> list[list[Any]]:
    words = {5: "Good", 4: "Good with comment", 3: "Bad", 2: "Bad with comment", 1: "Bad"}
    head = ["Id", "Requester", "Assignee", "Group", "Satisfaction Score", "Solved at", "Via"]
    rows = [
        [
            n,
            f"R{n}",
            f"Clerk {n % 4}",
            "Support",
            words[score],
            when(n, "%Y-%m-%d %H:%M:%S"),
            "Mail",
        ]
        for n, score in enumerate(CSAT * 2)
    ]
    asked = [[n, "R", "Clerk 1", "Support", "Offered", when(n, "%Y-%m-%d %H:%M:%S"), "Mail"]
             for n in range(900, 960)]  # fmt: skip
    return [head, *rows, *asked]


def qualtrics() -> list[list[Any]]:
    names = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)",
             "Finished", "RecordedDate", "ResponseId", "DistributionChannel", "UserLanguage",
             "Q1_NPS_GROUP", "Q1", "Q2"]  # fmt: skip
    ask = "How likely is it that you would recommend us to a friend?"
    texts = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration",
             "Finished", "Recorded Date", "Response ID", "Distribution Channel", "User Language",
             f"{ask} - Group", ask, "What is the main reason for your score?"]  # fmt: skip
    ids = [f'{{"ImportId":"{name}","timeZone":"America/Denver"}}' for name in names]
    rows = [
        [when(n, "%Y-%m-%d %H:%M:%S"), when(n, "%Y-%m-%d %H:%M:%S"), status, f"10.0.0.{n}", 100, 31,
         "True", when(n, "%Y-%m-%d %H:%M:%S"), f"R_{n}", "email", "EN",
         "Promoter" if score > 8 else "Passive" if score > 6 else "Detractor",
         score, f"because {n}"]
        for n, (score, status) in enumerate(
            [*((s, "IP Address") for s in NPS * 2), *((0, "Survey Preview"),) * 6, (0, "Spam")]
        )
    ]  # fmt: skip
    return [names, texts, ids, *rows]


def surveymonkey() -> list[list[Any]]:
    head = ["Respondent ID", "Collector ID", "Date Created", "Date Modified", "IP Address",
            "Email Address", "How satisfied are you with our service?", "Why?"]  # fmt: skip
    words = ["", "Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied",
             "Satisfied", "Very satisfied"]  # fmt: skip
    return [head, ["", "", "", "", "", "", "Response", "Open-Ended Response"], *(
        [118000 + n, 42, when(n, "%m/%d/%Y %I:%M:%S %p"), when(n, "%m/%d/%Y %I:%M:%S %p"),
         f"10.0.0.{n}", "", words[score], "it was late"]
        for n, score in enumerate(CSAT * 2)
    )]  # fmt: skip


def typeform() -> list[list[Any]]:
    head = ["#", "How likely are you to recommend us?", "What could we do better?", "Response Type",
            "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID",
            "Tags"]  # fmt: skip
    return [head, *(
        [f"h{n}x", score, "less waiting, please", kind, when(n, "%Y-%m-%d %H:%M:%S"), "",
         when(n, "%Y-%m-%d %H:%M:%S"), f"net{n}", ""]
        for n, (score, kind) in enumerate(
            [*((s, "completed") for s in NPS * 2), (0, "test"), ("", "started")])
    )]  # fmt: skip


def chatwoot() -> list[list[Any]]:
    head = ["Agent Name", "Rating", "Feedback Comment", "Contact Name", "Contact Email Address",
            "Contact Phone Number", "Link to the conversation", "Recorded date"]  # fmt: skip
    return [["Reporting period 3 August 2026 to 20 August 2026"], [], head, *(
        [f"Clerk {n % 3}", score, "", "N", "n@example.com", "", f"https://chat.example.com/{n}",
         when(n, "%Y-%m-%d %H:%M:%S +0000")]
        for n, score in enumerate(CSAT * 2)
    )]  # fmt: skip


def wjx() -> list[list[Any]]:
    words = ["", "非常不满意", "不满意", "一般", "满意", "非常满意"]
    head = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP",
            "1、您对本次服务满意吗？",
            "2、您的意见或建议", "总分"]  # fmt: skip
    return [head, *(
        [n + 1, f"{START.year}/8/{3 + n // 4} {8 + n % 4}:00:0{n % 10}", "31秒", "微信", "N/A",
         f"10.0.0.{n}(广东-深圳)", words[score], "(空)", score]
        for n, score in enumerate(CSAT * 2)
    )]  # fmt: skip


def googleforms() -> list[list[Any]]:
    head = ["Timestamp", "How satisfied were you with your visit?", "Anything else?"]
    return [head, *(
        [when(n, "%Y/%m/%d %I:%M:%S %p GMT+8"), score, "all fine"]
        for n, score in enumerate(CSAT * 2)
    )]  # fmt: skip


def scores(
    path: Path, values: list[Any], head: str = "Score", form: str = "%Y-%m-%dT%H:%MZ"
) -> Path:
    return table(path, [["ID", head, "Date"], *(
        [n, value, when(n, form)] for n, value in enumerate(values)
    )])  # fmt: skip
