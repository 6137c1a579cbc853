"""A reader walks page by page while answers are edited, taken back and added: whatever the way of
going on and however small the page, what it holds in the end is what the feed says."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.exports import publish
from collector.exports.erase import erase
from collector.model.answers import Response
from collector.model.base import db
from tests.exports import reading
from tests.exports.conftest import LATER, Judge
from tests.exports.reading import PATH, WALKS, Row


class Answers:
    """Some published answers; each `stir` edits one, takes back another or adds a third."""

    def __init__(self, app: Flask, judge: Judge) -> None:
        self._app, self._judge, self._turn = app, judge, 0
        self._numbers: dict[str, int] = {}
        with app.app_context():
            self._ids = [judge.one(score=1 + n % 5) for n in range(9)]
            self._publish()

    def stir(self) -> None:
        self._turn += 1
        with self._app.app_context():
            chosen = self._ids[self._turn * 4 % len(self._ids)]
            if self._turn % 5 == 0:
                self._ids.append(self._judge.one(score=2))
            elif self._turn % 3 == 0:
                with clock.at(LATER):
                    erase(db.session.get_one(Response, chosen).person_id, chosen)
                self._ids.remove(chosen)
            else:
                self._numbers[chosen] = self._numbers.get(chosen, 1) + 1
                self._judge.again(chosen, self._numbers[chosen], score=1 + self._turn % 5)
            self._publish()

    def _publish(self) -> None:
        with clock.at(LATER):
            publish.run_batch(1_000)
        db.session.remove()


@pytest.fixture
def answers(app: Flask, judge: Judge) -> Answers:
    return Answers(app, judge)


def all_of(client: FlaskClient, headers: dict[str, str], query: str) -> list[Row]:
    rows: list[Row] = client.get(f"{PATH}?limit=10000&{query}", headers=headers).get_json()["rows"]
    return rows


@pytest.mark.parametrize("limit", [1, 2, 7])
@pytest.mark.parametrize("shape", ["current", "revisions"])
def test_a_walk_that_is_overtaken_and_goes_on_holds_what_the_feed_says(
    app: Flask, client: FlaskClient, answers: Answers, monkeypatch: pytest.MonkeyPatch,
    shape: str, limit: int,
) -> None:  # fmt: skip
    headers = reading.key(app, monkeypatch, "exports:read")
    for way in WALKS:
        stirs = 6
        held: dict[str, Row] = {}
        walked: list[Row] = []
        for page in reading.pages(client, headers, way, f"shape={shape}&limit={limit}"):
            ids = [row["response_id"] for row in page]
            assert shape == "revisions" or len(set(ids)) == len(ids)
            walked += page
            if stirs:
                stirs -= 1
                answers.stir()
        numbers = [row["number"] for row in walked]
        assert numbers == sorted(set(numbers)), way
        if shape == "current" and way != "number":
            ids = [row["response_id"] for row in walked]
            assert len(set(ids)) == len(ids), way
        held = {row["response_id"]: row for row in walked}
        rest = f"shape={shape}&limit=10000&after={numbers[-1]}"
        for page in reading.pages(client, headers, "number", rest):
            held |= {row["response_id"]: row for row in page}
        now = {row["response_id"]: row for row in all_of(client, headers, "shape=current")}
        assert {i: (row["number"], row["kind"], row["score"]) for i, row in held.items()} == {
            i: (row["number"], row["kind"], row["score"]) for i, row in now.items()
        }, way


def test_the_current_shape_is_the_newest_of_each_by_survey_and_window(
    app: Flask, client: FlaskClient, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = reading.key(app, monkeypatch, "exports:read")
    for _ in range(12):
        answers.stir()
    every = all_of(client, headers, "")
    assert [row["number"] for row in every] == list(range(1, len(every) + 1))
    newest = {row["response_id"]: row for row in every}
    expected = sorted(newest.values(), key=lambda row: row["number"])
    assert all_of(client, headers, "shape=current") == expected
    for limit in (1, 2, 7):
        for way in WALKS:
            found = reading.pages(client, headers, way, f"shape=current&limit={limit}")
            assert [row for page in found for row in page] == expected, (way, limit)


def test_an_erasure_changes_the_tags_of_the_pages_that_it_cleared(
    app: Flask, client: FlaskClient, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = reading.key(app, monkeypatch, "exports:read")
    query = f"{PATH}?limit=9&format=csv"
    before = client.get(query, headers=headers)
    asked = {**headers, "If-None-Match": before.headers["ETag"]}
    answers.stir()  # an edit: the page of old rows is as it was, and so is what follows it
    answers.stir()
    assert client.get(f"{PATH}?limit=9&format=csv", headers=headers).data == before.data
    answers.stir()  # takes one back
    after = client.get(query, headers=asked)
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.data != before.data
