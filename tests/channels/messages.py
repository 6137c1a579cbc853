"""Messages to test with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from channels.base import Message

SMS = Message(
    id="msg_0001",
    channel="sms",
    to="+15005550001",
    text="How was it? https://ask.example/t/abc123",
    status_url="https://ask.example/callbacks/twilio/status",
)
EMAIL = Message(
    id="msg_0002",
    channel="email",
    to="ann@customer.example",
    text="How was it?\n.\nThanks",
    subject="How was it?",
    html="<p>How was it?</p>",
    unsubscribe_url="https://ask.example/u/token",
)
INAPP = Message(id="msg_0003", channel="inapp", to="prs_1", text="How was it?")

WEBHOOK = Message(
    id="msg_0004",
    channel="webhook",
    to="customer-17",
    text="How was it?\nhttps://ask.example/t/abc123",
    unsubscribe_url="https://ask.example/u/token",
)


def sms(**changes: Any) -> Message:
    return replace(SMS, **changes)


def email(**changes: Any) -> Message:
    return replace(EMAIL, **changes)
