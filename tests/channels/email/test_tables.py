"""Replies and reports as mail systems write them, each with what it means.

The rows are in `tables/`: replies with the moment at which they come, and whole mails with whom
they mean. None may strike off a person for a fault of ours.
"""

from __future__ import annotations

import csv
from pathlib import Path
from time import perf_counter

import pytest

from channels.email import causes, feedback
from channels.email.causes import CAUSES, CONNECT, DATA, MAIL, RCPT

TABLES = Path(__file__).parent / "tables"
MOMENTS = {"mail_from": MAIL, "end_of_data": DATA, "data": DATA, "rcpt": RCPT}


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


@pytest.mark.parametrize(("stage", "code", "text", "meant"), rows(TABLES / "replies.tsv"))
def test_a_reply_means_what_it_says(stage: str, code: str, text: str, meant: str) -> None:
    kind = causes.read(MOMENTS.get(stage, CONNECT), int(code), text).kind
    assert (kind if kind != "unknown" else "soft") == meant


@pytest.mark.parametrize(("file", "meant", "recipient"), rows(TABLES / "reports" / "index.tsv"))
def test_a_report_means_what_it_says_and_whom(file: str, meant: str, recipient: str) -> None:
    raw = (TABLES / "reports" / file).read_bytes()
    if meant == "not_a_report":
        with pytest.raises(feedback.Unreadable):
            feedback.read(raw)
        return
    (one,) = feedback.read(raw)
    assert (one.kind if one.kind != "unknown" else "soft") == meant
    assert not recipient or one.recipient == recipient


@pytest.mark.parametrize("stage", [RCPT, DATA, causes.REPORT])
def test_nothing_for_now_and_nothing_unclear_is_hard(stage: str) -> None:
    for text in ("no such user", "4.1.1 user unknown", "5.1.1", "mailbox unavailable", "xyzzy"):
        assert causes.read(stage, 450, f"4.1.1 {text}").kind != "hard"
    for text in ("", "xyzzy", "no", "0", "\ufffd" * 50):
        assert causes.read(stage, 550, text).kind not in {"hard"}


def test_before_a_person_is_named_nobody_is_meant() -> None:
    for stage in (CONNECT, MAIL):
        for text in ("5.1.1 no such user", "mailbox unavailable", "", "5.2.2 full"):
            assert causes.read(stage, 550, text).kind in {"ours", "soft"}


@pytest.mark.parametrize(
    ("status", "diagnostic", "cause"),
    [
        ("5.0.0", "550 5.1.1 User unknown", "no_mailbox"),
        ("5.1.0", "550 5.1.0 sender rejected", "sender_refused"),
        ("5.1.1", "550 relay not permitted", "relay_denied"),
        ("5.1.1", "550 5.7.1 blocked using a block list", "listed"),
        ("5.7.1", "550 5.7.1 The recipient has blocked you", "blocked_by_person"),
        ("5.1.2", "", "no_domain"),
        ("4.4.3", "450 4.4.3 Host not found, try again", "unreachable"),
    ],
)
def test_of_two_words_the_one_that_blames_us_or_says_more_holds(
    status: str, diagnostic: str, cause: str
) -> None:
    assert causes.quoted(status, diagnostic).cause == cause


def test_every_cause_that_can_be_told_is_known() -> None:
    for text in ("relay denied", "spf", "spam", "full", "unknown user", "null mx", "loop", "nope"):
        assert causes.read(RCPT, 550, text).cause in CAUSES


def test_a_long_and_hostile_text_is_read_in_no_time() -> None:
    began = perf_counter()
    for text in (
        "user " * 2000,
        "no " * 3000,
        "message size " * 900,
        "a" * 50_000,
        "connect " * 999,
    ):
        causes.read(RCPT, 550, text)
    assert perf_counter() - began < 5
