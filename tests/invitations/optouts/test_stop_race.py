"""Sixty ways of saying stop while workers are sending: nothing goes out once it was heard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from collector.invitations import send
from collector.invitations.optouts.words import intent
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.people import ContactPoint
from tests import factories
from tests.channels.fake_twilio import FakeTwilio
from tests.conftest import BASE_URL
from tests.invitations.conftest import START
from tests.web.callbacks.test_twilio import TOKEN, configure

SIXTY = (
    """
STOP|stop|Stop.|ＳＴＯＰ|STOPALL|UNSUBSCRIBE|Cancel|END|quit|revoke|opt-out|Please stop|stop please!
pls stop|Stop texting me|no more texts|Don’t text me again|do not contact me|leave me alone
remove me from your list|stop 🙏|I don't want these messages
退订|T|td|请退订|取消订阅|不要再发了|请停止发送|退訂|我要退訂|取消訂閱|不要再傳了
PARAR|sair|não quero receber mais|parem de enviar
BAJA|alto|dar de baja|no quiero recibir más|no me envíen más, por favor
ARRET|arrêt svp|désinscription|ne m'envoyez plus rien|laissez-moi tranquille
STOPP|abmelden|keine SMS mehr bitte|bitte nicht mehr schreiben
停止|配信停止|やめてください|もう送らないでください
توقف|إلغاء الاشتراك|لا أريد رسائل|أوقفوا الرسائل|الغاء
""".strip()
    .replace("\n", "|")
    .split("|")
)
WAITING = 240


def test_there_are_sixty_in_nine_languages() -> None:
    assert len(SIXTY) == len(set(SIXTY)) == 60
    assert [text for text in SIXTY if intent(text) != "stop"] == []


@pytest.fixture
def crowd(by_twilio: Flask) -> Iterator[list[str]]:
    """So many people with one text due each; the first sixty will say stop."""
    configure(by_twilio, {"account_sid": "AC1", "auth_token": TOKEN, "sender": "+15005550006"})
    numbers = [f"+1415556{at:04d}" for at in range(WAITING)]
    with unit_of_work() as work:
        survey = factories.survey_version(work.session)
        for number in numbers:
            person = factories.person(work.session, contact_points={"sms": number})
            factories.invitation(
                work.session, of=person, survey=survey, channels=["sms"], due_at=START,
                lapses_at=datetime(2100, 1, 1, tzinfo=UTC),
            )  # fmt: skip
        work.commit()
    return numbers


def said(app: Flask, number: str, text: str, sid: str) -> datetime:
    """Text this to our number; gives the moment at which Twilio had our answer."""
    path = "/callbacks/twilio/inbound"
    pairs = {"From": number, "Body": text, "MessageSid": sid}
    signature = RequestValidator(TOKEN).compute_signature(BASE_URL + path, pairs)
    answer = app.test_client().post(
        path,
        data=urlencode(pairs),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )
    assert answer.status_code == 200  # a stop in other words than Twilio's is confirmed in it
    return datetime.now(UTC)


def test_nothing_goes_out_once_stop_was_heard(
    by_twilio: Flask, twilio: FakeTwilio, crowd: list[str]
) -> None:
    app, heard, broken = by_twilio, {}, []
    db.session.remove()

    begun = threading.Event()  # the first stop was heard: now the sending begins

    def work() -> None:
        try:
            assert begun.wait(60)
            with app.app_context():
                while send.run_batch(10):
                    pass
                db.session.remove()
        except Exception as error:
            broken.append(error)

    def say(first: int) -> None:
        try:
            for at in range(first, len(SIXTY), 3):
                number = crowd[at * (WAITING // len(SIXTY))]
                heard[number] = said(app, number, SIXTY[at], f"SM{at}")
                begun.set()
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    threads += [threading.Thread(target=say, args=(first,)) for first in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        while send.run_batch():
            pass
    assert broken == []
    assert len(heard) == 60
    sent = {one["to"]: datetime.fromisoformat(one["at"]) for one in twilio.created}
    assert len(sent) == twilio.count, "nobody got two"
    late = [number for number, at in heard.items() if number in sent and sent[number] > at]
    assert late == []
    assert set(crowd) - set(sent) <= set(heard), "whoever said nothing was asked"
    with unit_of_work() as work_:
        rows = work_.session.execute(
            select(ContactPoint.address, Invitation.status, Message.status)
            .join(Invitation, Invitation.person_id == ContactPoint.person_id)
            .outerjoin(Message, Message.invitation_id == Invitation.id)
            .where(ContactPoint.address.in_(heard))
        ).all()
    assert {status for _, status, _ in rows} <= {"cancelled", "sent"}
    stopped = len(set(heard) - set(sent))
    print(f"60 said stop, {stopped} before their text went out; 0 texts after")  # noqa: T201
    assert stopped
