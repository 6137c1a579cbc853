"""One URL holds all mail settings; what cannot work is named, and the password is never shown."""

from __future__ import annotations

import pytest

from channels.base import SettingError
from channels.email.settings import SmtpSettings
from channels.registry import build

FROM = "from=care@shop.example"


def test_the_usual_url_is_read() -> None:
    read = SmtpSettings.from_url(
        "smtp://user%40shop:p%2Fw+%23%3A@relay.example:2525/"
        "?from=Care+%3Ccare@shop.example%3E&starttls=1&reply_to=help@shop.example"
    )
    assert (read.host, read.port, read.user, read.password) == (
        "relay.example",
        2525,
        "user@shop",
        "p/w+#:",
    )
    assert (str(read.sender), read.reply_to) == ("Care <care@shop.example>", "help@shop.example")
    assert (read.starttls, read.tls) == (True, False)


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        (f"smtp://relay.example/?{FROM}", 587, False, True),
        (f"smtps://relay.example?{FROM}", 465, True, False),
        (f"smtp://127.0.0.1:25/?{FROM}", 25, False, False),
        (f"smtp://relay.example/?{FROM}&starttls=0", 587, False, False),
    ],
)
def test_tls_is_on_unless_the_relay_is_here(url: str, port: int, tls: bool, starttls: bool) -> None:
    read = SmtpSettings.from_url(url)
    assert (read.port, read.tls, read.starttls) == (port, tls, starttls)


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        ("url", "relay.example:587"),
        ("url", f"http://relay.example/?{FROM}"),
        ("url", f"smtp://user:s3cret/x@relay.example/?{FROM}"),
        ("url", f"smtp://user:s3cret#x@relay.example/?{FROM}"),
        ("url", f"smtp://user:s3cret[x@relay.example/?{FROM}"),
        ("url", f"smtp://user@relay.example/?{FROM}"),
        ("url", f"smtp://relay.example/?{FROM}&{FROM}"),
        ("from", "smtp://relay.example/?starttls=1"),
        ("from", "smtp://relay.example"),
        ("from", "smtp://relay.example/?from=Care"),
        ("from", "smtp://relay.example/?from=a@b.example%0d%0aBcc:x@y.example"),
        ("from", "smtp://relay.example/?from=a@b.example,c@d.example"),
        ("reply_to", f"smtp://relay.example/?{FROM}&reply_to=nobody"),
        ("starttls", f"smtp://user:s3cret@relay.example/?{FROM}&starttls=0"),
        ("starttls", f"smtps://relay.example/?{FROM}&starttls=1"),
        ("starttls", f"smtp://relay.example/?{FROM}&starttls=maybe"),
        ("read_timeout", f"smtp://relay.example/?{FROM}&read_timeout=-1"),
        ("helo", f"smtp://relay.example/?{FROM}&helo=a%0d%0ab"),
        ("form", f"smtp://relay.example/?{FROM}&form=x"),
    ],
)
def test_what_cannot_work_is_refused_by_name(setting: str, url: str) -> None:
    with pytest.raises(SettingError) as refused:
        build("email", {"url": url})
    assert refused.value.setting == setting
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_password_is_in_no_repr() -> None:
    read = SmtpSettings.from_url(f"smtp://user:s3cret@relay.example/?{FROM}")
    assert "s3cret" not in repr(read)
