"""How often a page's calls ask the database: `next` is made at every view of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from collector import clock
from collector.invitations import links
from collector.model.base import db
from collector.model.sql import alone
from tests import factories
from tests.factories import NOON
from tests.web.widget.asking import asked_inapp, post

Counted = Callable[[Callable[[], object]], int]


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with clock.at(NOON + timedelta(hours=1)):
        yield


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """How many statements a call sends, on whichever connection."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):  # said aloud on SQLite only
            said.append(statement)

    def count(call: Callable[[], object]) -> int:
        call()  # what is remembered from the first call on is not asked again
        db.session.remove()
        before = len(said)
        call()
        return len(said) - before

    def alone_too(statement: str, values: Any, look: Any = alone.look) -> Any:
        said.append(statement)
        return look(statement, values)

    monkeypatch.setattr(alone, "look", alone_too)
    event.listen(Engine, "before_cursor_execute", hear)
    yield count
    event.remove(Engine, "before_cursor_execute", hear)


def test_nothing_to_ask_is_one_question_to_the_database(
    ctx: Flask, client: FlaskClient, statements: Counted
) -> None:
    asked = asked_inapp()
    body = asked.body()
    with clock.at(NOON + timedelta(days=30)):  # its time is over
        body = asked.body()
        assert statements(lambda: post(client, "next", body)) == 1


def test_a_question_that_waits_is_three(
    ctx: Flask, client: FlaskClient, statements: Counted
) -> None:
    body = asked_inapp().body()
    assert statements(lambda: post(client, "next", body)) <= 3


def test_whose_question_and_which_site_is_one(
    ctx: Flask, client: FlaskClient, statements: Counted
) -> None:
    mine, other = asked_inapp(), asked_inapp(of=factories.person(db.session(), ref="other"))
    body = mine.body(token=links.token(other.token_id, "inapp"), score=5, press="0" * 32)
    assert statements(lambda: post(client, "answer", body)) == 1


def test_opening_a_link_is_three(ctx: Flask, client: FlaskClient, statements: Counted) -> None:
    token = links.token(asked_inapp().token_id, "inapp")
    assert statements(lambda: client.get(f"/t/{token}")) <= 3
