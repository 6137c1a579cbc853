"""Two threads that use one channel object: each message reaches its person alone all the same."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from channels.base import Channel
from channels.registry import build
from tests.channels.fake_gateway import SECRET, FakeGateway
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.channels.messages import WEBHOOK, email, sms

THREADS, EACH = 4, 40


def together(channel: Channel, send: Callable[[int], object]) -> None:
    """Each thread sends its share and closes the channel now and then, as batches do."""
    failed: list[Exception] = []
    start = threading.Barrier(THREADS)

    def share(first: int) -> None:
        start.wait()
        for number in range(first, THREADS * EACH, THREADS):
            try:
                send(number)
            except Exception as error:
                failed.append(error)
            if number % 7 == 0:
                channel.close()
        channel.close()

    threads = [threading.Thread(target=share, args=(first,)) for first in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_mail_is_never_mixed_with_another_ones(relay: FakeSmtp) -> None:
    channel = build("email", {"url": relay.url})
    together(
        channel,
        lambda n: channel.send(email(id=f"msg_{n}", to=f"p{n}@customer.example", text=f"For {n}.")),
    )
    assert len(relay.mails) == THREADS * EACH
    for _, (to,), raw in relay.mails:
        mail = message_from_bytes(raw, policy=default)
        number = to.removeprefix("p").partition("@")[0]
        body = mail.get_body(("plain",))
        assert body is not None
        assert mail["To"] == to
        assert mail["Message-ID"].startswith(f"<msg_{number}@")
        assert body.get_content().strip() == f"For {number}."


def test_a_text_is_never_mixed_with_another_ones(twilio: FakeTwilio) -> None:
    options = {"account_sid": "AC" + "0" * 32, "auth_token": "x", "from_number": "+15005550006"}
    channel = build("sms", {**options, "base_url": twilio.url})
    together(channel, lambda n: channel.send(sms(to=f"+1415555{n:04}", text=f"For {n:04}.")))
    assert {one["body"] for one in twilio.created} == {
        f"For {one['to'][-4:]}." for one in twilio.created
    }
    assert set(Counter(one["to"] for one in twilio.created).values()) == {1}
    assert twilio.count == THREADS * EACH


def test_a_call_of_the_gateway_is_never_mixed_with_another_ones() -> None:
    with FakeGateway() as gateway:
        channel = build("webhook", {"url": gateway.url, "secret": SECRET})
        together(
            channel, lambda n: channel.send(replace(WEBHOOK, id=f"msg_{n}", to=f"customer-{n}"))
        )
        assert len({id for id, _ in gateway.accepted}) == THREADS * EACH
        for id, body in gateway.accepted:
            assert f"customer-{id.removeprefix('msg_')}" in str(body)
