"""What the careful rule must come to for every order, worked out from the CSV files alone.

It says in a few lines what `careful.yaml` says in its own: an order that arrives is asked about at
once, or at eight in the morning if it came at nine in the evening or later; not within 30 days of
another question to the same person, whatever it was about, and not within 90 days of the same
one, which here is all there is. Shares no code with the service. Used by `explained.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BRASILIA = ZoneInfo("America/Sao_Paulo")
EVENING, MORNING = 21, 8
APART = (("capped_global", timedelta(days=30)), ("capped_survey", timedelta(days=90)))


@dataclass(frozen=True, slots=True)
class Expected:
    """`reason` as in docs/reason-codes.md. `at`: when the question goes out, or from when on one
    more could have been asked."""

    order: str
    person: str
    delivered: datetime
    reason: str
    at: datetime

    @property
    def asked(self) -> bool:
        return self.reason == "invited"


def decisions(folder: Path) -> dict[str, Expected]:
    """What must be decided about each delivered order, by order id."""
    expected: dict[str, Expected] = {}
    for person, orders in _orders(folder).items():
        asked: list[datetime] = []
        for delivered, order in sorted(orders, key=lambda one: one[0]):
            reason, at = _decide(delivered, asked)
            if reason == "invited":
                asked.append(at)
            expected[order] = Expected(order, person, delivered, reason, at)
    return expected


def _decide(delivered: datetime, asked: list[datetime]) -> tuple[str, datetime]:
    for reason, apart in APART:
        near = [at for at in asked if abs(delivered - at) < apart]
        if near:
            return reason, max(near) + apart
    local = delivered.astimezone(BRASILIA)
    if local.hour >= EVENING:
        local += timedelta(days=1)
    elif local.hour >= MORNING:
        return "invited", delivered
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return "invited", morning.astimezone(UTC)


def _orders(folder: Path) -> dict[str, list[tuple[datetime, str]]]:
    """Person → when each of their orders arrived."""
    with (folder / "customers.csv").open(newline="", encoding="utf-8") as lines:
        person = {row["customer_id"]: row["customer_unique_id"] for row in csv.DictReader(lines)}
    orders: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    with (folder / "orders.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if arrived := row["order_delivered_customer_date"]:
                local = datetime.fromisoformat(arrived).replace(tzinfo=BRASILIA)
                at = local.astimezone(UTC)
                orders[person[row["customer_id"]]].append((at, row["order_id"]))
    return orders
