"""The clients that people have, unchanged, over real HTTP and a network that loses answers.

segment-analytics-python, @segment/analytics-node and the CloudEvents SDK send 1,000 events each;
every one is recorded exactly once.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator

import pytest
import requests
from cloudevents.core.bindings.http import HTTPMessage, to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent
from flask import Flask
from segment.analytics import request as segment_request
from segment.analytics.client import Client
from sqlalchemy import func, select

from collector.model.base import db
from collector.model.events import Event
from collector.model.people import Person
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.web import auth
from tests import servers
from tests.conftest import LiveServer, lacking
from tests.surveys.definitions import survey
from tests.triggers.making import rule
from tests.web.api.lossy_proxy import DROPPED, REFUSED, TWICE, lossy

COUNT = 1_000
BATCH_TYPE = {"Content-Type": "application/cloudevents-batch+json"}


@pytest.fixture
def key(app: Flask) -> str:
    with app.app_context():
        return auth.issue("shop", ("events:write",))


@pytest.fixture
def network(app: Flask, live_server: LiveServer) -> Iterator[tuple[str, Counter[str]]]:
    with live_server(app) as url, lossy(url) as proxy:
        yield proxy
    segment_request._session.close()


def recorded(app: Flask) -> Counter[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(select(Event.source, Event.type, func.count()).group_by(
            Event.source, Event.type
        ))  # fmt: skip
        counted = Counter({(row[0], row[1]): row[2] for row in rows})
        db.session.remove()
        return counted


def start_node(url: str, key: str, count: int) -> subprocess.Popen[str]:
    folder = servers.node_client()
    if folder is None:
        lacking("node")
    environment = {**os.environ, "COLLECTOR_URL": url, "WRITE_KEY": key, "COUNT": str(count)}
    return subprocess.Popen(
        ["node", "send.mjs"], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def send_with_segment_python(url: str, key: str, count: int) -> list[object]:
    """Every tenth message is sent twice; returns what the client says that it could not deliver."""
    failed: list[object] = []
    client = Client(key, host=url, gzip=True, on_error=lambda error, _: failed.append(error))
    for number in range(count):
        for _ in range(2 if number % 10 == 0 else 1):
            client.track(
                f"python-{number % 40}", "Order Delivered", {"number": number},
                context={"traits": {"phone": "+5511987654321", "consent": {"sms": True}}},
                message_id=f"python-message-{number}",
            )  # fmt: skip
    client.shutdown()
    return failed


def send_cloud_events(url: str, key: str, count: int) -> Counter[int]:
    """Some binary, some structured, the rest in batches of 100; returns status codes."""
    events = [
        CloudEvent(
            {"source": "/crm", "type": "order.delivered", "id": f"ce-{number}",
             "subject": f"crm-{number % 40}"},
            {"number": number, "person": {"locale": "de"}},
        )
        for number in range(count)
    ]  # fmt: skip
    some = count // 20
    messages = [to_binary_event(event) for event in events[:some]]
    messages += [to_structured_event(event) for event in events[some : 2 * some]]
    for start in range(2 * some, count, 100):
        parts = [to_structured_event(event).body for event in events[start : start + 100]]
        messages.append(HTTPMessage(BATCH_TYPE, b"[" + b",".join(parts) + b"]"))
    codes: Counter[int] = Counter()
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {key}"
        for message in messages:
            codes[_until_answered(session, f"{url}/v1/events", message)] += 1
    return codes


def _until_answered(session: requests.Session, url: str, message: HTTPMessage) -> int:
    while True:
        try:
            answer = session.post(url, data=message.body, headers=message.headers, timeout=60)
        except requests.ConnectionError:
            continue
        if answer.status_code != 503:
            return answer.status_code


def test_three_thousand_events_of_three_real_clients_are_recorded_once_each(
    app: Flask, key: str, network: tuple[str, Counter[str]]
) -> None:
    url, treated = network
    node = start_node(url, key, COUNT)
    assert send_with_segment_python(url, key, COUNT) == []
    codes = send_cloud_events(url, key, COUNT)
    said, _ = node.communicate(timeout=120)
    assert node.returncode == 0, said
    assert set(codes) == {202}
    assert min(treated[kind] for kind in (DROPPED, TWICE, REFUSED)) > 10
    assert recorded(app) == {
        ("segment", "order.delivered"): 2 * COUNT, ("/crm", "order.delivered"): COUNT,
    }  # fmt: skip


def test_what_the_clients_say_of_people_arrives_and_is_decided_on(
    app: Flask, key: str, live_server: LiveServer
) -> None:
    with app.app_context():
        apply_surveys([survey()])
        apply_rules([rule()])
        db.session.remove()
    with live_server(app) as url:
        client = Client(key, host=url)
        client.identify("c-1", {"name": "Ana", "phone": "+5511987654321", "consent": True})
        client.track("c-1", "Order Delivered", {"amount": 3})
        client.page("c-1", "Docs", "Home")
        client.screen("c-1", "App", "Cart")
        client.group("c-1", "g-1", {"seats": 5})
        client.alias("anonymous-1", "c-1")
        client.shutdown()
        segment_request._session.close()
    assert set(recorded(app)) == {
        ("segment", kind)
        for kind in ("segment.identify", "order.delivered", "segment.page", "segment.screen",
                     "segment.group", "segment.alias")
    }  # fmt: skip
    with app.app_context():
        decide.run_batch()
        event = db.session.scalars(select(Event).where(Event.type == "order.delivered")).one()
        (view,) = decide.recorded([event.id])[event.id]
        assert view.reason == "invited"
        person = db.session.scalars(select(Person)).one()
        assert person.attributes == {"name": "Ana", "group_id": "g-1"}
        db.session.remove()
