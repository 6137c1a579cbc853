"""Mails are built so that no value becomes a header, and one-click unsubscribe survives."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.base import ChannelError, Message
from channels.email.text import build
from tests.channels.messages import EMAIL
from tests.channels.messages import email as mail

SENDER = Address("Care", "care", "shop.example")
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
HEADERS = [
    "from", "reply-to", "to", "subject", "date", "message-id", "x-collector-mail",
    "auto-submitted", "x-auto-response-suppress",
    "list-unsubscribe", "list-unsubscribe-post",
]  # fmt: skip


MIME = {"mime-version", "content-type", "content-transfer-encoding", "content-language"}


def names(read: EmailMessage) -> list[str]:
    """The headers that are there, but for MIME's own."""
    return [name.lower() for name in read if name.lower() not in MIME]


def wire(message: Message) -> bytes:
    return build(message, SENDER, "help@shop.example", NOW).payload


def parsed(message: Message) -> EmailMessage:
    read = email.message_from_bytes(wire(message), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def unfolded(raw: bytes, name: str) -> bytes:
    head = re.sub(rb"\r\n[ \t]", b" ", raw.partition(b"\r\n\r\n")[0])
    (line,) = [line for line in head.split(b"\r\n") if line.lower().startswith(name.encode())]
    return line.partition(b": ")[2]


def test_the_mail_says_all_that_it_should() -> None:
    read = parsed(EMAIL)
    assert names(read) == HEADERS
    assert read["From"] == "Care <care@shop.example>"
    assert read["To"] == EMAIL.to
    assert read["Message-ID"] == f"<{EMAIL.id}@shop.example>"
    assert read["List-Unsubscribe"] == f"<{EMAIL.unsubscribe_url}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Date"].datetime == NOW
    text, html = read.iter_parts()
    assert text.get_content().splitlines() == EMAIL.text.splitlines()
    assert html.get_content().strip() == EMAIL.html


def test_each_attempt_has_the_same_message_id() -> None:
    ids = {unfolded(wire(EMAIL), "message-id") for _ in range(3)}
    assert len(ids) == 1


@pytest.mark.parametrize("length", [20, 60, 78, 200, 850])
def test_a_long_unsubscribe_address_is_neither_folded_nor_encoded(length: int) -> None:
    url = "https://ask.example/u/" + "x" * length
    raw = wire(mail(unsubscribe_url=url))
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in raw


def test_a_long_chinese_subject_keeps_to_the_length_of_an_encoded_word() -> None:
    subject = "您的订单已送达，您对这次配送服务满意吗？" * 8
    raw = wire(mail(subject=subject))
    words = re.findall(rb"=\?[^ ]+\?=", raw.partition(b"\r\n\r\n")[0])
    assert words
    assert max(map(len, words)) <= 75
    assert parsed(mail(subject=subject))["Subject"] == subject


def test_every_line_is_short_enough_and_ascii() -> None:
    raw = wire(mail(text="好" * 3000, html="<p>" + "é" * 5000 + "</p>"))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    read = parsed(mail(text="好" * 3000))
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "好" * 3000


def test_an_international_domain_goes_out_in_ascii() -> None:
    assert parsed(mail(to="ann@bücher.example"))["To"] == "ann@xn--bcher-kva.example"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\0", "\x0b", "\x85", "\u2028", "\ud800"])
@pytest.mark.parametrize("field", ["to", "subject", "unsubscribe_url", "id", "text", "html"])
def test_line_ends_are_refused_in_headers_and_harmless_in_bodies(field: str, end: str) -> None:
    old = getattr(EMAIL, field)
    hostile = mail(**{field: f"{old}{end}Bcc: eve@evil.example"})
    if field in {"text", "html"}:
        assert names(parsed(hostile)) == HEADERS
        return
    with pytest.raises(ChannelError) as refused:
        wire(hostile)
    assert refused.value.permanent
    assert "evil" not in str(refused.value)


@pytest.mark.parametrize(
    "to",
    [
        "", "ann", "@x.example", "ann@", "a@b@c.example", "ann@x.example, eve@evil.example",
        "Ann <ann@x.example>", "ann@x.example;eve@evil.example", '"a b"@x.example',
        "ann@[127.0.0.1]", "ann@x.example> SIZE=1", "ann @x.example", "a..b@x.example",
        ".a@x.example", "ann@x..example", "ann@.", "ann@" + "x" * 300, "ann@\u00ad.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_suppressed(to: str) -> None:
    with pytest.raises(ChannelError) as refused:
        wire(mail(to=to))
    assert refused.value.permanent
    assert refused.value.suppress


def test_an_address_outside_ascii_is_refused_but_is_nobodys_fault() -> None:
    with pytest.raises(ChannelError) as refused:
        wire(mail(to="用户@example.com"))
    assert (refused.value.permanent, refused.value.suppress) == (True, False)


@pytest.mark.parametrize(
    "url", ["javascript:x", "https://", "https://a>, <mailto:x@y.example", "https://[x", "x" * 2000]
)
def test_an_unsubscribe_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ChannelError):
        wire(mail(unsubscribe_url=url))


def test_a_strange_locale_is_left_out() -> None:
    assert parsed(mail(locale="zh\r\nBcc: x"))["Content-Language"] is None
    assert parsed(mail(locale="zh-Hant"))["Content-Language"] == "zh-Hant"


ANY = st.text(max_size=60) | st.text("\r\n\0:<>@,; \tabBc.é\u2028", max_size=60)


@settings(max_examples=300, deadline=None)
@given(to=ANY, subject=ANY, url=ANY.map("https://x.example/{}".format), id=ANY, body=ANY)
@example(to="a@b.example", subject="x\nBcc: c@d.example", url="https://x", id="a", body="\r\n.\r\n")
def test_whatever_is_given_no_header_and_no_recipient_is_added(
    to: str, subject: str, url: str, id: str, body: str
) -> None:
    for change in (
        {"to": to}, {"subject": subject}, {"unsubscribe_url": url}, {"id": id}, {"text": body}
    ):  # fmt: skip
        try:
            read = parsed(mail(**change))
        except ChannelError:
            continue
        assert names(read) == HEADERS
        assert len(read["To"].addresses) == 1
        assert not read.defects
        if "subject" in change:
            assert read["Subject"] == subject.strip()
        if "to" in change:
            assert read["To"].addresses[0].addr_spec.partition("@")[0] == to.partition("@")[0]
