"""Ten thousand altered webhooks, none accepted; every order of five receipts ends alike."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from channels.status import RANK
from collector import clock
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.people import Suppression
from tests import factories
from tests.conftest import BASE_URL
from tests.web.callbacks.test_twilio import TOKEN, Pairs, configure

MUTATIONS = 10_000
FIVE = (
    ("queued", ""), ("sent", ""), ("delivered", ""), ("undelivered", "30008"), ("failed", "30005"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _just_after_noon() -> Iterator[None]:
    with clock.at(factories.NOON + timedelta(minutes=5)):
        yield


@pytest.fixture
def twilio(app: Flask, client: FlaskClient) -> FlaskClient:
    configure(app, {"account_sid": "AC1", "auth_token": TOKEN, "sender": "+15005550006"})
    return client


def texts(app: Flask, count: int) -> list[str]:
    """So many texts that went out, by message id."""
    with app.app_context(), unit_of_work() as work:
        survey = factories.survey_version(work.session)
        ids = []
        for _ in range(count):
            row = factories.sent_invitation(work.session, survey=survey, channels=["sms"])
            chosen = select(Message.id).where(Message.invitation_id == row.id)
            ids.append(work.session.scalars(chosen).one())
        work.commit()
    return ids


def sign(path: str, pairs: Pairs, token: str = TOKEN, base: str = BASE_URL) -> str:
    return str(RequestValidator(token).compute_signature(base + path, dict(pairs)))


class Mutant:
    """One way to alter a good request: its pairs, its signature or its address."""

    def __init__(self, chance: random.Random, path: str, pairs: Pairs) -> None:
        self.chance, self.path, self.pairs = chance, path, list(pairs)
        self.signature: str | None = sign(path, pairs)
        self.good = (self.path, list(self.pairs), self.signature)
        chance.choice(
            (self.bit, self.value, self.name, self.extra, self.missing, self.query, self.token,
             self.host, self.header, self.twice)
        )()  # fmt: skip

    def bit(self) -> None:
        text = str(self.signature)
        at = self.chance.randrange(len(text) - 2)
        self.signature = text[:at] + self.chance.choice("+/Az09_-é\x7f") + text[at + 1 :]

    def value(self) -> None:
        at = self.chance.randrange(len(self.pairs))
        name, value = self.pairs[at]
        self.pairs[at] = (name, value + self.chance.choice("x\0é1 \u2028😀"))

    def name(self) -> None:
        at = self.chance.randrange(len(self.pairs))
        name, value = self.pairs[at]
        self.pairs[at] = (name + self.chance.choice("x\0é1"), value)

    def extra(self) -> None:
        self.pairs.append((f"Extra{self.chance.random()}", self.chance.choice(("", "1", "\0"))))

    def missing(self) -> None:
        self.pairs.pop(self.chance.randrange(len(self.pairs)))

    def twice(self) -> None:
        name, value = self.chance.choice(self.pairs)
        self.pairs.insert(0, (name, value + "x"))

    def query(self) -> None:
        self.path += self.chance.choice(("?", "&", "?a=")) + str(self.chance.random())

    def token(self) -> None:
        self.signature = sign(self.path, self.pairs, token=f"{self.chance.random()}")

    def host(self) -> None:
        self.signature = sign(self.path, self.pairs, base=f"https://{self.chance.random()}.example")

    def header(self) -> None:
        odd = (None, "", " ", "a" * 4000, "ü", "=", f"{self.signature}=")
        self.signature = self.chance.choice(odd)

    @property
    def changed(self) -> bool:
        return (self.path, self.pairs, self.signature) != self.good


def test_no_altered_webhook_is_accepted_and_none_breaks_anything(
    app: Flask, twilio: FlaskClient
) -> None:
    (message_id,) = texts(app, 1)
    chance = random.Random(20261122)
    requests: list[tuple[str, Pairs]] = [
        (
            f"/callbacks/twilio/status/{message_id}",
            [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("ErrorCode", "30005")],
        ),
        (
            "/callbacks/twilio/inbound",
            [("From", "+14155550000"), ("Body", "STOP"), ("MessageSid", "SM2")],
        ),
    ]
    answers: Counter[int] = Counter()
    while answers.total() < MUTATIONS:
        mutant = Mutant(chance, *chance.choice(requests))
        if not mutant.changed:
            continue
        headers = {} if mutant.signature is None else {"X-Twilio-Signature": mutant.signature}
        answer = twilio.post(
            mutant.path,
            data=urlencode(mutant.pairs),
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )
        answers[answer.status_code] += 1
    # An `&` makes another path of it, which is nobody's message.
    assert set(answers) <= {403, 404}, answers
    assert answers[403] >= MUTATIONS * 0.9
    with app.app_context():
        found = db.session.get_one(Message, message_id)
        assert (found.status, found.code) == ("sent", "")
        assert db.session.scalars(select(Suppression)).all() == []


def test_in_every_order_of_five_receipts_no_status_goes_back(
    app: Flask, twilio: FlaskClient
) -> None:
    orders = list(itertools.permutations(FIVE))
    ends: Counter[str] = Counter()
    for message_id, order in zip(texts(app, len(orders)), orders, strict=True):
        rank = 0
        for word, code in (*order, order[0]):
            path = f"/callbacks/twilio/status/{message_id}"
            pairs = [("MessageSid", "SM1"), ("MessageStatus", word), ("ErrorCode", code)]
            answer = twilio.post(
                path, data=dict(pairs), headers={"X-Twilio-Signature": sign(path, pairs)}
            )
            assert answer.status_code == 204
            with app.app_context():
                status = db.session.get_one(Message, message_id, populate_existing=True).status
                db.session.remove()
            assert RANK[status] >= rank, f"{order} went back to {status}"
            rank = RANK[status]
        ends[status] += 1
    assert ends == {"delivered": 120}
