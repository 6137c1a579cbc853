"""A position that the feed does not know is told so, with what to do; it is never followed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from collector import clock
from collector.commands.operating import feed as feed_command
from collector.exports import new_feed, publish
from collector.exports.position import Position, parse
from collector.model.base import db
from collector.model.feed import FeedHead, Revision
from collector.web.auth import issue
from tests.commands.own_app import commands_use
from tests.exports.conftest import LATER, Judge
from tests.exports.erasing import NOW, answered, at, until

PATH = "/v1/exports/responses"
Get = Callable[..., Any]


@pytest.fixture
def get(app: Flask, client: FlaskClient) -> Get:
    with app.app_context():
        headers = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}

    def call(**query: Any) -> Any:
        return client.get(PATH, query_string=query, headers=headers)

    return call


def publish_more(app: Flask, judge: Judge, count: int, hours: int = 0) -> None:
    with app.app_context():
        for _ in range(count):
            judge.one()
        with clock.at(LATER + timedelta(hours=hours)):
            publish.run_batch()


def restored(app: Flask, last: int) -> None:
    """The feed as a backup had it: what came after `last` is gone."""
    with app.app_context():
        db.session.execute(delete(Revision).where(Revision.number > last))
        db.session.execute(update(FeedHead).values(last_number=last))
        db.session.commit()


def test_the_end_of_a_page_is_a_position_and_a_number_is_still_taken(
    app: Flask, judge: Judge, get: Get
) -> None:
    publish_more(app, judge, 4)
    first = get(limit=3)
    position = first.headers["Collector-Next-After"]
    assert parse(position).number == 3
    assert first.json["position"] == position
    assert [row["number"] for row in get(after=position).json["rows"]] == [4]
    assert [row["number"] for row in get(after=3).json["rows"]] == [4]
    assert first.json["next"] == 3


def test_an_empty_feed_has_a_position_that_holds_when_it_grows(
    app: Flask, judge: Judge, get: Get
) -> None:
    start = get().json["position"]
    assert get(after=start).json["rows"] == []
    publish_more(app, judge, 2)
    assert [row["number"] for row in get(after=start).json["rows"]] == [1, 2]


@pytest.mark.parametrize("form", ["json", "csv", "ndjson", "parquet"])
def test_a_number_beyond_the_end_is_an_error_with_a_remedy(
    app: Flask, judge: Judge, get: Get, form: str
) -> None:
    publish_more(app, judge, 3)
    for after in (4, 5000, 2**63 - 1):
        answer = get(after=after, format=form)
        assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
        assert (answer.json["code"], answer.json["pointer"]) == ("position_beyond_end", "/after")
        assert "after=0" in answer.json["detail"]
        assert "Link" not in answer.headers
    assert get(after=3, format=form).status_code == 200


def test_a_restored_backup_is_found_out_even_when_it_has_grown_past_the_position(
    app: Flask, judge: Judge, get: Get
) -> None:
    publish_more(app, judge, 5)
    seen = get().headers["Collector-Next-After"]
    early = get(limit=2).headers["Collector-Next-After"]
    restored(app, 3)
    assert get(after=seen).json["code"] == "position_beyond_end"
    publish_more(app, judge, 4, hours=1)
    answer = get(after=seen)
    assert (answer.status_code, answer.json["code"]) == (409, "position_overwritten")
    assert "after=0" in answer.json["detail"]
    rows = get(after=early).json["rows"]  # from before the backup: the same feed as ever
    assert [row["number"] for row in rows] == [3, 4, 5, 6, 7]


def test_a_position_of_another_feed_is_told_so(app: Flask, judge: Judge, get: Get) -> None:
    publish_more(app, judge, 3)
    mine = parse(get().json["position"])
    other = Position(mine.number, "fed_other", mine.fingerprint)
    answer = get(after=str(other))
    assert (answer.status_code, answer.json["code"]) == (409, "position_of_another_feed")
    assert get(after=str(Position(0, "fed_other", "start"))).status_code == 409


def test_after_a_new_id_every_position_from_before_is_refused(
    app: Flask, judge: Judge, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_more(app, judge, 3)
    before = get(limit=1).json["position"]
    commands_use(app, monkeypatch)
    run = CliRunner()
    assert run.invoke(feed_command.command, ["new-id"], input="n\n").exit_code == 1
    assert get(after=before).status_code == 200
    said = run.invoke(feed_command.command, ["new-id", "--yes"])
    assert (said.exit_code, "Readers start again" in said.stdout) == (0, True)
    assert get(after=before).json["code"] == "position_of_another_feed"
    again = get().json
    assert (len(again["rows"]), again["position"].split(".")[0]) == (3, said.stdout.split()[5])
    shown = run.invoke(feed_command.command, ["show"])
    assert again["position"] in shown.stdout


def test_an_erasure_changes_no_position(app: Flask, get: Get) -> None:
    with app.app_context():
        case = answered(score=2)
        until(NOW)
    before = get().headers["Collector-Next-After"]
    with app.app_context():
        at(NOW, case.erase)
    after = get(after=before)
    assert (after.status_code, [row["kind"] for row in after.json["rows"]]) == (200, ["tombstone"])


@pytest.mark.parametrize(
    "after",
    ["", " ", "1.5", "+1", "٣", "null", "fed_a.1", "fed_a.1.", "fed_a.-1.0", "fed_a.x.0",
     "a.1.b.2.3", "a.1.b.x",     "fed_a.99999999999999999999.0", "x" * 101, "1e3", "0x1"],
)  # fmt: skip
def test_what_is_no_position_is_refused_by_the_parameters_name(get: Get, after: str) -> None:
    answer = get(after=after)
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json["errors"]} == {"/after"}


def test_two_feeds_never_share_an_id(ctx: Flask) -> None:
    assert len({id for _ in range(20) for id in new_feed.renew().values()}) == 40
