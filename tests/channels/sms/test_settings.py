"""Settings that cannot work are refused by name, and secrets stay secret."""

from __future__ import annotations

from typing import Any

import pytest

from channels.base import SettingError
from channels.registry import build
from channels.sms.settings import TwilioSettings

GOOD = {"account_sid": "AC1", "auth_token": "s3cret", "from_number": "+15005550006"}


def test_plain_strings_become_settings() -> None:
    parsed = TwilioSettings.parse({**GOOD, "read_timeout": "2.5", "base_url": "http://[::1]:80/"})
    assert parsed.read_timeout == 2.5
    assert parsed.base_url == "http://[::1]:80"
    assert parsed.loopback


def test_both_time_outs_are_always_set() -> None:
    parsed = TwilioSettings.parse(GOOD)
    assert parsed.connect_timeout > 0
    assert parsed.read_timeout > 0


@pytest.mark.parametrize("sender", ["+15005550006", "12345", "My Shop"])
def test_a_number_a_short_code_and_a_name_may_send(sender: str) -> None:
    assert TwilioSettings.parse({**GOOD, "from_number": sender}).from_number == sender


@pytest.mark.parametrize(
    ("setting", "changes"),
    [
        ("account_sid", {"account_sid": ""}),
        ("account_sid", {"account_sid": "SK123"}),
        ("account_sid", {"account_sid": "AC1/../x"}),
        ("auth_token", {"auth_token": " "}),
        ("from_number", {"from_number": ""}),
        ("from_number", {"messaging_service_sid": "MG1"}),
        ("from_number", {"from_number": "0123456789012"}),
        ("messaging_service_sid", {"from_number": "", "messaging_service_sid": "XX1"}),
        ("base_url", {"base_url": "http://twilio.example"}),
        ("base_url", {"base_url": "ftp://127.0.0.1"}),
        ("base_url", {"base_url": "http://127.0.0.1:port"}),
        ("base_url", {"base_url": "http://[::1"}),
        ("base_url", {"base_url": "https://user:pw@proxy.example"}),
        ("base_url", {"base_url": "https://proxy.example/?a=b"}),
        ("read_timeout", {"read_timeout": "0"}),
        ("read_timeout", {"read_timeout": "soon"}),
        ("connect_timeout", {"connect_timeout": "nan"}),
        ("token", {"token": "x"}),
    ],
)
def test_what_cannot_work_is_refused_by_name(setting: str, changes: dict[str, Any]) -> None:
    with pytest.raises(SettingError) as refused:
        build("sms", {**GOOD, **changes})
    assert refused.value.setting == setting
    assert str(refused.value).startswith(setting)
    assert "s3cret" not in str(refused.value)


def test_the_token_is_in_no_repr() -> None:
    assert "s3cret" not in repr(TwilioSettings.parse(GOOD))
