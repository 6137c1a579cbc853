"""Real orders and answers through the real pipeline, where the data is at hand beside the project.

A stretch of the sample, so that it takes seconds; `.ci/replay` plays all of it.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import orjson
import pytest

from collector.commands.olist import files, plain
from tests.work import replaying

OLIST = Path(__file__).resolve().parents[3] / "shared" / "real" / "olist"
SKIPPED, TAKEN, UNDELIVERED = 900, 150, 30

pytestmark = pytest.mark.skipif(not OLIST.is_dir(), reason="Olist's data is not beside the project")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some orders of the sample: those delivered in one stretch of time, a few never delivered,
    all orders of a review that is told of several, and two reviews of orders that are missing."""
    folder = tmp_path_factory.mktemp("olist")
    orders = _records(files.ORDERS)
    reviews = _records(files.REVIEWS)
    delivered = sorted(filter(files.delivered, orders), key=lambda o: o[_DELIVERED])
    chosen = {order["order_id"] for order in delivered[SKIPPED : SKIPPED + TAKEN]}
    undelivered = [order for order in orders if not files.delivered(order)]
    chosen |= {order["order_id"] for order in undelivered[:UNDELIVERED]}
    by_id: dict[str, set[str]] = {}
    for review in reviews:
        by_id.setdefault(review["review_id"], set()).add(review["order_id"])
    chosen |= set().union(*(about for about in by_id.values() if len(about) > 1))
    kept = [review for review in reviews if review["order_id"] in chosen]
    _write(folder, files.REVIEWS, kept + [{**kept[n], "order_id": f"gone-{n}"} for n in (0, 1)])
    _write(folder, files.ORDERS, [o for o in orders if o["order_id"] in chosen])
    buyers = {order["customer_id"] for order in orders if order["order_id"] in chosen}
    _write(folder, files.ITEMS, [r for r in _records(files.ITEMS) if r["order_id"] in chosen])
    people = [r for r in _records(files.CUSTOMERS) if r["customer_id"] in buyers]
    _write(folder, files.CUSTOMERS, people)
    return folder


_DELIVERED = "order_delivered_customer_date"


def _records(name: str) -> list[dict[str, str]]:
    with (OLIST / name).open(newline="", encoding="utf-8") as lines:
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


def test_two_workers_on_postgres_and_redis_give_the_same_export_row_for_row(
    folder: Path, postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    replaying.run(replaying.on_sqlite(here), "olist", folder, "--out", here)
    settings = replaying.on_postgres("collector_olist", redis_url, there)
    replaying.run(settings, "olist", folder, "--workers", "2", "--out", there)
    for name in ("export.ndjson", "unused.csv"):
        assert (there / name).read_bytes() == (here / name).read_bytes()


def test_times_without_a_zone_are_read_as_brasilia_time_summer_time_included() -> None:
    assert files.moment("2018-01-18 19:12:30").isoformat() == "2018-01-18T21:12:30+00:00"
    assert files.moment("2018-08-15 04:10:37").isoformat() == "2018-08-15T07:10:37+00:00"
