"""Status callbacks become our statuses, whatever else is in them."""

from __future__ import annotations

import itertools
from functools import reduce

import pytest

from channels.base import Receipt
from channels.sms.receipts import STATUSES, read
from channels.status import advance


def form(status: str, **more: str) -> list[tuple[str, str]]:
    return [("MessageSid", "SM1"), ("MessageStatus", status), *more.items()]


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("queued", "sent"),
        ("sending", "sent"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("undelivered", "failed"),
        ("failed", "failed"),
        ("Delivered", "delivered"),
    ],
)
def test_twilios_words_become_ours(word: str, ours: str) -> None:
    assert read(form(word)) == Receipt(ours, "SM1")


def test_the_code_is_kept_and_zero_means_none() -> None:
    assert read(form("undelivered", ErrorCode="30003")) == Receipt("failed", "SM1", "30003")
    assert read(form("delivered", ErrorCode="0")) == Receipt("delivered", "SM1", "")


def test_unannounced_fields_are_ignored() -> None:
    assert read(form("sent", ChannelInstallSid="XE1", RawDlrDoneDate="2611220510")) is not None


@pytest.mark.parametrize(
    "pairs", [[], [("MessageSid", "SM1")], [("MessageStatus", "sent")], form("teleported")]
)
def test_what_is_no_receipt_is_none(pairs: list[tuple[str, str]]) -> None:
    assert read(pairs) is None


@pytest.mark.parametrize(
    "end", [["delivered"], ["undelivered"], ["failed"], ["undelivered", "delivered"]]
)
def test_every_order_of_a_messages_callbacks_ends_alike(end: list[str]) -> None:
    words = ["accepted", "queued", "sending", "sent", *end][-5:]
    ends = {
        reduce(advance, (STATUSES[word] for word in order), "claimed")
        for order in itertools.permutations(words)
    }
    assert ends == {reduce(advance, (STATUSES[word] for word in end))}
