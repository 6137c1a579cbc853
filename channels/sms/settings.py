"""Settings of the SMS channel, from plain strings, refused by name when they cannot work.

Built by ``channel.py`` from the options that ``registry.build`` is given. The auth token is never
in ``repr`` nor in an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

from channels import options as read
from channels.base import SettingError

NAMES: Final = (
    "account_sid",
    "auth_token",
    "from_number",
    "messaging_service_sid",
    "base_url",
    "connect_timeout",
    "read_timeout",
)

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_SHORT_CODE: Final = re.compile(r"[0-9]{3,8}\Z")
# An alphanumeric sender: up to 11 characters with at least one letter.
_SENDER_ID: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}\Z")


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """An account, its secret, and who the messages come from: a number or a messaging service.

    ``base_url`` replaces Twilio's host, for a stand-in on this machine. The client's own default is
    to wait for ever, so both time-outs are always set.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    from_number: str = ""
    messaging_service_sid: str = ""
    base_url: str = ""
    connect_timeout: float = 5.0
    read_timeout: float = 15.0

    def __post_init__(self) -> None:
        """Raises SettingError."""
        if not re.match(r"AC[A-Za-z0-9]+\Z", self.account_sid):
            raise SettingError("account_sid", "must be the account's SID, which begins with AC")
        if not self.auth_token:
            raise SettingError("auth_token", "is missing; give the account's auth token")
        if not re.fullmatch(r"[!-~]+", self.auth_token):
            raise SettingError("auth_token", "must be plain ASCII without blanks")
        if bool(self.from_number) == bool(self.messaging_service_sid):
            raise SettingError(
                "from_number", "give either this or messaging_service_sid, and not both"
            )
        if self.from_number and not any(
            form.match(self.from_number) for form in (_E164, _SHORT_CODE, _SENDER_ID)
        ):
            raise SettingError(
                "from_number",
                "must be a number such as +15005550006, a short code, or a sender name of up to "
                "11 letters and digits",
            )
        if self.messaging_service_sid and not re.match(
            r"MG[A-Za-z0-9]+\Z", self.messaging_service_sid
        ):
            raise SettingError("messaging_service_sid", "must begin with MG")
        if self.base_url:
            _check_base_url(self.base_url)

    @property
    def loopback(self) -> bool:
        """Whether ``base_url`` is a stand-in on this very machine."""
        return (urlsplit(self.base_url).hostname or "") in _LOOPBACK

    @classmethod
    def parse(cls, options: Mapping[str, str]) -> Self:
        """From the options listed in ``NAMES``. Raises SettingError."""
        read.only(options, NAMES)
        return cls(
            account_sid=read.required(options, "account_sid", "the account's SID"),
            auth_token=read.required(options, "auth_token", "the account's auth token"),
            from_number=options.get("from_number", "").strip(),
            messaging_service_sid=options.get("messaging_service_sid", "").strip(),
            base_url=options.get("base_url", "").strip().rstrip("/"),
            connect_timeout=read.seconds(options, "connect_timeout", 5.0),
            read_timeout=read.seconds(options, "read_timeout", 15.0),
        )


def _check_base_url(url: str) -> None:
    example = "must be an address such as http://127.0.0.1:8300"
    try:
        parts = read.split(url)
    except ValueError:
        raise SettingError("base_url", example) from None
    if parts.scheme not in {"http", "https"} or "?" in url or "#" in url:
        raise SettingError("base_url", example)
    if parts.username is not None or parts.password is not None:
        raise SettingError("base_url", "must hold no user or password; those are the account's")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        # Every request carries the auth token.
        raise SettingError("base_url", "must be https, except on this machine")
