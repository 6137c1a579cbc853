"""Somebody is found by whatever their company calls them, and nobody else is."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector.web import auth
from tests.triggers.making import event

REFS = (
    "c-17", "a/b", "/lead2", "a//b", "trail/", "x/explain", "explain", "../../v1/pause", "é",
    "e\u0301", "50%", "%2F", "a b", "a?b=c", "a#b", "ref\u00adx", "日本/東京", "\U0001f600",
    "x" * 200, ".", "..", "+49 170/1",
)  # fmt: skip


@pytest.fixture
def headers(app: Flask) -> dict[str, str]:
    with app.app_context():
        scopes = ("events:write", "people:write", "people:read", "people:erase")
        return {"Authorization": f"Bearer {auth.issue('crm', scopes)}"}


@pytest.mark.parametrize("ref", REFS, ids=ascii)
def test_they_are_read_explained_and_erased(
    client: FlaskClient, headers: dict[str, str], ref: str
) -> None:
    path = f"/v1/people/{quote(ref, safe='')}"
    kept = client.put(path, json={"attributes": {"a": 1}}, headers=headers)
    assert kept.status_code == 200
    others = [quote(one, safe="") for one in ("lead2", "a", "b", "x")]
    for other in others:
        client.put(f"/v1/people/{other}", json={"attributes": {"b": 2}}, headers=headers)
    readable = not ref.endswith("/explain")  # what is read there is why `x` is asked
    if readable:
        assert client.get(path, headers=headers).get_json()["attributes"] == {"a": 1}
        assert client.get(f"{path}/explain", headers=headers).status_code == 200
    gone = client.delete(path, headers=headers, follow_redirects=True)
    assert (gone.status_code, gone.get_json()["id"]) == (200, kept.get_json()["id"])
    assert client.get(path, headers=headers).status_code == (404 if readable else 200)
    for other in others:
        assert client.get(f"/v1/people/{other}", headers=headers).status_code == 200


def test_what_is_no_text_is_refused_by_name(client: FlaskClient, headers: dict[str, str]) -> None:
    for odd in ("%FF", "a%00b", "%C3"):
        answer = client.get(f"/v1/people/{odd}", headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "bad_address")


def test_the_same_reference_at_the_same_moment_is_somebody_new(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    first, again, neighbour = (event(name) for name in ("r-1", "r-1", "r-2"))
    was = client.post("/v1/events", json=first, headers=headers)
    assert was.status_code == 202
    before = client.get("/v1/people/r-1", headers=headers).get_json()["id"]
    client.delete("/v1/people/r-1", headers=headers)
    both = client.post("/v1/events", json=[again, neighbour], headers=headers)
    assert both.status_code == 202
    after = client.get("/v1/people/r-1", headers=headers).get_json()["id"]
    assert after != before
