"""Takes what came back about our mails: the message moves forward, and what follows is done.

Called by `web/callbacks/email.py` and `collector bounces`; reading the mails is
`channels/email/feedback.py`, finding the message `matching.py`. The address that is suppressed is
the one that *we* wrote to: a forged report about somebody else's mailbox does nothing. What is our
own fault suppresses nobody and holds what it concerns; what may pass adds up (`troubles.py`).
Everything may be handed in twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from channels.email import codes
from channels.email.causes import Reading
from channels.email.feedback import AutomaticReply, Feedback, Unreadable, read
from channels.status import BOUNCED, DELIVERED, FAILED
from collector.invitations import receipts
from collector.invitations.optouts import matching, optout, unread

STATUS = {
    "hard": BOUNCED,
    "soft": FAILED,
    "ours": FAILED,
    "unknown": FAILED,
    "delivered": DELIVERED,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """How many were about a mail of ours, and how many were not; of the others, what they were.

    `ours` counts among `matched` those that were a fault of ours, `unclear` those that nobody could
    read a meaning into.
    """

    matched: int = 0
    unknown: int = 0
    delayed: int = 0
    ours: int = 0
    unclear: int = 0
    automatic: int = 0
    no_report: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            self.matched + other.matched, self.unknown + other.unknown,
            self.delayed + other.delayed, self.ours + other.ours, self.unclear + other.unclear,
            self.automatic + other.automatic, self.no_report + other.no_report,
        )  # fmt: skip


def take(feedback: Iterable[Feedback], raw: bytes = b"") -> Taken:
    """Write down each piece of feedback, one transaction each. `raw` is kept if it led nowhere."""
    taken = Taken()
    for one in feedback:
        if not one.final:
            taken += Taken(delayed=1)
            continue
        if not _take(one):
            taken += Taken(unknown=1)
            continue
        kind = one.kind
        taken += Taken(matched=1, ours=int(kind == "ours"), unclear=int(kind == "unknown"))
    if taken.unknown or taken.unclear:
        _keep(raw, unread.NOT_OURS if taken.unknown else unread.NO_MEANING)
    return taken


def take_mail(raw: bytes) -> Taken:
    """The same for a mail as it came. One that is no report is counted and kept, never dropped."""
    try:
        found = read(raw)
    except AutomaticReply:
        return Taken(automatic=1)
    except Unreadable:
        _keep(raw, unread.NO_REPORT)
        return Taken(no_report=1)
    return take(found, raw)


def _keep(raw: bytes, why: str) -> None:
    if raw:
        unread.keep(raw, why)


def _take(one: Feedback) -> bool:
    message_id = matching.message_of(one)
    if message_id is None:
        return False
    if one.kind == "complaint":
        return optout.complain(message_id)
    reading = Reading(one.cause or "unknown", one.code)
    hard = one.kind == "hard"
    error = codes.error_of(reading) if one.kind != "delivered" else None
    if error is not None and one.kind == "unknown":
        error.permanent = True  # it did come back: not this way, and nobody is blamed
    status = STATUS[one.kind]
    if hard and reading.adds_up:
        status = FAILED
    return receipts.record(message_id, status, one.code, error=error)
