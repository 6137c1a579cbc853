"""By what a report can be known to be about one of our mails. Pure; used by `feedback.py`.

A relay may give a mail another Message-ID, send a report without any copy of it, or cut the copy
short. So everything that could name it is gathered: our own ids (in the Message-ID, in a header of
ours, as envelope id), the return path that the mail left with, and the ids that relays gave it. Who
believes which of these is decided in `collector/invitations/optouts/matching.py`.

Sources: RFC 3461 (ENVID), RFC 3464 (Original-Envelope-Id), RFC 5322 section 3.6.4
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import Message as Part
from typing import Final

from channels.email import mime

MOST: Final = 40
OWN_HEADER: Final = "X-Collector-Mail"
# What `text.message_id` makes: the sender's id for this ask, which ends in the channel's name.
_OURS: Final = re.compile(r"(?<![\w-])(inv_[0-9a-z]{26})-email(?![\w-])")
_MESSAGE_ID: Final = re.compile(r"<([^<>\s@]{3,200}@[^<>\s]{1,200})>")
_RECEIVED: Final = re.compile(r"\bid[ =]<?([A-Za-z0-9][\w.-]{5,99})", re.A)
_ADDRESS: Final = re.compile(r"[^\s<>\"(),:;@]{3,64}@[^\s<>\"(),:;@]{3,253}")
_OWN: Final = (
    "message-id",
    "x-original-message-id",
    "original-message-id",
    OWN_HEADER.lower(),
    "original-envelope-id",
    "x-failed-message-id",
    "x-ms-exchange-original-message-id",
)
_REPLIES: Final = ("x-failed-message-id", "in-reply-to", "references", "x-original-message-id")
_GIVEN: Final = ("x-postfix-queue-id", "x-ses-message-id", "x-message-id", "queue-id", "x-queue-id",
                 "x-mailgun-message-id", "x-sg-id", "original-envelope-id")  # fmt: skip
_PATHS: Final = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
                 "x-delivered-to", "x-rcpt-to", "apparently-to")  # fmt: skip
_PATHS_INSIDE: Final = (
    "return-path",
    "x-postfix-sender",
    "original-mail-from",
    "x-original-mail-from",
    "sender",
    "errors-to",
    "x-hmxmroriginalsender",
)


@dataclass(frozen=True, slots=True)
class References:
    """`invitation_id` is empty where no id of ours was found. `given`: ids that a relay gave;
    `paths`: addresses that may be a return path of ours, not checked yet."""

    invitation_id: str = ""
    given: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def invitation_of(value: str) -> str:
    """The invitation whose mail had this id; empty if it was none of ours."""
    found = _OURS.search(value[:2000])
    return found[1] if found else ""


def names(value: str) -> tuple[str, ...]:
    """A foreign Message-ID as it may have been written down: whole, and without its host."""
    bare = value.strip().strip("<>")
    return tuple(
        dict.fromkeys(one for one in (bare, bare.partition("@")[0]) if 6 <= len(one) <= 200)
    )


def gather(mail: Part, parts: Sequence[Part], pasted: str = "") -> References:
    """From a report: its own headers for what it replies to, the rest for the mail that it returns.

    The report's own Message-ID is its sender's. ``pasted`` is a copy of our mail as plain text.
    """
    inside: list[tuple[str, str]] = list(mime.header_lines(pasted[:20_000]))
    for part in parts:
        kind = part.get_content_type()
        if part is not mail:
            inside += mime.headers(part)
        if kind in FIELD_PARTS:
            inside += mime.fields(part)
    outside = mime.headers(mail)
    ours = [value for name, value in inside if name in _OWN]
    ours += [value for name, value in outside if name in _REPLIES]
    return References(
        next((found for value in ours if (found := invitation_of(value))), ""),
        _few(_given(inside, outside)),
        _few(_paths(inside, outside)),
    )


FIELD_PARTS: Final = frozenset(
    {
        "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
        "text/rfc822-headers", "message/global-headers",
    }
)  # fmt: skip


def _given(inside: list[tuple[str, str]], outside: list[tuple[str, str]]) -> list[str]:
    found: list[str] = []
    for name, value in inside:
        if name in _GIVEN:
            found += names(value.partition(";")[2] or value)
        if name == "received":
            found += _RECEIVED.findall(value)
    for value in [v for n, v in inside if n in _OWN] + [v for n, v in outside if n in _REPLIES]:
        for id in _MESSAGE_ID.findall(value):
            found += names(id)
    return found


def _paths(inside: list[tuple[str, str]], outside: list[tuple[str, str]]) -> list[str]:
    held = [value for name, value in outside if name in _PATHS]
    held += [value for name, value in inside if name in (*_PATHS_INSIDE, *_PATHS)]
    return [one for value in held for one in _ADDRESS.findall(value) if "+" in one]


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:MOST]
