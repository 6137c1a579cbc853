"""Bounces and complaints are read as they are written in the wild, and nonsense is only refused."""

from __future__ import annotations

import random

import pytest

from channels.email.feedback import Feedback, Unreadable, invitation_of, kind_of, read
from tests.channels.email.reports import INVITATION, OURS, arf, dsn, exchange


@pytest.mark.parametrize("headers", [True, False])
def test_a_bounce_names_our_mail_and_how_it_ended(headers: bool) -> None:
    assert read(dsn(headers=headers)) == [Feedback(INVITATION, "hard", "5.1.1")]


def test_a_bounce_without_a_copy_is_known_by_what_it_replies_to() -> None:
    assert read(exchange()) == [Feedback(INVITATION, "hard", "5.1.10")]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", "hard"), ("5.1.2", "hard"), ("5.1.6", "hard"), ("5.2.1", "hard"),
        ("5.2.2", "soft"), ("5.7.1", "ours"), ("5.4.7", "soft"), ("4.4.1", "soft"),
        ("4.2.2", "soft"), ("5.1.8", "ours"), ("5.3.4", "ours"), ("", "soft"),
    ],
)  # fmt: skip
def test_only_what_condemns_the_mailbox_is_hard(status: str, kind: str) -> None:
    assert kind_of(status) == kind


def test_the_reply_that_is_quoted_says_more_than_a_vague_status() -> None:
    assert [one.kind for one in read(dsn("5.0.0"))] == ["hard"]


def test_a_delay_is_not_the_end_and_an_arrival_is() -> None:
    (delayed,) = read(dsn("4.4.1", "delayed"))
    assert (delayed.kind, delayed.final) == ("soft", False)
    assert read(dsn("2.0.0", "delivered")) == [Feedback(INVITATION, "delivered", "2.0.0")]
    assert read(dsn("2.0.0", "relayed")) == [Feedback(INVITATION, "delivered", "2.0.0")]


def test_a_complaint_is_one_and_its_opposite_is_not() -> None:
    assert read(arf()) == [Feedback(INVITATION, "complaint", "abuse")]
    assert read(arf("not-spam")) == []


@pytest.mark.parametrize(
    "about", ["<x@y.example>", "", "<inv_short-email@x>", "<inv_1-sms@x>", OURS.upper()]
)
def test_what_is_about_another_mail_names_no_invitation_and_is_counted(about: str) -> None:
    assert [one.invitation_id for one in read(dsn(about=about))] == [""]
    assert [one.invitation_id for one in read(arf(about=about))] == [""]


def test_a_relay_that_rewrote_the_message_id_is_known_by_its_own() -> None:
    (one,) = read(dsn(about="<0100018f3c2a1b4d-000000@email.amazonses.com>"))
    assert "0100018f3c2a1b4d-000000" in one.references.given


@pytest.mark.parametrize("header", ["X-Collector-Mail", "Original-Envelope-Id"])
def test_our_own_header_and_envelope_id_name_the_mail(header: str) -> None:
    raw = dsn(about="<x@y.example>").replace(
        b"Reporting-MTA: dns; relay.example",
        f"Reporting-MTA: dns; relay.example\r\n{header}: {INVITATION}-email".encode(),
    )
    assert [one.invitation_id for one in read(raw)] == [INVITATION]


def test_only_our_own_message_ids_name_an_invitation() -> None:
    assert invitation_of(OURS) == INVITATION
    assert invitation_of(f"<a@b> {OURS}") == INVITATION
    for other in ("", "<a@b>", f"<{INVITATION}-sms@x>", f"<{INVITATION}@x>", "x" * 100_000):
        assert invitation_of(other) == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"   ", b"\0" * 100, b"hello", b"From: a\r\n\r\nhello", b"\xff\xfe" * 500,
        b"Content-Type: multipart/report; boundary=\"", b"x" * (2 * 1024 * 1024 + 1),
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n\r\n" * 500,
        b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_report_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read(raw)


def test_four_thousand_mutilated_reports_break_nothing() -> None:
    chance = random.Random(5)
    whole = [dsn(), dsn(headers=True), exchange(), arf()]
    refused = about_ours = 0
    for _ in range(4_000):
        raw = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(raw))
            cut = chance.randrange(1, 40)
            raw[at : at + chance.choice((0, cut))] = chance.randbytes(chance.randrange(0, 6))
        try:
            found = read(bytes(raw))
        except Unreadable:
            refused += 1
        else:
            about_ours += len(found)
            assert all(len(one.invitation_id) in (0, 30) for one in found)
            assert all(len(one.code) <= 40 for one in found)
    assert refused
    assert about_ours
