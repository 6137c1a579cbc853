"""Mail over real SMTP: one connection a batch, at least once, and honest about what failed."""

from __future__ import annotations

import email
import socket
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default

import pytest

from channels.base import ChannelError, DeliveryUnknown
from channels.email.channel import SmtpEmail
from channels.email.settings import SmtpSettings
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.messages import EMAIL
from tests.channels.messages import email as mail


@pytest.fixture
def channel(relay: FakeSmtp) -> Iterator[SmtpEmail]:
    made = SmtpEmail(SmtpSettings.from_url(relay.url))
    yield made
    made.close()


def failing(channel: SmtpEmail) -> ChannelError:
    with pytest.raises(ChannelError) as failed:
        channel.send(EMAIL)
    return failed.value


def ids(relay: FakeSmtp) -> list[str]:
    return [email.message_from_bytes(raw, policy=default)["Message-ID"] for *_, raw in relay.mails]


def test_a_mail_arrives_whole(relay: FakeSmtp, channel: SmtpEmail) -> None:
    receipt = channel.send(EMAIL)
    assert (receipt.status, receipt.provider_ref) == ("sent", f"<{EMAIL.id}@shop.example>")
    ((sender, recipients, raw),) = relay.mails
    assert (sender, recipients) == ("care@shop.example", [EMAIL.to])
    read = email.message_from_bytes(raw, policy=default)
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == EMAIL.text.splitlines()


def test_a_batch_uses_one_connection(relay: FakeSmtp, channel: SmtpEmail) -> None:
    for at in range(20):
        channel.send(mail(id=f"msg_{at}"))
    assert (len(relay.mails), relay.connections) == (20, 1)
    channel.close()
    channel.send(EMAIL)
    assert relay.connections == 2


def test_a_connection_that_died_between_mails_is_opened_anew_once(
    relay: FakeSmtp, channel: SmtpEmail
) -> None:
    channel.send(mail(id="msg_1"))
    relay.drop = "mail"
    channel.send(mail(id="msg_2"))
    assert (len(relay.mails), relay.connections) == (2, 2)


def test_a_relay_that_says_goodbye_after_enough_mails_is_called_again(
    relay: FakeSmtp, channel: SmtpEmail
) -> None:
    channel.send(mail(id="msg_1"))
    relay.greylist_mail = "421 4.7.0 enough mails on this connection"
    channel.send(mail(id="msg_2"))
    assert (len(relay.mails), relay.connections) == (2, 2)


@pytest.mark.parametrize("moment", ["mail", "rcpt"])
def test_a_fresh_connection_that_is_cut_is_for_later(
    relay: FakeSmtp, channel: SmtpEmail, moment: str
) -> None:
    relay.drop = moment
    error = failing(channel)
    assert not error.permanent
    assert not error.maybe_delivered
    assert (len(relay.mails), relay.connections) == (0, 1)


def test_a_cut_after_the_data_is_for_later_and_says_that_it_may_be_delivered(
    relay: FakeSmtp, channel: SmtpEmail
) -> None:
    relay.drop = "data"
    error = failing(channel)
    assert error.maybe_delivered
    assert not error.permanent
    # At least once: resending is right here, so this is not the unknown that forbids it.
    assert not isinstance(error, DeliveryUnknown)
    channel.send(EMAIL)
    assert len(relay.mails) == 2
    assert len(set(ids(relay))) == 1


@pytest.mark.parametrize("reply", ["450 4.2.0 greylisted", "451 4.3.0 later", "452 4.2.2 full"])
def test_a_temporary_refusal_leaves_the_connection_usable(
    relay: FakeSmtp, channel: SmtpEmail, reply: str
) -> None:
    relay.plan_rcpt(reply)
    error = failing(channel)
    assert not error.permanent
    assert not error.suppress
    channel.send(EMAIL)
    assert relay.connections == 1


def test_an_unknown_mailbox_is_final_and_suppressed(relay: FakeSmtp, channel: SmtpEmail) -> None:
    relay.plan_rcpt(f"550 5.1.1 <{EMAIL.to}> unknown")
    error = failing(channel)
    assert (error.permanent, error.suppress, error.code) == (True, True, "550 5.1.1")
    assert EMAIL.to not in "".join(traceback.format_exception(error))
    channel.send(EMAIL)
    assert relay.connections == 1


def test_a_recipient_that_will_be_forwarded_is_accepted(
    relay: FakeSmtp, channel: SmtpEmail
) -> None:
    relay.plan_rcpt("251 2.1.5 will forward")
    assert channel.send(EMAIL).status == "sent"


def test_mail_taken_for_spam_is_our_fault_and_waits(relay: FakeSmtp, channel: SmtpEmail) -> None:
    relay.data_reply = "554 5.7.1 looks like spam"
    error = failing(channel)
    assert (error.permanent, error.suppress, error.configuration) == (False, False, True)
    assert (error.cause, error.scope) == ("content", "domain")


def test_the_id_that_the_relay_gives_is_kept_and_the_return_path_is_ours(
    relay: FakeSmtp, channel: SmtpEmail
) -> None:
    relay.data_reply = "250 2.0.0 Ok: queued as 4WfT2ka81cz"
    assert channel.send(EMAIL).given_ref == "4WfT2ka81cz"
    channel.send(replace(EMAIL, return_path="bounce+x.y@bounces.example"))
    assert relay.mails[-1][0] == "bounce+x.y@bounces.example"


def test_nothing_listening_is_for_later() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    channel = SmtpEmail(SmtpSettings.from_url(f"smtp://127.0.0.1:{port}/?from=a@b.example"))
    error = failing(channel)
    assert (error.permanent, error.maybe_delivered, error.code) == (False, False, "connect")


def test_a_relay_that_never_answers_does_not_hang_a_worker() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"smtp://127.0.0.1:{port}/?from=a@b.example&connect_timeout=0.2"
        error = failing(SmtpEmail(SmtpSettings.from_url(url)))
    assert not error.permanent


def test_a_relay_without_starttls_is_never_used_in_the_clear(relay: FakeSmtp) -> None:
    channel = SmtpEmail(SmtpSettings.from_url(relay.url + "&starttls=1"))
    error = failing(channel)
    assert error.configuration
    assert relay.mails == []


def test_a_log_in_is_made_and_a_wrong_one_is_configuration() -> None:
    with FakeSmtp(auth=("shop", "s3cret")) as relay:
        right = relay.url.replace("//", "//shop:s3cret@", 1)
        channel = SmtpEmail(SmtpSettings.from_url(right))
        channel.send(EMAIL)
        assert "accepts the log-in" in channel.check()
        error = failing(SmtpEmail(SmtpSettings.from_url(right.replace("s3cret", "wrong"))))
        assert error.configuration
        assert not error.permanent
        channel.close()
    assert len(relay.mails) == 1


def test_hostile_mail_never_reaches_the_relay(relay: FakeSmtp, channel: SmtpEmail) -> None:
    with pytest.raises(ChannelError):
        channel.send(mail(to="ann@x.example\r\nRCPT TO:<eve@evil.example>"))
    assert relay.connections == 0


def test_mail_cannot_be_asked_for_afterwards(channel: SmtpEmail) -> None:
    channel.send(EMAIL)
    assert channel.find(EMAIL, datetime.now(UTC)) is None


def test_the_doctor_is_told_what_is_wrong(relay: FakeSmtp) -> None:
    assert str(relay.port) in SmtpEmail(SmtpSettings.from_url(relay.url)).check()
    with pytest.raises(ChannelError, match="STARTTLS"):
        SmtpEmail(SmtpSettings.from_url(relay.url + "&starttls=1")).check()
