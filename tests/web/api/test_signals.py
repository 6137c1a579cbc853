"""POST /v1/signals as a caller sees it, and what a late signal sets off."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from collector import clock
from collector.integrity.inputs.signals import receive
from collector.integrity.inputs.signals.reading import IncomingSignal, read
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import Invitation
from collector.model.signals import Signal
from collector.web import auth
from collector.web.api.signals import EXAMPLE
from tests import factories
from tests.factories import NOON

Post = Callable[..., TestResponse]
LATER = NOON.replace(hour=18)


@pytest.fixture
def post(app: Flask, client: FlaskClient) -> Iterator[Post]:
    with app.app_context():
        token = auth.issue("helpdesk", ("signals:write",))

    def send(body: Any) -> TestResponse:
        return client.post("/v1/signals", json=body, headers={"Authorization": f"Bearer {token}"})

    with clock.at(LATER):
        yield send


def signal(**changes: Any) -> dict[str, Any]:
    return {**EXAMPLE, **changes}


def kept() -> list[Signal]:
    db.session.rollback()
    return list(db.session.scalars(select(Signal).order_by(Signal.signal_id)))


def statuses(answer: TestResponse) -> list[str]:
    return [one["status"] for one in answer.get_json()["results"]]


def test_a_signal_is_kept_once_however_often_it_is_sent(ctx: Flask, post: Post) -> None:
    first, second = post(signal()), post(signal())
    assert (first.status_code, second.status_code) == (202, 202)
    assert (statuses(first), statuses(second)) == (["accepted"], ["duplicate"])
    assert first.get_json()["results"][0]["id"] == second.get_json()["results"][0]["id"]
    (row,) = kept()
    assert (row.event_source, row.event_id, row.agent_id) == ("shop", "o-1-delivered", "a1")


def test_the_same_id_with_other_content_is_a_conflict_and_nothing_changes(
    ctx: Flask, post: Post
) -> None:
    post(signal())
    answer = post(signal(type="refund"))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "signal_id_reused")
    mixed = post([signal(), signal(value=3), signal(signal_id="k-78"), signal(signal_id="k-78")])
    assert mixed.status_code == 207
    assert statuses(mixed) == ["duplicate", "conflict", "accepted", "duplicate"]
    assert [(row.signal_id, row.type) for row in kept()] == [
        ("k-77", "complaint"), ("k-78", "complaint"),
    ]  # fmt: skip


def test_one_bad_signal_does_not_sink_its_neighbours(ctx: Flask, post: Post) -> None:
    answer = post([signal(), {"signal_id": "x", "kind": "refund"}, signal(signal_id="k-79")])
    assert statuses(answer) == ["accepted", "invalid", "accepted"]
    problems = {one["pointer"]: one["code"] for one in answer.get_json()["results"][1]["problems"]}
    assert problems == {
        "/1/type": "missing", "/1/at": "missing", "/1/event_id": "missing",
        "/1/kind": "unknown_field",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"signal_id": ""}, "/signal_id"),
        ({"signal_id": "a\x00b"}, "/signal_id"),
        ({"signal_id": "x" * 201}, "/signal_id"),
        ({"type": "Compl aint"}, "/type"),
        ({"at": "2026-03-02"}, "/at"),
        ({"at": "2036-03-02T12:00:00Z"}, "/at"),
        ({"value": "NaN"}, "/value"),
        ({"value": True}, "/value"),
        ({"value": 1e300}, "/value"),
        ({"value": [1]}, "/value"),
        ({"tags": {"a": 1}}, "/tags"),
        ({"tags": ["x"] * 21}, "/tags"),
        ({"tags": ["x" * 61]}, "/tags/0"),
        ({"event_id": {"id": 1}}, "/event_id"),
        ({"event_id": None, "agent_id": None}, "/event_id"),
        ({"source": None, "event_source": None}, "/event_source"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(changes: Any, pointer: str) -> None:
    refused = read(signal(**changes), "", LATER)
    assert not isinstance(refused, IncomingSignal)
    assert pointer in [problem.pointer for problem in refused.problems]


HOSTILE: list[Any] = [[], "x", 7, None, [1], {"signal_id": {"$ne": 1}}]


def test_hostile_bodies_are_refused_and_leave_nothing(ctx: Flask, post: Post) -> None:
    for body in HOSTILE:
        assert post(body).status_code in (207, 422), body
    assert kept() == []


def test_too_many_at_once_are_refused(ctx: Flask, post: Post) -> None:
    answer = post([signal(signal_id=f"k-{n}") for n in range(receive.MAX_BATCH + 1)])
    assert (answer.status_code, answer.get_json()["code"]) == (422, "batch_too_large")


def test_a_key_without_the_scope_is_turned_away(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        token = auth.issue("shop", ("events:write",))
    headers = {"Authorization": f"Bearer {token}"}
    assert client.post("/v1/signals", json=signal(), headers=headers).status_code == 403


def test_a_late_signal_has_the_answers_about_it_judged_again_and_no_others(
    ctx: Flask, post: Post
) -> None:
    rows = [factories.response(db.session, needs_verdict=False) for _ in range(2)]
    of = db.session.get_one(Invitation, rows[0].invitation_id)
    about = db.session.get_one(Event, of.event_id)
    ids, named = [row.id for row in rows], (about.source, about.event_id)
    db.session.commit()
    post(signal(event_source=named[0], event_id=named[1]))
    db.session.rollback()
    assert [db.session.get_one(Response, id).needs_verdict for id in ids] == [True, False]
    assert ctx.extensions["collector.rung"] == ["judge"]


def test_a_signal_about_an_agent_alone_waits_for_the_night(ctx: Flask, post: Post) -> None:
    factories.response(db.session, needs_verdict=False)
    db.session.commit()
    assert post(signal(event_id=None, event_source=None)).status_code == 202
    assert kept()[0].event_source == ""
    assert ctx.extensions["collector.rung"] == []


def test_the_same_batch_sent_by_many_at_once_is_kept_once(app: Flask) -> None:
    batch = [read(signal(signal_id=f"k-{n}"), "", LATER) for n in range(20)]
    found: list[str] = []

    def send() -> None:
        with app.app_context():
            found.extend(one.status for one in receive.receive(batch))
            db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found.count("accepted"), found.count("duplicate")) == (20, 60)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Signal)) == 20


@pytest.mark.parametrize(
    ("value", "tag"),
    [("billing", "billing"), ("Pressured to give a 10", "pressured to give a 10"),
     (" 投诉 ", "投诉"), ("x" * 200, "x" * 200)],
)  # fmt: skip
def test_a_topic_in_place_of_a_number_is_kept_as_a_tag(
    ctx: Flask, post: Post, value: str, tag: str
) -> None:
    assert statuses(post(signal(value=value, tags=["phone"]))) == ["accepted"]
    (row,) = kept()
    assert (row.value, row.tags) == (None, ["phone", tag])
    assert statuses(post(signal(value=value, tags=["phone"]))) == ["duplicate"]


def test_a_number_in_quotes_is_a_number(ctx: Flask, post: Post) -> None:
    assert statuses(post(signal(value="4.5"))) == ["accepted"]
    assert kept()[0].value == 4.5


@pytest.mark.parametrize("value", ["x" * 201, "inf", "-", "12:30", {"a": 1}])
def test_what_is_neither_a_number_nor_a_topic_is_refused_by_its_name(
    post: Post, value: object
) -> None:
    refused = post(signal(value=value))
    assert refused.status_code == 422
    assert "/value" in refused.get_data(as_text=True)
