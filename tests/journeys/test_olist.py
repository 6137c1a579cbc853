"""Real orders and answers through the real pipeline, where the data is at hand.

A stretch of the sample, so that it takes seconds; `.ci/replay` plays ten times as many, and once
more with two workers on PostgreSQL and Redis, whose export must be the same row for row.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from collector.simulation.olist import by_hand, files, plain
from tests.simulation import replaying

SKIPPED, TAKEN, UNDELIVERED = 900, 150, 30
BEGIN, END = datetime(2018, 3, 1, tzinfo=UTC), datetime(2018, 4, 30, tzinfo=UTC)
NIGHTS = 4  # every fourth of those whose order came at night


@pytest.fixture(scope="module")
def folder(olist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some orders of the sample: those delivered in one stretch of time, a few never delivered,
    all orders of a review that is told of several, and two reviews of orders that are missing."""
    folder = tmp_path_factory.mktemp("olist")
    orders = _records(olist, files.ORDERS)
    reviews = _records(olist, files.REVIEWS)
    delivered = sorted(filter(files.delivered, orders), key=lambda o: o[_DELIVERED])
    chosen = {order["order_id"] for order in delivered[SKIPPED : SKIPPED + TAKEN]}
    undelivered = [order for order in orders if not files.delivered(order)]
    chosen |= {order["order_id"] for order in undelivered[:UNDELIVERED]}
    by_id: dict[str, set[str]] = {}
    for review in reviews:
        by_id.setdefault(review["review_id"], set()).add(review["order_id"])
    chosen |= set().union(*(about for about in by_id.values() if len(about) > 1))
    return _cut_out(olist, folder, chosen, gone=2)


@pytest.fixture(scope="module")
def repeated(olist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months: everybody who ordered more than once in them and at
    no other time, and those whose orders came at night."""
    decided = by_hand.decisions(olist).values()
    of_person: dict[str, list[by_hand.Expected]] = {}
    for one in decided:
        of_person.setdefault(one.person, []).append(one)
    within = [own for own in of_person.values() if all(BEGIN <= o.delivered < END for o in own)]
    night = [own for own in within if own[0].at != own[0].delivered]
    taken = [own for own in within if len(own) > 1] + night[::NIGHTS]
    chosen = {one.order for own in taken for one in own}
    return _cut_out(olist, tmp_path_factory.mktemp("repeated"), chosen)


def _cut_out(olist: Path, folder: Path, chosen: set[str], gone: int = 0) -> Path:
    """These orders with all that belongs to them, and `gone` reviews of orders that are missing."""
    orders = [order for order in _records(olist, files.ORDERS) if order["order_id"] in chosen]
    kept = [review for review in _records(olist, files.REVIEWS) if review["order_id"] in chosen]
    lost = [{**kept[n], "order_id": f"gone-{n}"} for n in range(gone)]
    _write(folder, files.REVIEWS, kept + lost)
    _write(folder, files.ORDERS, orders)
    buyers = {order["customer_id"] for order in orders}
    _write(
        folder, files.ITEMS, [r for r in _records(olist, files.ITEMS) if r["order_id"] in chosen]
    )
    people = [r for r in _records(olist, files.CUSTOMERS) if r["customer_id"] in buyers]
    _write(folder, files.CUSTOMERS, people)
    return folder


_DELIVERED = "order_delivered_customer_date"


def _records(olist: Path, name: str) -> list[dict[str, str]]:
    with (olist / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _write(folder: Path, name: str, records: list[dict[str, str]]) -> None:
    with (folder / name).open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, records[0])
        writer.writeheader()
        writer.writerows(records)


def _counts(printed: str) -> dict[str, int]:
    """The account that the command printed: line → count."""
    lines = re.findall(r"│ +(.+?) +│ +([\d,]+) │\n", printed)
    return {name.strip(): int(count.replace(",", "")) for name, count in lines}


def test_every_row_is_accounted_for_and_the_export_equals_the_plain_computation(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    printed = replaying.run(replaying.on_sqlite(tmp_path), "olist", folder, "--out", out)
    counts = _counts(printed)
    read = files.read(folder)
    assert counts["orders read"] == len(read.orders)
    unused = {name: n for name, n in counts.items() if name.startswith("not used: ")}
    assert counts["used"] + sum(unused.values()) == len(read.reviews)
    assert counts["answers read (rows of the file)"] == len(read.reviews)
    for reason in ("order_missing", "order_not_delivered", "review_id_repeated"):
        assert unused[f"not used: {reason}"] > 0
    with (out / "unused.csv").open(newline="", encoding="utf-8") as lines:
        assert len(list(csv.DictReader(lines))) == sum(unused.values())
    rows = [orjson.loads(line) for line in (out / "export.ndjson").read_bytes().splitlines()]
    scores = {row["event_id"]: row["score"] for row in rows}
    assert counts["responses exported"] == len(scores) > TAKEN * 0.8
    assert scores == plain.scores(folder, scores.keys())


def test_a_careful_rule_is_explained_to_the_last_order(repeated: Path, tmp_path: Path) -> None:
    settings = replaying.on_sqlite(tmp_path)
    printed = replaying.run(settings, "olist", repeated, "--careful")
    counts = _counts(printed)
    expected = by_hand.decisions(repeated).values()
    reasons = Counter(one.reason for one in expected)
    assert min(reasons["capped_global"], reasons["capped_survey"]) > 1
    assert sum(one.asked and one.at != one.delivered for one in expected) > 20  # put off to 08:00
    assert counts["invitations"] == reasons["invited"]
    for reason in ("capped_global", "capped_survey"):
        assert counts[f"held back: {reason}"] == reasons[reason]
    assert f"explained: {len(expected)} orders" in printed


def test_times_without_a_zone_are_read_as_brasilia_time_summer_time_included() -> None:
    assert files.moment("2018-01-18 19:12:30").isoformat() == "2018-01-18T21:12:30+00:00"
    assert files.moment("2018-08-15 04:10:37").isoformat() == "2018-08-15T07:10:37+00:00"
