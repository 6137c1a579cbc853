"""The same figures computed plainly from the CSV files: csv and dates, nothing of the service.

It states in a few lines what the pipeline should come to, so that an error in either shows: the
last answer that an order's buyer gave, after the question went out, at most 60 days after that,
within a day of the first one; an answer that the file holds for several orders counts for the
first. The question goes out with the delivery, unless somebody says later (`by_hand.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

OPEN, EDIT = timedelta(days=60), timedelta(hours=24)


def scores(
    folder: Path, asked: Collection[str], asked_at: Mapping[str, datetime] | None = None
) -> dict[str, int]:
    """Order id → the score that holds, over the orders in `asked` that have one."""
    later = asked_at or {}
    with (folder / "orders.csv").open(newline="", encoding="utf-8") as lines:
        opened = {
            row["order_id"]: later.get(row["order_id"])
            or _time(row["order_delivered_customer_date"])
            for row in csv.DictReader(lines)
            if row["order_id"] in asked
        }
    with (folder / "order_reviews.csv").open(newline="", encoding="utf-8") as lines:
        answers = [
            (_time(row["review_answer_timestamp"]), number, row)
            for number, row in enumerate(csv.DictReader(lines))
            if row["order_id"] in opened
        ]
    first: dict[str, datetime] = {}
    held: dict[str, int] = {}
    used: set[str] = set()
    for at, _, row in sorted(answers, key=lambda answer: answer[:2]):
        order = row["order_id"]
        in_time = opened[order] < at < opened[order] + OPEN
        if row["review_id"] in used or not in_time or at > first.setdefault(order, at) + EDIT:
            continue
        used.add(row["review_id"])
        held[order] = int(row["review_score"])
    return held


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text + _offset(text))


def _offset(text: str) -> str:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Sao_Paulo"))
    return local.strftime("%z")
