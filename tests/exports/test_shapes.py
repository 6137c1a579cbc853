"""`shape=current`: of each response one row; and how a reader knows that it has read all there is.

A reader that merges by key and one that reads every revision end with the same table, whatever was
published between their pages.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.exports import feed, files, publish
from collector.exports.copying import write
from collector.exports.cut import Cut
from collector.exports.datasets import public
from collector.model.sql.source import of_app
from collector.web.auth import issue
from tests.exports.conftest import LATER, Judge

PATH = "/v1/exports/responses"
Get = Callable[..., Any]
Row = dict[str, Any]


@pytest.fixture
def get(app: Flask, client: FlaskClient) -> Get:
    with app.app_context():
        headers = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}

    def call(path: str = PATH, **query: Any) -> Any:
        return client.get(path, query_string=query or None, headers=headers)

    return call


class World:
    """Responses that are judged again at random, published some at a time."""

    def __init__(self, judge: Judge, seed: int) -> None:
        self._judge = judge
        self._dice = random.Random(seed)
        self._numbers: dict[str, int] = {}

    def go_on(self, new: int, again: int) -> None:
        for _ in range(new):
            self._numbers[self._judge.one()] = 1
        self._publish()
        for id in self._dice.sample(sorted(self._numbers), min(again, len(self._numbers))):
            self._numbers[id] += 1
            self._judge.again(id, self._numbers[id], score=self._dice.randint(1, 5))
        self._publish()

    def _publish(self) -> None:
        with clock.at(LATER):
            publish.run_batch(1_000)


def newest(rows: Iterator[Row]) -> dict[str, Row]:
    return {row["response_id"]: public(row) for row in rows}


@pytest.mark.parametrize(("shape", "limit"), [("current", 1), ("current", 3), ("revisions", 4)])
def test_a_reader_beside_a_growing_feed_ends_with_the_same_table(
    app: Flask, judge: Judge, get: Get, shape: str, limit: int
) -> None:
    with app.app_context():
        world = World(judge, limit)
        world.go_on(6, 3)
    table: dict[str, Row] = {}
    after, rounds, more = "0", 0, True
    while more or rounds < 4:
        page = get(after=after, limit=limit, shape=shape).json
        ids = [row["response_id"] for row in page["rows"]]
        assert shape == "revisions" or len(ids) == len(set(ids))
        for row in page["rows"]:
            held = table.get(row["response_id"])
            assert held is None or row["number"] > held["number"]
            table[row["response_id"]] = row
        after, more = page["position"], page["more"]
        rounds += 1
        if rounds <= 4:
            with app.app_context():
                world.go_on(1, 2)
                more = True
    with app.app_context():
        assert table == newest(feed.stream())


@pytest.mark.parametrize("way", ["next", "header", "link"])
def test_no_response_comes_twice_in_one_walk_whatever_happens_meanwhile(
    app: Flask, judge: Judge, get: Get, way: str
) -> None:
    """What a loader needs that merges once for all the pages that it read."""
    with app.app_context():
        world = World(judge, 5)
        world.go_on(6, 3)
    url, seen, position = f"{PATH}?shape=current&limit=2&end=null", [], ""
    while url:
        answer = get(url)
        seen += [row["response_id"] for row in answer.json["rows"]]
        position = answer.json["position"]
        with app.app_context():
            world.go_on(1, 6)
        link = answer.headers.get("Link", "")
        after = {
            "next": answer.json["next"],
            "header": answer.headers.get("Collector-Next-After"),
            "link": link,
        }[way]
        url = f"{PATH}?shape=current&limit=2&end=null&after={after}" if after else ""
        url = link[1 : link.index(">")] if way == "link" and link else url
    assert len(seen) == len(set(seen)) == 6
    rest = get(after=position, shape="current", limit=1000).json["rows"]
    with app.app_context():
        table = newest(feed.stream())
    assert {row["response_id"] for row in rest} | set(seen) == set(table)
    assert all(table[row["response_id"]] == row for row in rest)


@pytest.mark.parametrize("form", ["ndjson", "csv", "parquet"])
def test_a_whole_current_export_is_the_newest_row_of_each_and_is_not_lost_to_a_change(
    app: Flask, judge: Judge, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes while a file is written comes after it, and stays in it as it was."""
    with app.app_context():
        world = World(judge, 7)
        world.go_on(9, 4)
        world.go_on(2, 6)
        end = feed.last_number()
        wanted = [public(row) for row in newest_at(end)]
        world.go_on(0, 5)
        monkeypatch.setattr(write, "PAGE", 4)
        out = io.BytesIO()
        assert write.write(of_app(), form, out, Cut(0, end, current=True)) == len(wanted) == 11
        reference = io.BytesIO()
        files.write(newest_at(end), form, reference)
        assert out.getvalue() == reference.getvalue()


def newest_at(end: int) -> list[Any]:
    rows = {row["response_id"]: row for row in feed.stream(0, end)}
    return sorted(rows.values(), key=lambda row: int(row["number"]))


def test_both_shapes_go_on_from_each_others_positions(app: Flask, judge: Judge, get: Get) -> None:
    with app.app_context():
        world = World(judge, 1)
        world.go_on(5, 5)
    position = get(shape="current").json["position"]
    assert get(after=position).json["rows"] == []
    with app.app_context():
        world.go_on(1, 2)
    assert len(get(after=position, shape="current").json["rows"]) == 3
    middle = get(limit=4).json["position"]
    ids = {row["response_id"] for row in get(after=middle, shape="current").json["rows"]}
    with app.app_context():
        assert ids == {row["response_id"] for row in feed.stream(4)}


@pytest.mark.parametrize("shape", ["revisions", "current"])
def test_a_client_that_pages_until_next_is_null_stops_and_has_it_all(
    app: Flask, judge: Judge, get: Get, shape: str
) -> None:
    with app.app_context():
        World(judge, 2).go_on(7, 3)
    seen: list[int] = []
    calls, after = 0, "0"
    while after is not None:
        page = get(after=after, limit=3, shape=shape, end="null").json
        seen += [row["number"] for row in page["rows"]]
        after = page["next"]
        calls += 1
        assert calls < 9
    assert len(seen) == len(set(seen)) == {"revisions": 10, "current": 7}[shape]
    assert page["position"].split(".")[1] == "10"


@pytest.mark.parametrize(("rows", "limit"), [(0, 2), (2, 2), (4, 2), (5, 2), (1, 1)])
def test_the_last_page_says_so_in_every_way_even_when_it_is_full(
    app: Flask, judge: Judge, get: Get, rows: int, limit: int
) -> None:
    with app.app_context():
        for _ in range(rows):
            judge.one()
        with clock.at(LATER):
            publish.run_batch()
    url, pages = f"{PATH}?limit={limit}&end=null&shape=current&format=json", 0
    while url:
        answer = get(url)
        pages += 1
        page = answer.json
        link = answer.headers.get("Link", "")
        assert page["more"] == (page["next"] is not None) == bool(link)
        assert page["more"] == ("Collector-Next-After" in answer.headers)
        assert answer.headers["Collector-Position"] == page["position"]
        url = link[1 : link.index(">")] if link else ""
        assert not url or ("shape=current" in url and "end=null" in url)
    assert pages == max(1, -(-rows // limit))


def test_the_command_writes_the_shape_that_is_asked_for(
    app: Flask, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from collector.commands import export
    from tests.commands.own_app import commands_use

    with app.app_context():
        World(judge, 3).go_on(4, 2)
    commands_use(app, monkeypatch)
    made = CliRunner().invoke(
        export.command, ["--format", "ndjson", "--out", "-", "--shape", "current"]
    )
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    assert sorted(row["revision"] for row in rows) == [1, 1, 2, 2]
    assert made.stderr.startswith("4 rows to standard output; next time: --after fed_")
