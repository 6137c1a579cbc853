"""Which channel object carries which kind of message here, for each thread a set of its own.

A channel keeps its connection from one message to the next, and half of one person's message must
never meet half of another's: so no two threads get hold of the same object.

Without a provider a kind is kept for preview in the embedded default, and is absent otherwise: a
service that grew up must not pretend that it sent something.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import cast

from flask import current_app

from channels.base import Channel, SettingError
from channels.registry import build as build_channel
from collector.config import PREFIX, Settings
from collector.errors import Misconfigured

REPLACED_BY_PREVIEW = ("sms", "email")
# Which setting holds a channel's option, so that what is wrong is said by the name that people set.
SETTINGS = {
    "sms": {
        "account_sid": "TWILIO_ACCOUNT_SID",
        "auth_token": "TWILIO_AUTH_TOKEN",
        "from_number": "TWILIO_FROM",
        "messaging_service_sid": "TWILIO_FROM",
        "base_url": "TWILIO_BASE_URL",
    },
    "email": {"url": "SMTP_URL"},
    "webhook": {"url": "WEBHOOK_CHANNEL_URL", "secret": "WEBHOOK_CHANNEL_SECRET"},
}


class OwnChannels(MutableMapping[str, Channel]):
    """The channels by kind, as the calling thread has them: built when it first looks."""

    def __init__(self, make: Callable[[], dict[str, Channel]]) -> None:
        self._make = make
        self._local = threading.local()
        self._mine()  # so that settings which cannot work are refused at once

    def _mine(self) -> dict[str, Channel]:
        mine: dict[str, Channel] | None = getattr(self._local, "channels", None)
        if mine is None:
            mine = self._local.channels = self._make()
        return mine

    def __getitem__(self, kind: str) -> Channel:
        return self._mine()[kind]

    def __setitem__(self, kind: str, channel: Channel) -> None:
        self._mine()[kind] = channel

    def __delitem__(self, kind: str) -> None:
        del self._mine()[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._mine())

    def __len__(self) -> int:
        return len(self._mine())


def build(settings: Settings) -> OwnChannels:
    """The channels that these settings allow, by kind, for each thread its own.

    Raises Misconfigured, naming what is wrong with a provider's settings.
    """
    options: dict[str, tuple[str, dict[str, str]]] = {"inapp": ("inapp", {})}
    if settings.twilio:
        options["sms"] = ("sms", _twilio(settings.twilio))
    if settings.smtp_url:
        options["email"] = ("email", {"url": settings.smtp_url})
    if settings.webhook:
        options["webhook"] = ("webhook", dict(settings.webhook))
    if settings.embedded:
        for kind in REPLACED_BY_PREVIEW:
            folder = str(settings.home / "preview")
            options.setdefault(kind, ("preview", {"kind": kind, "directory": folder}))

    def make() -> dict[str, Channel]:
        return {kind: _channel(name, given) for kind, (name, given) in options.items()}

    return OwnChannels(make)


def kinds(settings: Settings) -> frozenset[str]:
    """The kinds that `build` makes a channel for, without making one."""
    given = {"sms": settings.twilio, "email": settings.smtp_url, "webhook": settings.webhook}
    kept = REPLACED_BY_PREVIEW if settings.embedded else ()
    return frozenset({"inapp", *kept, *(kind for kind, held in given.items() if held)})


def channels() -> Mapping[str, Channel]:
    """The running app's channels, this thread's own (needs an application context)."""
    return cast("Mapping[str, Channel]", current_app.extensions["collector.channels"])


def _channel(name: str, given: Mapping[str, str]) -> Channel:
    try:
        return build_channel(name, given)
    except SettingError as error:
        held = SETTINGS.get(name, {}).get(error.setting)
        # What stands in an address of mail settings is an option of that address.
        setting = PREFIX + (held or "SMTP_URL")
        part = "" if held else f"cannot be used: its `{error.setting}` "
        raise Misconfigured(f"{setting} {part}{error.sentence}.", pointer=setting) from error


def _twilio(given: Mapping[str, str]) -> dict[str, str]:
    sender = given["sender"]
    name = "messaging_service_sid" if sender.startswith("MG") else "from_number"
    options = {"account_sid": given["account_sid"], "auth_token": given["auth_token"], name: sender}
    if given["base_url"]:
        options["base_url"] = given["base_url"]
    return options
