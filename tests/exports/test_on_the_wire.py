"""How a page travels: marked, packed, not at all where it is known, and waited for."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.exports import publish
from collector.model.base import db
from collector.web.api.exports import waiting
from collector.web.auth import issue
from tests.exports.conftest import LATER, Judge
from tests.exports.erasing import NOW, answered, at, until

PATH = "/v1/exports/responses"
Get = Callable[..., Any]


@pytest.fixture
def get(app: Flask, client: FlaskClient) -> Get:
    with app.app_context():
        headers = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}

    def call(sent: dict[str, str] | None = None, **query: Any) -> Any:
        return client.get(PATH, query_string=query, headers={**headers, **(sent or {})})

    return call


@pytest.fixture
def hourly(app: Flask, judge: Judge) -> list[str]:
    """Six answers, one an hour from LATER on; the first is judged again in the last hour."""
    with app.app_context():
        ids = []
        for hour in range(6):
            ids.append(judge.one())
            if hour == 5:
                judge.again(ids[0], 2, score=2)
            with clock.at(LATER + timedelta(hours=hour)):
                publish.run_batch()
        return ids


def numbers(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [row["number"] for row in answer.json["rows"]]


def test_a_byte_order_mark_comes_before_the_csv_alone(get: Get, hourly: list[str]) -> None:
    plain, marked = get(format="csv"), get(format="csv", bom="true")
    assert marked.data == b"\xef\xbb\xbf" + plain.data


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
@pytest.mark.parametrize("way", ["gzip", "zstd"])
def test_a_page_is_packed_as_the_reader_can_unpack(
    get: Get, hourly: list[str], form: str, way: str
) -> None:
    plain = get(format=form)
    assert "Content-Encoding" not in plain.headers
    packed = get({"Accept-Encoding": way}, format=form)
    assert packed.headers["Content-Encoding"] == way
    assert "Accept-Encoding" in packed.headers["Vary"]
    zstandard = pytest.importorskip("zstandard")
    read = gzip.decompress if way == "gzip" else zstandard.ZstdDecompressor().decompress
    assert read(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    for unwanted in ("identity", f"{way};q=0", "br"):
        assert "Content-Encoding" not in get({"Accept-Encoding": unwanted}, format=form).headers
    assert "Content-Encoding" not in get({"Accept-Encoding": way}, format="parquet").headers


def test_a_reader_that_has_the_page_is_told_so_until_it_changes(app: Flask, get: Get) -> None:
    with app.app_context():
        case = answered(score=2)
        until(NOW)
    first = get(limit=1)
    tag = first.headers["ETag"]
    again = get({"If-None-Match": tag}, limit=1)
    assert (again.status_code, again.data) == (304, b"")
    assert get({"If-None-Match": tag}, limit=1, format="csv").status_code == 200
    with app.app_context():
        at(NOW, case.erase)
    after = get({"If-None-Match": tag}, limit=1)  # the same row, cleared
    assert (after.status_code, after.json["rows"][0]["person_id"]) == (200, None)


def test_a_reader_that_waits_gets_what_comes_and_holds_no_connection(
    app: Flask, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PAUSE", 0.02)
    with app.app_context():
        judge.one()
        with clock.at(LATER):
            publish.run_batch()
        headers = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}
    held: list[int] = []
    pause = time.sleep

    def looked(seconds: float) -> None:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        pause(seconds)

    monkeypatch.setattr(waiting.time, "sleep", looked)
    answers: list[Any] = []

    def read() -> None:
        got = app.test_client().get(f"{PATH}?after=1&wait=20", headers=headers)
        answers.append(got.json["rows"])

    reader = threading.Thread(target=read)
    reader.start()
    while not held:
        pause(0.01)
    with app.app_context():
        id = judge.one()
        with clock.at(LATER):
            publish.run_batch()
        db.session.remove()
    reader.join(20)
    assert [[row["response_id"] for row in rows] for rows in answers] == [[id]]
    assert held[0] == 0


def test_more_readers_than_may_wait_are_told_when_to_come_back(
    app: Flask, get: Get, hourly: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 1)
    place = app.extensions.setdefault("collector.waiting_readers", threading.BoundedSemaphore(1))
    with place:
        answer = get(after=7, wait=5)
        assert (answer.status_code, answer.json["code"]) == (429, "too_many_waiting")
        assert answer.headers["Retry-After"] == "10"
        assert len(numbers(get(after=0, wait=5))) == 7  # there is something: nobody waits
    began = time.monotonic()
    assert numbers(get(after=7, wait=1)) == []
    assert 0.9 < time.monotonic() - began < 5
