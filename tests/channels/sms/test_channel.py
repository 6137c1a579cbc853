"""SMS goes out at most once, and every failure says truly whether it may have gone out."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels.base import ChannelError, DeliveryUnknown
from channels.sms.channel import TwilioSms
from channels.sms.settings import TwilioSettings
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.channels.messages import SMS, sms

NUMBER = "+15005550006"
START = datetime.now(UTC)


def settings(twilio: FakeTwilio, **changes: Any) -> TwilioSettings:
    values: dict[str, Any] = {"from_number": NUMBER, "read_timeout": 5.0, **changes}
    return TwilioSettings("ACtest", "s3cret", base_url=twilio.url, **values)


@pytest.fixture
def channel(twilio: FakeTwilio) -> Iterator[TwilioSms]:
    made = TwilioSms(settings(twilio))
    yield made
    made.close()


def failing(channel: TwilioSms) -> ChannelError:
    with pytest.raises(ChannelError) as failed:
        channel.send(SMS)
    return failed.value


def test_a_message_is_created_with_its_text_sender_and_callback(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    receipt = channel.send(sms(text="It\u2019s me"))
    assert receipt.status == "sent"
    (made,) = twilio.created
    assert made["sid"] == receipt.provider_ref
    assert (made["to"], made["from"], made["body"]) == (SMS.to, NUMBER, "It's me")
    assert made["status_callback"] == SMS.status_url


def test_a_messaging_service_sends_in_place_of_a_number(twilio: FakeTwilio) -> None:
    channel = TwilioSms(settings(twilio, from_number="", messaging_service_sid="MG1"))
    channel.send(SMS)
    assert twilio.created[0]["messaging_service_sid"] == "MG1"
    assert channel.find(SMS, START) is not None
    channel.close()


@pytest.mark.parametrize(
    "fault",
    [Fault("drop"), Fault("lose"), Fault("error"), Fault("error", accepted=True), Fault("garble")],
    ids=lambda fault: fault.kind,
)
def test_a_request_without_a_true_answer_is_unknown(
    twilio: FakeTwilio, channel: TwilioSms, fault: Fault
) -> None:
    twilio.plan(fault)
    error = failing(channel)
    assert isinstance(error, DeliveryUnknown)
    assert error.maybe_delivered
    assert not error.permanent


def test_a_read_time_out_is_unknown(twilio: FakeTwilio) -> None:
    channel = TwilioSms(settings(twilio, read_timeout=0.2))
    twilio.plan(Fault("delay"))
    assert isinstance(failing(channel), DeliveryUnknown)
    assert channel.find(SMS, START) is not None
    channel.close()


def test_a_thousand_dropped_creates_are_all_found_and_none_is_sent_twice(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    unknown = 0
    for at in range(1000):
        message = sms(to=f"+1500555{at:04d}")
        twilio.plan(Fault("drop" if at % 2 else "lose"))
        with pytest.raises(DeliveryUnknown):
            channel.send(message)
        if channel.find(message, START) is None:
            unknown += 1
            channel.send(message)
    assert unknown == 500
    assert twilio.count == 1000
    assert twilio.duplicates() == []


def test_a_refused_connection_is_safe_to_repeat() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    channel = TwilioSms(
        TwilioSettings("ACtest", "x", from_number=NUMBER, base_url=f"http://127.0.0.1:{port}")
    )
    error = failing(channel)
    assert not isinstance(error, DeliveryUnknown)
    assert not error.permanent
    assert not error.maybe_delivered


def test_a_host_that_has_no_address_is_safe_to_repeat() -> None:
    channel = TwilioSms(
        TwilioSettings("ACtest", "x", from_number=NUMBER, base_url="https://twilio.invalid")
    )
    assert not failing(channel).maybe_delivered


def test_a_refused_number_is_final(twilio: FakeTwilio, channel: TwilioSms) -> None:
    twilio.plan(Fault("refuse", code=21610))
    error = failing(channel)
    assert (error.permanent, error.suppress, error.code) == (True, True, "21610")
    assert twilio.count == 0


def test_too_many_requests_wait_as_long_as_twilio_asks(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    twilio.plan(Fault("throttle"))
    error = failing(channel)
    assert error.retry_after == 7
    assert not error.permanent
    assert not error.maybe_delivered


def test_a_wrong_secret_is_configuration(twilio: FakeTwilio, channel: TwilioSms) -> None:
    twilio.auth_failures = True
    error = failing(channel)
    assert error.configuration
    assert not error.permanent


@pytest.mark.parametrize("fault", [Fault("refuse"), Fault("refuse", code=29999), Fault("error")])
def test_no_error_tells_the_number_the_text_or_the_secret(
    twilio: FakeTwilio, channel: TwilioSms, fault: Fault
) -> None:
    twilio.plan(fault)
    error = failing(channel)
    assert error.__context__ is None
    told = "".join(traceback.format_exception(error)) + str(error) + error.code
    for private in (SMS.to, "15550001", SMS.text, "s3cret"):
        assert private not in told


@pytest.mark.parametrize("text", ["", " \u00a0 ", "a\0b", "\ud800"])
def test_a_text_that_cannot_be_sent_never_leaves(
    twilio: FakeTwilio, channel: TwilioSms, text: str
) -> None:
    with pytest.raises(ChannelError) as refused:
        channel.send(sms(text=text))
    assert refused.value.permanent
    assert not refused.value.suppress
    assert twilio.requests == []


def test_nothing_is_found_where_nothing_was_sent(channel: TwilioSms) -> None:
    assert channel.find(SMS, START) is None


def test_only_our_own_message_with_this_exact_text_is_found(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    mine = {"To": SMS.to, "From": NUMBER, "Body": SMS.text}
    twilio.accept({**mine, "Body": SMS.text + "x"})
    twilio.accept({**mine, "From": "+15005550009"})
    twilio.accept({**mine, "To": "+15005550008"})
    twilio.accept(mine)["direction"] = "inbound"
    assert channel.find(SMS, START) is None
    made = twilio.accept(mine)
    found = channel.find(SMS, START)
    assert found is not None
    assert found.provider_ref == made["sid"]


def test_a_trial_accounts_prefix_does_not_hide_a_message(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    body = f"Sent from your Twilio trial account - {SMS.text}"
    twilio.accept({"To": SMS.to, "From": NUMBER, "Body": body})
    assert channel.find(SMS, START) is not None


def test_the_same_text_of_an_earlier_day_is_not_this_message(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    old = START - timedelta(days=2)
    twilio.accept({"To": SMS.to, "From": NUMBER, "Body": SMS.text}, at=old)
    assert channel.find(SMS, START) is None
    assert channel.find(SMS, old) is not None


def test_a_message_just_after_midnight_is_found_from_just_before(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    twilio.accept({"To": SMS.to, "From": NUMBER, "Body": SMS.text}, at=midnight)
    before = midnight.astimezone() + timedelta(seconds=59, milliseconds=300)
    assert channel.find(SMS, before) is not None


def test_a_queued_message_that_has_no_day_yet_is_found(
    twilio: FakeTwilio, channel: TwilioSms
) -> None:
    channel.send(SMS)
    twilio.created[0]["date_sent"] = None
    assert channel.find(SMS, START) is not None


def test_what_became_of_a_found_message_is_told(twilio: FakeTwilio, channel: TwilioSms) -> None:
    sent = channel.send(SMS)
    twilio.settle(sent.provider_ref, "undelivered", 30005)
    found = channel.find(SMS, START)
    assert found is not None
    assert (found.status, found.code) == ("failed", "30005")


def test_a_message_on_a_later_page_is_found(twilio: FakeTwilio, channel: TwilioSms) -> None:
    twilio.page_size_limit = 10
    channel.send(SMS)
    for at in range(35):
        channel.send(sms(text=f"Another {at}"))
    assert channel.find(SMS, START) is not None


def test_a_redacted_text_settles_nothing(twilio: FakeTwilio, channel: TwilioSms) -> None:
    twilio.accept({"To": SMS.to, "From": NUMBER, "Body": ""})
    with pytest.raises(DeliveryUnknown):
        channel.find(SMS, START)


@pytest.mark.parametrize("status", [400, 404, 429, 500])
def test_a_list_that_fails_says_nothing_final(
    twilio: FakeTwilio, channel: TwilioSms, status: int
) -> None:
    twilio.list_status = status
    with pytest.raises(ChannelError, match="could not be asked") as failed:
        channel.find(SMS, START)
    assert not failed.value.permanent
    assert not failed.value.suppress


def test_a_time_without_zone_is_refused(channel: TwilioSms) -> None:
    with pytest.raises(ValueError, match="time zone"):
        channel.find(SMS, datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_environment_reroutes_nothing(
    twilio: FakeTwilio, channel: TwilioSms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    channel.send(SMS)
    assert twilio.count == 1


def test_connections_are_kept_over_a_batch(twilio: FakeTwilio, channel: TwilioSms) -> None:
    for _ in range(3):
        channel.send(SMS)
    channel.close()
    channel.send(SMS)
    assert twilio.connections == 2


def test_the_doctor_is_told_what_is_wrong(twilio: FakeTwilio, channel: TwilioSms) -> None:
    assert "active" in channel.check()
    twilio.numbers = ()
    with pytest.raises(ChannelError, match="from_number") as wrong:
        channel.check()
    assert wrong.value.configuration
    twilio.account_status = "suspended"
    with pytest.raises(ChannelError, match="suspended"):
        channel.check()
    twilio.auth_failures = True
    with pytest.raises(ChannelError, match="auth token") as refused:
        channel.check()
    assert refused.value.configuration


def test_the_doctor_looks_for_the_messaging_service(twilio: FakeTwilio) -> None:
    channel = TwilioSms(settings(twilio, from_number="", messaging_service_sid="MG1"))
    assert "sender" in channel.check()
    channel.close()
