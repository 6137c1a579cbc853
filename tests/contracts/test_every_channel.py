"""One contract, every channel: what the sender relies on, whichever way a message goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.base import Channel, Message, Receipt, SettingError
from channels.registry import CLASSES, build
from channels.status import RANK
from tests.channels.fake_gateway import SECRET as GATEWAY_SECRET
from tests.channels.fake_gateway import FakeGateway
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.channels.messages import EMAIL, INAPP, SMS, WEBHOOK

EXAMPLES = {"sms": SMS, "email": EMAIL, "inapp": INAPP, "webhook": WEBHOOK}
SECRET = "s3cret"
WAYS = (
    "sms", "email", "inapp", "webhook",
    "preview sms", "preview email", "preview inapp", "preview webhook",
)  # fmt: skip


@pytest.fixture(params=WAYS)
def channel(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Channel]:
    kind, _, stands_for = request.param.partition(" ")
    options = {}
    with ExitStack() as servers:
        if kind == "sms":
            url = servers.enter_context(FakeTwilio()).url
            options = {
                "account_sid": "AC1",
                "auth_token": SECRET,
                "from_number": "+15005550006",
                "base_url": url,
            }
        elif kind == "email":
            relay = servers.enter_context(FakeSmtp(auth=("shop", SECRET)))
            options = {"url": relay.url.replace("//", f"//shop:{SECRET}@", 1)}
        elif kind == "webhook":
            gateway = servers.enter_context(FakeGateway())
            options = {"url": gateway.url, "secret": GATEWAY_SECRET}
        elif kind == "preview":
            options = {"kind": stands_for, "directory": str(tmp_path)}
        made = build(kind, options)
        yield made
        made.close()


@pytest.fixture
def message(channel: Channel) -> Message:
    return EXAMPLES[channel.kind]


def test_every_class_is_tried_here() -> None:
    assert {way.partition(" ")[0] for way in WAYS} == set(CLASSES)


def test_a_message_is_accepted_with_a_reference(channel: Channel, message: Message) -> None:
    receipt = channel.send(message)
    assert isinstance(receipt, Receipt)
    assert receipt.status == "sent"
    assert receipt.provider_ref
    assert receipt.status in RANK


def test_a_new_message_has_not_been_seen(channel: Channel, message: Message) -> None:
    channel.send(message)
    other = replace(message, id="msg_other", text="Another text")
    assert channel.find(other, datetime.now(UTC)) is None


def test_where_a_copy_would_hurt_a_sent_message_is_found_again(
    channel: Channel, message: Message
) -> None:
    since = datetime.now(UTC)
    sent = channel.send(message)
    found = channel.find(message, since)
    if channel.at_most_once:
        assert found is not None
        assert channel.find(message, since + timedelta(days=2)) is None
    if found is not None:
        assert found.provider_ref == sent.provider_ref


def test_where_a_copy_is_allowed_its_reference_is_the_same(
    channel: Channel, message: Message
) -> None:
    first, second = channel.send(message), channel.send(message)
    assert channel.at_most_once or first == second


def test_closing_twice_is_fine_and_sending_opens_again(channel: Channel, message: Message) -> None:
    channel.close()
    channel.send(message)
    channel.close()
    channel.close()
    assert channel.send(replace(message, id="msg_later")).status == "sent"


def test_the_check_is_one_sentence_and_sends_nothing(channel: Channel, message: Message) -> None:
    sentence = channel.check()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert SECRET not in sentence
    assert channel.find(message, datetime.now(UTC)) is None


def test_no_secret_is_in_a_repr(channel: Channel) -> None:
    shown = repr(channel) + repr(getattr(channel, "settings", ""))
    assert SECRET not in shown
    assert GATEWAY_SECRET not in shown


def test_a_slip_in_the_options_is_named(channel: Channel) -> None:
    with pytest.raises(SettingError) as refused:
        type(channel).from_options({"colour": "blue"})
    assert refused.value.setting == "colour"


def test_what_is_local_and_at_most_once_is_plain_to_read(channel: Channel) -> None:
    assert isinstance(channel.at_most_once, bool)
    assert isinstance(channel.local, bool)
    assert not (channel.local and channel.at_most_once)
