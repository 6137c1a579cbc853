"""The look of every page view: the same on both ways to the database, also where one has died."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from collector import clock
from collector.model.base import db, is_postgres
from collector.model.sql import alone
from tests.factories import NOON
from tests.web.widget.asking import asked_inapp, post


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with clock.at(NOON + timedelta(hours=1)):
        yield


def test_a_connection_that_has_died_is_not_noticed_by_the_page(
    ctx: Flask, client: FlaskClient
) -> None:
    body = asked_inapp().body()
    first = post(client, "next", body)
    assert first.status_code == 200
    if is_postgres():
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        others = "current_database() AND pid <> pg_backend_pid()"
        db.session.execute(text(ended + others))
        db.session.rollback()
    assert post(client, "next", body).get_json() == first.get_json()
    assert post(client, "next", body).get_json() == first.get_json()


def test_both_ways_say_the_same(
    ctx: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = asked_inapp().body()
    before = post(client, "next", body).get_json()

    def fails(*_: object) -> None:
        raise psycopg.OperationalError

    monkeypatch.setattr(alone, "look", fails)
    assert post(client, "next", body).get_json() == before
    gone = asked_inapp().body(key="pk_none")
    assert post(client, "next", gone).status_code in (401, 403)
