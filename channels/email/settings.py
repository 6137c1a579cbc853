"""Settings of the email channel, from one URL, refused by name when they cannot work.

    smtp://user:password@relay.example:587/?from=Care+%3Ccare@example.com%3E&starttls=1
    smtps://user:password@relay.example/?from=care@example.com

``smtp`` begins in the clear and turns to TLS (``starttls``, on unless the relay is on this
machine); ``smtps`` is TLS from the first byte. Built by ``channel.py``. The password is never in
``repr`` nor in an error.

Source: RFC 8314 (ports 465 and 587), RFC 3207 (STARTTLS)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import getaddresses
from typing import Final, Self
from urllib.parse import parse_qsl, unquote

from channels import options as read
from channels.base import ChannelError, SettingError
from channels.email.text import address, header_safe

QUERY: Final = ("from", "reply_to", "starttls", "connect_timeout", "read_timeout", "helo")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A relay, how to reach it safely, and who the mail is from."""

    host: str
    port: int
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False  # from the first byte
    starttls: bool = True
    reply_to: str = ""
    helo: str = ""
    connect_timeout: float = 10.0
    # RFC 5321 section 4.5.3.2.6 allows a relay ten minutes after the end of the data. A worker
    # waits one; the mail is sent again then, under the same Message-ID.
    read_timeout: float = 60.0

    @classmethod
    def parse(cls, options: Mapping[str, str]) -> Self:
        """From the option ``url``. Raises SettingError."""
        read.only(options, ("url",))
        return cls.from_url(read.required(options, "url", "smtp://host:587/?from=you@example.com"))

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Raises SettingError naming ``url`` or the part of its query that is wrong."""
        if not url.lower().startswith(("smtp://", "smtps://")):
            raise SettingError("url", "must be smtp://host:587/?from=… or smtps://host/?from=…")
        try:
            parts = read.split(url)
            pairs = parse_qsl(
                parts.query, keep_blank_values=True, strict_parsing=bool(parts.query),
                errors="strict",
            )  # fmt: skip
            user, password = (
                unquote(part or "", errors="strict") for part in (parts.username, parts.password)
            )
        except ValueError:
            # The parser's own sentence quotes what it stumbled over: often half a password.
            raise SettingError(
                "url",
                "cannot be read; percent-encode user and password (: / ? # @ %), and see to host "
                "and port",
            ) from None
        host, port = parts.hostname or "", parts.port
        if parts.path not in {"", "/"} or parts.fragment:
            raise SettingError("url", "has a path; percent-encode user and password (/ ? # @)")
        query = dict(pairs)
        if len(query) != len(pairs):
            raise SettingError("url", "names the same option twice")
        read.only(query, QUERY)

        tls = parts.scheme == "smtps"
        starttls = read.flag(query, "starttls", not tls and host not in _LOOPBACK)
        read.typed("url", user + password)
        if tls and starttls:
            raise SettingError("starttls", "must be off with smtps://, which is TLS already")
        if user and not (tls or starttls or host in _LOOPBACK):
            raise SettingError("starttls", "must be on: the password would travel in the clear")
        if bool(user) != bool(password):
            raise SettingError("url", "has a user without a password, or the reverse")
        return cls(
            host=host,
            port=port or (465 if tls else 587),
            sender=_mailbox(query, "from", needed=True),
            user=user,
            password=password,
            tls=tls,
            starttls=starttls,
            reply_to=_mailbox(query, "reply_to", needed=False).addr_spec.removeprefix("<>"),
            helo=_helo(query),
            connect_timeout=read.seconds(query, "connect_timeout", 10.0),
            read_timeout=read.seconds(query, "read_timeout", 60.0),
        )


def _helo(query: Mapping[str, str]) -> str:
    name = query.get("helo", "").strip()
    if any(not ((char.isalnum() and char.isascii()) or char in ".-[]:") for char in name):
        raise SettingError("helo", "must be this machine's host name")
    return name


def _mailbox(query: Mapping[str, str], name: str, *, needed: bool) -> Address:
    raw = query.get(name, "").strip()
    if not raw and not needed:
        return Address()
    what = "must be an address such as care@example.com or Care <care@example.com>"
    try:
        header_safe(name, raw)
        ((display, plain),) = getaddresses([raw])  # more than one is a ValueError too
        return address(plain, display)
    except (ChannelError, ValueError):
        raise SettingError(
            name, f"{what}, percent-encoded" if raw else f"is missing; {what}"
        ) from None
