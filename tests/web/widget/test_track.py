"""/w/v1/track: events that a page reports about whoever looks at it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from collector import clock
from collector.model.base import db
from collector.model.events import Event
from collector.web.widget import sites
from tests.factories import NOON
from tests.web.widget.asking import Asked, asked_inapp, post

ID = "0123456789abcdef01"
VIEWED = {"id": ID, "type": "order.viewed", "context": {"amount": 12.5}}


@pytest.fixture
def asked(ctx: Flask) -> Asked:
    """A site whose pages may report one type, and somebody whom the service knows."""
    asked = asked_inapp()
    sites.let_report(asked.site.name, ["order.viewed"])
    return asked


def events() -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.event_id.startswith("w:"))))


def test_an_event_is_kept_once_with_the_site_as_its_source(
    asked: Asked, client: FlaskClient
) -> None:
    first = post(client, "track", asked.body(**VIEWED))
    assert (first.status_code, first.get_json()) == (202, {"status": "accepted", "ask": False})
    again = post(client, "track", asked.body(**VIEWED))
    assert again.get_json()["status"] == "duplicate"
    (event,) = events()
    assert (event.source, event.event_id, event.type) == ("shop", f"w:{ID}", "order.viewed")
    assert (event.context, event.subjects, event.status) == ({"amount": 12.5}, {}, "decided")


def test_the_same_id_with_other_content_is_a_conflict(asked: Asked, client: FlaskClient) -> None:
    post(client, "track", asked.body(**VIEWED))
    other = post(client, "track", asked.body(**VIEWED | {"context": {"amount": 9}}))
    assert (other.status_code, other.get_json()["code"]) == (409, "event_key_reused")


def test_a_type_that_is_not_on_the_sites_list_is_refused(asked: Asked, client: FlaskClient) -> None:
    for kind in ("order.delivered", "", None, ["order.viewed"], "order.viewed "):
        reply = post(client, "track", asked.body(**VIEWED | {"type": kind}))
        assert (reply.status_code, reply.get_json()["code"]) == (403, "event_type_not_allowed")
    sites.let_report(asked.site.name, [])
    assert post(client, "track", asked.body(**VIEWED)).status_code == 403
    assert events() == []


def test_nobody_reports_without_an_identity(asked: Asked, client: FlaskClient) -> None:
    for token in (None, "", "x.y.z", asked.body()["identity"][:-2]):
        reply = post(client, "track", asked.body(**VIEWED) | {"identity": token})
        assert reply.status_code == 401
    assert events() == []


def test_a_page_credits_no_agent_and_changes_no_person(asked: Asked, client: FlaskClient) -> None:
    forged = {"subjects": {"agent": "a9"}, "person": {"ref": "boss", "phone": "+14155550100"}}
    assert post(client, "track", asked.body(**VIEWED, **forged)).status_code == 202
    (event,) = events()
    assert event.subjects == {}
    assert db.session.scalar(select(Event.person_id).where(Event.id == event.id)) is not None


@pytest.mark.parametrize(
    ("times", "ago"),
    [
        ({}, 0),
        ({"occurred_at": "2026-03-02T11:59:00Z"}, 60),
        # The clock of the page is a year ahead, or years behind: only the span counts.
        ({"occurred_at": "2027-05-01T09:00:00Z", "sent_at": "2027-05-01T09:05:00Z"}, 300),
        ({"occurred_at": "1999-05-01T09:00:00Z", "sent_at": "1999-05-01T09:00:30Z"}, 30),
        ({"occurred_at": "2027-05-01T09:00:00Z"}, 0),
    ],
)
def test_when_it_happened_is_told_by_our_clock(
    asked: Asked, client: FlaskClient, times: dict[str, str], ago: int
) -> None:
    with clock.at(NOON):
        assert post(client, "track", asked.body(**VIEWED, **times)).status_code == 202
    assert events()[0].occurred_at == NOON - timedelta(seconds=ago)


def test_a_repetition_that_was_sent_later_is_the_same_event(
    asked: Asked, client: FlaskClient
) -> None:
    when = {"occurred_at": "2026-03-02T11:59:00Z"}
    for minute in (0, 5):
        with clock.at(NOON + timedelta(minutes=minute)):
            sent = {"sent_at": clock.iso(clock.now())}
            post(client, "track", asked.body(**VIEWED, **when, **sent))
    assert len(events()) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "short"}, "invalid_input"),
        ({"id": None}, "invalid_input"),
        ({"context": [1]}, "invalid_event"),
        ({"context": {"a": "\u0000"}}, "invalid_event"),
        ({"occurred_at": 12}, "bad_time"),
        ({"occurred_at": "2026-02-01T00:00:00Z"}, "too_old"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_with_its_reason(
    asked: Asked, client: FlaskClient, changes: dict[str, Any], code: str
) -> None:
    with clock.at(NOON):
        reply = post(client, "track", asked.body(**VIEWED | changes))
    assert (reply.status_code, reply.get_json()["code"]) == (422, code)
    assert events() == []
