"""Eight workers send while ten kinds of stop arrive: no text leaves after a stop was answered.

Each stop concerns its own people, rule or survey, so that many races are run; at last everything is
paused while the rest is still being sent. One run by default, ten with COLLECTOR_TEST_FULL=1.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.invitations import links, send
from collector.invitations.stops import everything, reach
from collector.model.base import db, unit_of_work
from collector.model.events import Decision
from collector.model.invitations import Invitation
from collector.model.rules import RuleVersion
from collector.rules import change, survey_status
from collector.web import auth
from tests import factories
from tests.channels.fake_twilio import FakeTwilio
from tests.how_much import FULL
from tests.invitations.conftest import START
from tests.invitations.optouts.test_stop_race import said
from tests.invitations.stops.conftest import ANA
from tests.web.callbacks.test_twilio import TOKEN, configure

WORKERS, STOPPERS, RUNS = 8, 3, 10 if FULL else 1
EACH, REST = 6, 60
FAR = datetime(2100, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


class Crowd:
    """`asks[kind]`: the asks that will be stopped in that way, as (number, person, rule, survey,
    token)."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.asks: dict[str, list[tuple[str, str, str, str, str]]] = {}
        self.heard: dict[str, datetime] = {}
        self._numbers = iter(range(10**6))
        self.key = auth.issue("ops", ("people:write", "events:write", "rules:write"))
        for kind in (*STOPS, "rest"):
            self.asks[kind] = [self._ask() for _ in range(REST if kind == "rest" else EACH)]

    def _ask(self) -> tuple[str, str, str, str, str]:
        number = f"+1415556{next(self._numbers):04d}"
        with unit_of_work() as work:
            person = factories.person(work.session, contact_points={"sms": number})
            row = factories.invitation(
                work.session, of=person, channels=["sms"], due_at=START, lapses_at=FAR,
                rule_definition={"channels": ["sms"], "on": f"happened.{number[1:]}"},
            )  # fmt: skip
            decision = work.session.get_one(Decision, row.decision_id)
            found = number, person.ref, decision.rule_key, decision.survey_key, row.token_id
            work.commit()
        return found

    def call(self, method: str, path: str, body: dict[str, Any]) -> None:
        answer = self.app.test_client().open(
            path, method=method, json=body, headers={"Authorization": f"Bearer {self.key}"}
        )
        assert answer.status_code < 300, answer.text


Ask = tuple[str, str, str, str, str]


def by_text(crowd: Crowd, ask: Ask) -> None:
    said(crowd.app, ask[0], "STOP", f"SM{ask[0]}")


def by_link(crowd: Crowd, ask: Ask) -> None:
    with crowd.app.app_context():
        path = links.unsubscribe_url(links.unsubscribe_token(ask[4], "sms"))
    answer = crowd.app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, answer.text


def by_put(crowd: Crowd, ask: Ask) -> None:
    crowd.call("PUT", f"/v1/people/{ask[1]}", {"consent": {"sms": "denied"}})


def by_event(crowd: Crowd, ask: Ask) -> None:
    crowd.call("POST", "/v1/events", {
        "source": "shop", "id": f"no-{ask[0]}", "type": "noop",
        "occurred_at": clock.iso(clock.now()),
        "person": {"ref": ask[1], "consent": {"any": "denied"}},
    })  # fmt: skip


def by_rule(status: str) -> Callable[[Crowd, Ask], None]:
    def stop(crowd: Crowd, ask: Ask) -> None:
        body = {"status": status, "reason": "stop"}
        crowd.call("POST", f"/v1/rules/{ask[2]}/status", body)

    return stop


def by_survey(status: str) -> Callable[[Crowd, Ask], None]:
    def stop(crowd: Crowd, ask: Ask) -> None:
        with crowd.app.app_context():
            reach.follow_through([survey_status.set_status(ask[3], status, ANA)])
            db.session.remove()

    return stop


def by_channel(crowd: Crowd, ask: Ask) -> None:
    with crowd.app.app_context():
        old = db.session.scalars(select(RuleVersion.definition).where(RuleVersion.key == ask[2]))
        wanted = {**old.one(), "channels": ["email"]}
        reach.follow_through([change.put_rule(ask[2], wanted, "", change.ANY, ANA)])
        db.session.remove()


STOPS: dict[str, Callable[[Crowd, Ask], None]] = {
    "text": by_text,
    "link": by_link,
    "put": by_put,
    "event": by_event,
    "rule paused": by_rule("paused"),
    "rule retired": by_rule("retired"),
    "survey paused": by_survey("paused"),
    "survey retired": by_survey("retired"),
    "channel": by_channel,
}


@pytest.fixture
def crowd(by_twilio: Flask) -> Crowd:
    configure(by_twilio, {"account_sid": "AC1", "auth_token": TOKEN, "sender": "+15005550006"})
    return Crowd(by_twilio)


@pytest.mark.parametrize("run", range(RUNS))
def test_no_ask_leaves_once_a_stop_was_answered(
    by_twilio: Flask, twilio: FakeTwilio, crowd: Crowd, run: int
) -> None:
    app, broken, over = by_twilio, [], threading.Event()
    db.session.remove()

    def guarded(job: Callable[[], None]) -> Callable[[], None]:
        def go() -> None:
            try:
                job()
            except Exception as error:
                broken.append(error)

        return go

    def work() -> None:
        with app.app_context():
            while not over.is_set():
                if not send.run_batch(7):
                    sleep(0.02)
            db.session.remove()

    def stop(first: int) -> None:
        wanted = [(kind, ask) for at in range(EACH) for kind, ask in
                  ((kind, crowd.asks[kind][at]) for kind in STOPS)]  # fmt: skip
        for kind, ask in wanted[first::STOPPERS]:
            STOPS[kind](crowd, ask)
            crowd.heard[ask[0]] = datetime.now(UTC)

    workers = [threading.Thread(target=guarded(work)) for _ in range(WORKERS)]
    stoppers = [threading.Thread(target=guarded(lambda at=at: stop(at))) for at in range(STOPPERS)]  # type: ignore[misc]
    for thread in (*stoppers, *workers):
        thread.start()
    for thread in stoppers:
        thread.join()
    with app.app_context():  # and now everything, while the rest is being sent
        everything.pause(ANA)
        paused_at = datetime.now(UTC)
        db.session.remove()
    sleep(0.3)
    over.set()
    for thread in workers:
        thread.join()
    assert broken == []
    sent = {one["to"]: datetime.fromisoformat(one["at"]) for one in twilio.created}
    assert len(sent) == twilio.count, "nobody got two"
    assert [to for to, at in crowd.heard.items() if to in sent and sent[to] > at] == []
    assert [to for to, at in sent.items() if at > paused_at] == []
    assert len(crowd.heard) == EACH * len(STOPS)
    stopped = len(set(crowd.heard) - set(sent))
    told = f"{len(crowd.heard)} stops of {len(STOPS)} kinds, {stopped} before the text went out"
    print(f"{told}; {len(sent)} texts; 0 after a stop, 0 after the pause")  # noqa: T201
    assert stopped
    with app.app_context():
        everything.resume(ANA)
        while send.run_batch():
            pass
        db.session.remove()
        left = db.session.scalars(select(Invitation.status).where(Invitation.status == "waiting"))
        held = len(left.all())
    numbers = {one["to"] for one in twilio.created}
    assert {ask[0] for ask in crowd.asks["rest"]} <= numbers, "what nobody stopped goes out"
    assert not (set(crowd.heard) - set(sent)) & numbers, "what was stopped never does"
    assert held <= 2 * EACH  # of the paused rules and surveys
