"""What is stopped is not shown in the product; what else waits is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from collector import clock
from collector.invitations import links
from collector.invitations.stops import everything
from collector.model.audit import Author
from collector.model.base import db
from collector.model.events import Decision
from collector.model.invitations import Invitation
from collector.rules import change, survey_status
from tests import factories
from tests.factories import NOON
from tests.web.widget.asking import asked_inapp, post

ANA = Author("ana", "it was a mistake")
PRESS = "0123456789abcdef01"


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with clock.at(NOON + timedelta(hours=1)):
        yield


STOPPERS: dict[str, Callable[[], object]] = {
    "everything": lambda: everything.pause(ANA),
    "survey": lambda: survey_status.set_status(asked_by().survey_key, "paused", ANA),
    "rule": lambda: change.set_status(asked_by().rule_key, "paused", change.ANY, ANA),
    "retired": lambda: change.set_status(asked_by().rule_key, "retired", change.ANY, ANA),
}


def asked_by() -> Decision:
    return db.session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()


@pytest.mark.parametrize("stop", sorted(STOPPERS))
def test_nothing_is_shown_of_what_is_stopped_and_what_else_waits_is(
    ctx: Flask, client: FlaskClient, stop: str
) -> None:
    asked = asked_inapp()
    shown = post(client, "next", asked.body()).get_json()["token"]
    STOPPERS[stop]()
    told = post(client, "next", asked.body(debug=True))
    assert (told.status_code, told.headers["Collector-Reason"]) == (204, "held")
    assert "stopped at the moment" in told.headers["Collector-Detail"]
    # What was on the screen already can be answered all the same.
    body = asked.body(token=shown, score=4, press=PRESS)
    assert post(client, "answer", body).get_json() == {"score": 4}


def test_an_older_question_is_shown_where_the_newer_one_is_stopped(
    ctx: Flask, client: FlaskClient
) -> None:
    person = factories.person(db.session)
    older = asked_inapp(of=person)
    newer = asked_inapp(of=person, sent_at=NOON + timedelta(minutes=5))
    rule = db.session.scalars(
        select(Decision.rule_key)
        .join(Invitation, Invitation.decision_id == Decision.id)
        .where(Invitation.id == newer.invitation_id)
    ).one()
    change.set_status(rule, "paused", change.ANY, ANA)
    question = post(client, "next", newer.body()).get_json()
    assert links.read(question["token"]).token_id == older.token_id
