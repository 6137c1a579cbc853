"""Olist's orders and answers as the audit's files: sellers are the agents, orders the interactions.

`python -m benchmarks.integrity.olist OUT` writes `OUT/in`, audits it into `OUT/audit`, and prints
what came out; docs/integrity/olist.md reads it. What the data does not hold stays out: no device,
address, browser, contact point, team, store, signal or staff list, and of the sending only the day,
which is no use to checks that count minutes. Data: Olist, CC BY-NC-SA 4.0, not part of this project
(`COLLECTOR_TEST_OLIST`).
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from collector import clock
from collector.integrity.audit import writing
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit
from collector.simulation.olist.files import moment
from tests.olist import folder

Record = dict[str, str]
# Read by hand in docs/integrity/olist.md, in its order: answer, its verdict, the verdict's reasons.
CASES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("2d6ac45f859465b5c185274a1c929637/8e17072e", "rejected", ("DUPLICATE",)),
    ("771654d19b26b9108952856b225ad105/4703440e", "rejected", ("DUPLICATE",)),
    ("5f9f0747bde2127b2ba70b7a24efaefd/75213e45", "rejected", ("DUPLICATE",)),
    ("0c0b58839bdc7b7d49396ddf94a3dbf7/892e0432", "rejected", ("DUPLICATE",)),
    ("fb96ea2ef8cce1c888f4d45c8e22b793/c88b1d1b", "clean", ()),
    ("e952296ad9345082e150b8e1f7aeee2b/8d171a84", "clean", ()),
    ("e5e2b59a0851739f6a76cf218febeff2/a4b2d750", "clean", ()),
    ("e66678cd6fa7d290355ae47145eea32e/843be4a0", "clean", ()),
    ("1439640ba4905dc2f98188cad2a77154/824fa817", "clean", ()),
    ("805298fb462e582a5d24b11e763cfcf4/f79644ec", "clean", ()),
)
ASKED_BY, LOCALE = "email", "pt-BR"


def write(olist: Path, into: Path) -> None:
    """Write events, invitations and responses. Raises FileNotFoundError where a file is missing."""
    orders = {row["order_id"]: row for row in _rows(olist / "orders.csv")}
    people = {row["customer_id"]: row for row in _rows(olist / "customers.csv")}
    reviews = list(_rows(olist / "order_reviews.csv"))
    sellers: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(olist / "order_items.csv"):
        sellers[row["order_id"]].add(row["seller_id"])
    asked = asks(reviews)
    # An order of several sellers is credited to none: nobody could say whose score it is.
    seller = {order: next(iter(ids)) for order, ids in sellers.items() if len(ids) == 1}
    into.mkdir(parents=True, exist_ok=True)
    _lines(into / "events.ndjson", (
        _event(order, people[order["customer_id"]], seller.get(order["order_id"]))
        for order in orders.values()
    ))  # fmt: skip
    first = {}
    for review in reviews:
        first.setdefault(asked[review["order_id"]], review["order_id"])
    _lines(into / "invitations.ndjson", (
        {
            "invitation_id": ask, "event_id": order, "status": "sent", "channel": ASKED_BY,
            "metric": "CSAT", "scale": [1, 5], "locale": LOCALE, "agent_id": seller.get(order),
        }
        for ask, order in first.items()
    ))  # fmt: skip
    _lines(into / "responses.ndjson", (
        _response(review, asked[review["order_id"]], seller.get(review["order_id"]))
        for review in reviews
    ))  # fmt: skip


def asks(reviews: list[Record]) -> dict[str, str]:
    """Order → the ask it belongs to, named after one of its orders.

    Orders with one answer in common were one basket, asked about once; several answers of one
    order answer the same ask.
    """
    root: dict[str, str] = {}

    def find(order: str) -> str:
        while root.setdefault(order, order) != order:
            order = root[order]
        return order

    seen: dict[str, str] = {}
    for review in reviews:
        order = find(review["order_id"])
        other = find(seen.setdefault(review["review_id"], order))
        root[max(order, other)] = min(order, other)
    return {order: find(order) for order in root}


def number(review: Record) -> str:
    """The answer's id in the audit: the review's alone is not unique in the data."""
    return f"{review['review_id']}/{review['order_id'][:8]}"


def _event(order: Record, buyer: Record, seller: str | None) -> dict[str, Any]:
    # Who never got the goods was asked when they were due.
    at = order["order_delivered_customer_date"] or order["order_estimated_delivery_date"]
    return {
        "event_id": order["order_id"], "occurred_at": clock.iso(moment(at)), "agent_id": seller,
        "handled_by": seller, "customer_id": buyer["customer_unique_id"],
    }  # fmt: skip


def _response(review: Record, ask: str, seller: str | None) -> dict[str, Any]:
    texts = (review["review_comment_title"].strip(), review["review_comment_message"].strip())
    return {
        "response_id": number(review), "invitation_id": ask, "agent_id": seller, "metric": "CSAT",
        "scale": [1, 5], "score": int(review["review_score"]), "channel": ASKED_BY,
        "answered_at": clock.iso(moment(review["review_answer_timestamp"])),
        "comment": "\n".join(text for text in texts if text), "locale": LOCALE,
    }  # fmt: skip


def _rows(path: Path) -> Iterator[Record]:
    with path.open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _lines(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("wb") as out:
        for row in rows:
            out.write(orjson.dumps(row) + b"\n")


def run(olist: Path, out: Path) -> Outcome:
    """Write the files, audit them as `collector audit` does."""
    write(olist, out / "in")
    return audit(out / "in", Columns(), lambda outcome, verdicts: writing.write(
        outcome, verdicts, out / "audit"))  # fmt: skip


def cases(out: Path) -> list[dict[str, Any]]:
    """The rows of verdicts.ndjson about CASES, in their order."""
    wanted = {number: place for place, (number, _, _) in enumerate(CASES)}
    rows = [row for row in _read(out / "audit" / "verdicts.ndjson") if row["response_id"] in wanted]
    return sorted(rows, key=lambda row: wanted[row["response_id"]])


def account(out: Path) -> dict[str, int]:
    """How often an ask has several rows, and what the rows that were set aside are."""
    rows = {row["response_id"]: row for row in _read(out / "in" / "responses.ndjson")}
    scores: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows.values():
        scores[row["invitation_id"]].append(row["score"])
    copies = others = elsewhere = 0
    for verdict in _read(out / "audit" / "verdicts.ndjson"):
        if verdict["verdict"] != "rejected":
            continue
        number, twin = verdict["response_id"], verdict["evidence"]["DUPLICATE"]["of"]
        same = number.partition("/")[0] == twin.partition("/")[0]
        copies, others = copies + same, others + (not same)
        elsewhere += same and rows[number]["agent_id"] != rows[twin]["agent_id"]
    several = [found for found in scores.values() if len(found) > 1]
    return {
        "asks with several rows": len(several),
        "of these with different scores": sum(len(set(found)) > 1 for found in several),
        "set aside: copies of one review": copies,
        "of these at an order of another seller": elsewhere,
        "set aside: second answers of one order": others,
    }


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        yield from map(orjson.loads, lines)


def main(olist: Path, out: Path) -> None:
    """Audit, and print what docs/integrity/olist.md quotes."""
    outcome = run(olist, out)
    tally = outcome.totals.company["CSAT"]
    assert outcome.subjects is not None
    found = outcome.subjects.findings.values()
    print(f"answers {outcome.answers}, verdicts {outcome.totals.verdicts}")
    print(f"reasons {outcome.totals.reasons}")
    print(f"CSAT as collected {tally.raw_value:.2f}, cleaned {tally.value:.2f}")
    print(f"sellers {len(found)}, with a finding {sum(f.flagged for f in found)}, ", end="")
    print(f"smallest p {min(f.p for f in found):.2f}")
    for name, count in account(out).items():
        print(f"{name} {count}")
    for row in cases(out):
        print(f"{row['response_id']} {row['verdict']} p {row['p']} {row['evidence']}")
    print(f"report: {out / 'audit' / 'report.html'}")


if __name__ == "__main__":
    data = folder()
    if data is None or len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.integrity.olist OUT, with COLLECTOR_TEST_OLIST set")
    main(data, Path(sys.argv[1]))
