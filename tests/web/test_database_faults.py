"""503 where it helps to come back later; a mistake of ours is a 500, and logged in full."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from structlog.testing import capture_logs

from collector.model import batches
from collector.model.base import db
from collector.model.sql import faults


def sqlite(message: str, code: int) -> OperationalError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return OperationalError("SELECT", {}, error)


def postgres(kind: type[psycopg.Error]) -> OperationalError:
    return OperationalError("SELECT", {}, kind("said"))


AWAY = [
    postgres(psycopg.OperationalError),  # libpq: nobody listens there
    postgres(psycopg.errors.ConnectionFailure),
    postgres(psycopg.errors.AdminShutdown),
    postgres(psycopg.errors.CannotConnectNow),
    postgres(psycopg.errors.TooManyConnections),
    postgres(psycopg.errors.DiskFull),
    postgres(psycopg.errors.DeadlockDetected),
    OperationalError(
        "SELECT", {}, psycopg.errors.UndefinedColumn("x"), connection_invalidated=True
    ),
    sqlite("database is locked", sqlite3.SQLITE_BUSY),
    sqlite("unable to open database file", sqlite3.SQLITE_CANTOPEN),
    sqlite("database or disk is full", sqlite3.SQLITE_FULL),
    PoolTimeout("QueuePool limit reached"),
]
MISTAKES = [
    postgres(psycopg.errors.UndefinedColumn),
    postgres(psycopg.errors.UndefinedTable),
    postgres(psycopg.errors.NumericValueOutOfRange),
    postgres(psycopg.errors.QueryCanceled),
    sqlite("no such column: responses.settles_at", sqlite3.SQLITE_ERROR),
    sqlite("no such table: people", sqlite3.SQLITE_ERROR),
]


@pytest.mark.parametrize("error", AWAY, ids=repr)
def test_come_back_later(error: Exception) -> None:
    assert faults.away(error)


@pytest.mark.parametrize("error", MISTAKES, ids=repr)
def test_it_would_not_help_to_come_back(error: Exception) -> None:
    assert not faults.away(error)


def test_a_renamed_column_is_a_mistake_of_ours(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    monkeypatch.setattr(
        batches, "counted", lambda: db.session.execute(text("SELECT settled FROM responses"))
    )
    with capture_logs() as captured:
        answer = client.get("/readyz")
    assert answer.status_code == 500
    (event,) = captured
    assert event["event"] == "unexpected_error"
    assert "settled" in event["reason"]
    assert event["trace"], "and told in full"


def test_a_database_that_is_away_is_said_to_be_away(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise sqlite("unable to open database file", sqlite3.SQLITE_CANTOPEN)

    app.testing = False
    monkeypatch.setattr(batches, "counted", away)
    with capture_logs() as captured:
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert captured[0]["event"] == "database_unavailable"
