"""The snippets of docs/integrating.md do what the page says, against a real server."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask
from segment.analytics import request as segment_request
from sqlalchemy import select

from collector.model.base import db
from collector.model.events import Event
from collector.model.people import Person
from collector.web import auth
from tests import servers
from tests.conftest import LiveServer, lacking

PAGE = Path(__file__).resolve().parents[3] / "docs" / "integrating.md"


def snippets(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def service(app: Flask, live_server: LiveServer) -> Iterator[tuple[str, str]]:
    """A served app's address and a key."""
    with app.app_context():
        key = auth.issue("shop", ("events:write", "signals:write", "roster:write"))
    with live_server(app) as url:
        yield url, key
    segment_request._session.close()


def aimed(snippet: str, service: tuple[str, str]) -> str:
    url, key = service
    return snippet.replace("https://collector.example", url).replace("ck_YOUR_KEY", key)


def kept(app: Flask) -> dict[str, Event]:
    with app.app_context():
        found = {event.event_id: event for event in db.session.scalars(select(Event))}
        db.session.expunge_all()
        db.session.remove()
        return found


def test_the_json_can_be_sent_as_it_stands(app: Flask, service: tuple[str, str]) -> None:
    url, key = service
    native, cloud, signal, roster = snippets("json")
    for body, kind in ((native, "application/json"), (cloud, "application/cloudevents+json")):
        headers = {"Authorization": f"Bearer {key}", "Content-Type": kind}
        for status in ("accepted", "duplicate"):
            answer = requests.post(f"{url}/v1/events", body, headers=headers, timeout=30)
            assert answer.status_code == 202
            assert answer.json()["results"][0]["status"] == status
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    for status in ("accepted", "duplicate"):
        answer = requests.post(f"{url}/v1/signals", signal, headers=headers, timeout=30)
        assert [one["status"] for one in answer.json()["results"]] == [status]
    for listed in (2, 0):
        answer = requests.put(f"{url}/v1/roster", roster, headers=headers, timeout=30)
        assert answer.json()["listed"] == listed
    with app.app_context():
        assert {event.source for event in db.session.scalars(select(Event))} == {
            json.loads(native)["source"], json.loads(cloud)["source"],
        }  # fmt: skip
        assert db.session.scalars(select(Person)).one().ref == "c-17"
        db.session.remove()


def test_the_python_snippets_run(app: Flask, service: tuple[str, str]) -> None:
    for snippet in snippets("python"):
        exec(compile(aimed(snippet, service), str(PAGE), "exec"), {})
    found = kept(app)
    assert {"o-2-delivered", "o-3-delivered"} <= set(found)
    assert len(found) == 3
    assert found["o-3-delivered"].type == "order.delivered"


def test_the_node_snippet_runs(app: Flask, service: tuple[str, str]) -> None:
    folder = servers.node_client()
    if folder is None:
        lacking("node")
    (snippet,) = snippets("js")
    command = ["node", "--input-type=module", "--eval", aimed(snippet, service)]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    assert set(kept(app)) == {"o-4-delivered"}
