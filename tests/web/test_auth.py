"""API keys: a key opens what its scopes say, until it is revoked."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from collector.commands import context
from collector.commands.operating import keys
from collector.model.access import ApiKey
from collector.model.base import db
from collector.web import auth

SCOPES = ("exports:read", "events:write")
CALLS = [("GET", "/v1/exports/responses"), ("POST", "/v1/events"), ("POST", "/v1/track")]


def answers(client: FlaskClient, token: str) -> list[int]:
    bearer = {"Authorization": f"Bearer {token}"}
    found = [client.open(path, method=how, json={}, headers=bearer) for how, path in CALLS]
    basic = client.post("/v1/track", json={}, auth=(token, ""))
    return [one.status_code for one in (*found, basic)]


def test_a_revoked_key_is_refused_everywhere_and_the_others_are_not(
    ctx: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "create_app", lambda: ctx)
    lost, kept = auth.issue("lost", SCOPES), auth.issue("kept", SCOPES)
    before = answers(client, lost)
    assert 401 not in before
    lost_id = db.session.scalars(select(ApiKey.id).where(ApiKey.name == "lost")).one()
    told = CliRunner().invoke(keys.command, ["revoke", lost_id])
    assert told.exit_code == 0, told.output
    db.session.remove()
    assert answers(client, lost) == [401] * 4
    assert answers(client, kept) == before


@pytest.mark.usefixtures("ctx")
def test_a_revoked_key_and_an_unknown_one_are_refused_in_the_same_words(
    client: FlaskClient,
) -> None:
    token = auth.issue("lost", SCOPES)
    with db.engine.begin() as connection:
        connection.execute(ApiKey.__table__.update().values(revoked_at=ApiKey.created_at))  # type: ignore[attr-defined]
    said = [
        client.get("/v1/exports/responses", headers={"Authorization": f"Bearer {one}"})
        for one in (token, "ck_nobody-has-this-one")
    ]
    assert said[0].get_json() == said[1].get_json()


def test_a_key_without_the_scope_is_told_which_one_and_how_to_get_it(
    app: Flask, client: FlaskClient
) -> None:
    """README's key may send events and read exports, and nothing else."""
    with app.app_context():
        key = auth.issue("shop", ("events:write", "exports:read"))
    for path, scope in (("/v1/texts", "people:read"), ("/v1/suppressions", "suppressions:read")):
        refused = client.get(path, headers={"Authorization": f"Bearer {key}"})
        assert (refused.status_code, refused.get_json()["code"]) == (403, "forbidden")
        said = refused.get_json()["detail"]
        assert said.startswith(f"this key lacks the scope {scope}")
        command = said.partition("has it: collector ")[2].split()
        assert command == ["keys", "create", "NAME", "--scope", scope]
        assert key not in refused.text
        assert keys.command.commands["create"].make_context("create", command[2:])
