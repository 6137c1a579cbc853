"""Settings of the webhook channel: where the gateway is, and what it checks signatures with.

Read by ``channel.py`` only. The secret is never in ``repr`` nor in an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from channels import options as read
from channels.base import SettingError
from channels.webhook import signature

NAMES: Final = ("url", "secret", "connect_timeout", "read_timeout")
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """One gateway. Only a stand-in on this machine may be reached without TLS."""

    host: str
    port: int
    path: str
    tls: bool
    key: bytes = field(repr=False)
    connect_timeout: float = 5.0
    read_timeout: float = 15.0

    @property
    def loopback(self) -> bool:
        """Whether the gateway is meant to be on this very machine."""
        return self.host in LOOPBACK

    @classmethod
    def parse(cls, options: Mapping[str, str]) -> Self:
        """From the options listed in ``NAMES``. Raises SettingError."""
        read.only(options, NAMES)
        url = read.required(options, "url", "the gateway's address, https://…")
        try:
            parts = read.split(url)
        except ValueError:
            raise SettingError(
                "url", "must be an address such as https://gateway.example/ask"
            ) from None
        host, port = parts.hostname or "", parts.port
        tls = parts.scheme == "https"
        if not (tls or (parts.scheme == "http" and host in LOOPBACK)):
            raise SettingError("url", "must be https, except on this machine")
        if parts.username is not None or parts.password is not None or "#" in url:
            raise SettingError(
                "url", "must hold no user, password or fragment; requests are signed"
            )
        if not url.isascii() or any(char.isspace() for char in url):
            raise SettingError("url", "must be plain ASCII; percent-encode it")
        try:
            key = signature.secret(read.required(options, "secret", "the shared whsec_… secret"))
        except ValueError as error:
            raise SettingError("secret", str(error)) from None
        return cls(
            host=host,
            port=port or (443 if tls else 80),
            path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            tls=tls,
            key=key,
            connect_timeout=read.seconds(options, "connect_timeout", 5.0),
            read_timeout=read.seconds(options, "read_timeout", 15.0),
        )
