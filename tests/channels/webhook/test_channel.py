"""The webhook channel against a real gateway: signed, at least once under one id, no detours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from channels.base import ChannelError, SettingError
from channels.webhook.channel import Webhook
from channels.webhook.settings import WebhookSettings
from tests.channels.fake_gateway import DROP, SECRET, FakeGateway
from tests.channels.messages import WEBHOOK

Made = tuple[FakeGateway, Webhook]


@pytest.fixture
def made() -> Iterator[Made]:
    with FakeGateway() as gateway:
        channel = Webhook.from_options({"url": gateway.url, "secret": SECRET, "read_timeout": "2"})
        yield gateway, channel
        channel.close()


def test_the_gateway_gets_the_words_and_who_but_no_number(made: Made) -> None:
    gateway, channel = made
    assert channel.send(WEBHOOK).provider_ref == WEBHOOK.id
    ((id, data),) = gateway.accepted
    assert id == data["id"] == WEBHOOK.id
    assert data["to"] == WEBHOOK.to
    assert set(data) == {"id", "to", "locale", "text", "unsubscribe_url"}
    assert gateway.paths == ["/ask?tenant=1"]


def test_the_gateways_own_id_is_kept(made: Made) -> None:
    gateway, channel = made
    gateway.answer = b'{"id": "wamid.1"}'
    assert channel.send(WEBHOOK).provider_ref == "wamid.1"
    for odd in (b"[]", b'{"id": 5}', b'{"id": "\\u0000"}', b"<html>", b"[" * 5000):
        gateway.answer = odd
        assert channel.send(WEBHOOK).provider_ref == WEBHOOK.id


def test_a_batch_uses_one_connection(made: Made) -> None:
    gateway, channel = made
    for at in range(20):
        channel.send(replace(WEBHOOK, id=f"msg_{at}"))
    assert gateway.connections == 1


def test_a_lost_answer_is_tried_again_under_the_same_id(made: Made) -> None:
    gateway, channel = made
    gateway.plan(DROP)
    with pytest.raises(ChannelError) as lost:
        channel.send(WEBHOOK)
    assert lost.value.maybe_delivered
    assert not lost.value.permanent
    channel.send(WEBHOOK)
    gateway.plan(DROP)
    channel.send(WEBHOOK)
    assert {id for id, _ in gateway.accepted} == {WEBHOOK.id}


@pytest.mark.parametrize(
    ("status", "flag"),
    [
        (404, "permanent"), (422, "permanent"), (410, "stop"), (401, "configuration"),
        (403, "configuration"), (301, "configuration"), (307, "configuration"),
        (302, "configuration"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(made: Made, status: int, flag: str) -> None:
    gateway, channel = made
    gateway.headers = {"Location": gateway.url.replace("/ask", "/elsewhere")}
    gateway.plan(status)
    with pytest.raises(ChannelError) as refused:
        channel.send(WEBHOOK)
    assert getattr(refused.value, flag)
    assert refused.value.code == str(status)
    assert not any("elsewhere" in path for path in gateway.paths), "no redirect is followed"


@pytest.mark.parametrize("status", [400, 409, 429, 500, 503])
def test_everything_else_is_for_later(made: Made, status: int) -> None:
    gateway, channel = made
    gateway.headers = {"Retry-After": "7"}
    gateway.plan(status)
    with pytest.raises(ChannelError) as refused:
        channel.send(WEBHOOK)
    assert not refused.value.permanent
    assert refused.value.retry_after == 7


def test_another_secret_is_our_configuration(made: Made) -> None:
    gateway, _ = made
    other = Webhook.from_options({"url": gateway.url, "secret": "whsec_" + "QUJD" * 10})
    with pytest.raises(ChannelError) as refused:
        other.check()
    assert refused.value.configuration
    other.close()


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["93.184.216.34", "127.0.0.1"],
        ["::1"],
        ["169.254.169.254"],
        [],
        ["::ffff:10.0.0.1"],
    ],
)
def test_a_name_that_leads_inside_is_never_called(addresses: list[str]) -> None:
    settings = WebhookSettings.parse({"url": "https://gateway.example/ask", "secret": SECRET})
    channel = Webhook(settings, resolve=lambda host, port: addresses)
    with pytest.raises(ChannelError) as refused:
        channel.send(WEBHOOK)
    assert (refused.value.code, refused.value.configuration) == ("address", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example/", "ftp://gateway.example/", "https://", "gateway.example",
        "https://user:pass@gateway.example/", "https://gateway.example/#x", "https://[x/",
        "https://gateway.example:99999/", "https://gäteway.example/", "https://a.example/a b",
    ],
)  # fmt: skip
def test_an_address_that_cannot_work_is_refused(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        Webhook.from_options({"url": url, "secret": SECRET})
    assert refused.value.setting == "url"


@pytest.mark.parametrize("secret", ["whsec_", "secret", "whsec_QUJD", "whsec_" + "ä" * 40])
def test_a_weak_or_broken_secret_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(SettingError) as refused:
        Webhook.from_options({"url": "https://gateway.example/", "secret": secret})
    assert refused.value.setting == "secret"
    assert secret not in str(refused.value).removeprefix("secret: must be whsec_") or secret in (
        "whsec_", "secret",
    )  # fmt: skip
