"""GET /v1/kpis."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector.web.auth import issue
from tests.exports.kpi_world import World

PATH = "/v1/kpis"


@pytest.fixture
def key(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}


@pytest.fixture
def survey(app: Flask) -> str:
    """Three answers of one store, one of them suspect."""
    with app.app_context():
        world = World()
        world.answer(5)
        world.answer(1)
        world.answer(5, verdict="suspect", weight=0.5)
        world.publish()
        return world.key


def get(client: FlaskClient, key: dict[str, str], **query: str) -> Any:
    return client.get(PATH, query_string=query, headers=key)


def test_raw_and_cleaned_side_by_side_with_what_they_rest_on(
    client: FlaskClient, key: dict[str, str], survey: str
) -> None:
    answer = get(client, key, survey=survey, **{"from": "2026-03-01", "to": "2026-04-01"})
    assert answer.status_code == 200
    assert (answer.json["from"], answer.json["to"]) == (
        "2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z")  # fmt: skip
    (row,) = answer.json["rows"]
    assert (row["raw"], row["cleaned"]) == (pytest.approx(200 / 3), 60.0)
    assert (row["if_suspect_does_not"], row["if_suspect_counts"]) == (50.0, pytest.approx(200 / 3))
    assert row["low"] < row["cleaned"] < row["high"]
    assert (row["eligible"], row["invited"], row["delivered"], row["answered"]) == (3, 3, 3, 3)
    assert (row["n"], row["share_suspect"]) == (3, pytest.approx(1 / 3))


def test_agents_are_not_shown_on_few_answers(
    client: FlaskClient, key: dict[str, str], survey: str
) -> None:
    answer = get(client, key, survey=survey, by="agent").json
    (row,) = answer["rows"]
    assert (row["group"], row["withheld"], row["raw"], row["cleaned"]) == (
        "a1", "too_few", None, None)  # fmt: skip
    assert answer["agent_least"] == 30


def test_an_empty_service_has_no_rows(client: FlaskClient, key: dict[str, str]) -> None:
    assert get(client, key).json["rows"] == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"survey": "none"}, "/survey"), ({"survey": "x" * 5000}, "/survey"),
        ({"survey": "\0"}, "/survey"), ({"by": "person"}, "/by"), ({"by": "agent'--"}, "/by"),
        ({"segment": "context.__class__.x"}, "/segment"), ({"from": "'; DROP TABLE"}, "/from"),
        ({"to": "99999-01-01"}, "/to"), ({"from": "2026-04-01", "to": "2026-03-01"}, "/to"),
        ({"limit": "5"}, "/limit"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_meant_is_named(
    client: FlaskClient, key: dict[str, str], query: dict[str, str], pointer: str
) -> None:
    answer = get(client, key, **query)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert pointer in [problem["pointer"] for problem in answer.json["errors"]]


def test_a_key_for_something_else_reads_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        other = issue("shop", ("events:write",))
    assert get(client, {"Authorization": f"Bearer {other}"}).status_code == 403
