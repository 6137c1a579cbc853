"""Which channel object carries which kind of message here. Built once, by `app.py`.

Without a provider a kind is kept for preview in the embedded default, and is absent otherwise: a
service that grew up must not pretend that it sent something.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def build(settings: Settings) -> dict[str, Channel]:
    """The channels that these settings allow, by kind.

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
    return {kind: _channel(name, given) for kind, (name, given) in options.items()}


def channels() -> Mapping[str, Channel]:
    """The channels of the running app (needs an application context)."""
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
