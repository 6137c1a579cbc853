"""Reads Olist's four CSV files: delivered orders become events, reviews become answers.

Times in the files are wall-clock times without a zone. The marketplace and its buyers live on
Brasília time, so they are read as America/Sao_Paulo, summer time included. Pure but for reading.
Next: `ledger.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from collector import clock
from collector.errors import InvalidInput
from collector.simulation.timeline import Answer, Item

SOURCE = "olist"
ZONE = ZoneInfo("America/Sao_Paulo")
ORDERS, ITEMS, REVIEWS, CUSTOMERS = (
    "orders.csv",
    "order_items.csv",
    "order_reviews.csv",
    "customers.csv",
)
Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """One row of the reviews file. `row` counts the file's records from 1, without the header."""

    row: int
    record: Record

    @property
    def where(self) -> str:
        return f"{REVIEWS} row {self.row}"


@dataclass(frozen=True, slots=True)
class Olist:
    """The files, read. `unreadable` tells for a review's row what cannot be read in it."""

    orders: dict[str, Record]
    reviews: tuple[Review, ...]
    items: tuple[Item, ...]
    unreadable: dict[int, str]


def read(folder: Path) -> Olist:
    """Everything in `folder`. Raises InvalidInput naming a file that is missing."""
    orders = {record["order_id"]: record for record in _records(folder / ORDERS)}
    people = {record["customer_id"]: record for record in _records(folder / CUSTOMERS)}
    lines: defaultdict[str, list[Record]] = defaultdict(list)
    for record in _records(folder / ITEMS):
        lines[record["order_id"]].append(record)
    reviews = tuple(Review(row, record) for row, record in enumerate(_records(folder / REVIEWS), 1))
    items = [
        _event(order, people[order["customer_id"]], lines[order_id])
        for order_id, order in orders.items()
        if delivered(order)
    ]
    unreadable = {}
    for review in reviews:
        try:
            items.append(_answer(review))
        except ValueError as error:
            unreadable[review.row] = str(error)
    # At the same moment the delivery comes before an answer, and answers come as in the file.
    items.sort(key=lambda item: (item.at, item.answer is not None))
    return Olist(orders, reviews, tuple(items), unreadable)


def delivered(order: Record) -> bool:
    """Did this order reach its buyer? Some were cancelled afterwards; they arrived all the same."""
    return bool(order["order_delivered_customer_date"])


def moment(text: str) -> datetime:
    """A time of the files in UTC. Raises ValueError if it is not one."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def _event(order: Record, buyer: Record, lines: list[Record]) -> Item:
    at = moment(order["order_delivered_customer_date"])
    estimated = moment(order["order_estimated_delivery_date"])
    sellers = sorted({line["seller_id"] for line in lines})
    person = buyer["customer_unique_id"]
    event: dict[str, Any] = {
        "source": SOURCE,
        "id": order["order_id"],
        "type": "order.delivered",
        "occurred_at": clock.iso(at),
        "person": {
            "ref": person,
            "kind": "customer",
            "locale": "pt-BR",
            "timezone": ZONE.key,
            "email": f"{person}@customers.olist.invalid",  # RFC 2606: reaches nobody
            "consent": {"email": "granted"},  # every one of them was asked by email in reality
            "attributes": {"city": buyer["customer_city"], "state": buyer["customer_state"]},
        },
        "context": {
            "items": len(lines),
            "sellers": len(sellers),
            "price": round(sum(float(line["price"]) for line in lines), 2),
            "freight": round(sum(float(line["freight_value"]) for line in lines), 2),
            "currency": "BRL",
            "purchased_at": clock.iso(moment(order["order_purchase_timestamp"])),
            "estimated_at": clock.iso(estimated),
            "days_late": max(
                (at.astimezone(ZONE).date() - estimated.astimezone(ZONE).date()).days, 0
            ),
        },
        # An order of several sellers is credited to none: nobody could say whose score it is.
        "subjects": {
            "order": order["order_id"],
            **({"store": sellers[0]} if len(sellers) == 1 else {}),
        },
    }
    return Item(at, f"{ORDERS} {order['order_id']}", event=event)


def _answer(review: Review) -> Item:
    record = review.record
    texts = (record["review_comment_title"].strip(), record["review_comment_message"].strip())
    return Item(
        moment(record["review_answer_timestamp"]),
        review.where,
        answer=Answer(
            source=SOURCE,
            event_id=record["order_id"],
            score=int(record["review_score"]),
            comment="\n".join(text for text in texts if text) or None,
            idempotency_key=f"{SOURCE}-{record['review_id']}",
        ),
    )


def _records(path: Path) -> Iterator[Record]:
    if not path.is_file():
        raise InvalidInput(f"{path} is missing", code="file_missing", pointer=path.name)
    with path.open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
