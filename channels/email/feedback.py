"""What comes back by mail: delivery reports (DSN) and complaints (ARF), read into plain feedback.

Pure and calm: whatever bytes are handed in, the answer is a list, or ``Unreadable``. Nothing is
believed but which of *our* messages is meant (by its Message-ID) and how it ended; addresses in a
report are ignored, for anybody can write one. The web callback and `collector bounces` use it.

Sources: RFC 3464 (delivery status), RFC 3462 (multipart/report), RFC 5965 (ARF), RFC 3463 (codes)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import compat32
from typing import Final, Literal

from channels.email import codes

Kind = Literal["hard", "soft", "complaint", "delivered"]
LARGEST: Final = 2 * 1024 * 1024
MOST_PARTS: Final = 50
# What `text.message_id` makes: the sender's id for this ask, which ends in the channel's name.
_OURS: Final = re.compile(r"<?\s*(inv_[0-9a-z]{26})-email@[^\s<>]{1,255}\s*>?")
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REFERENCES: Final = ("Message-ID", "X-Original-Message-ID", "Original-Message-ID")
_REPLIES: Final = ("X-Failed-Message-ID", "In-Reply-To", "References")


class Unreadable(ValueError):
    """These bytes are no report. The sentence holds nothing of them."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """How one of our mails ended. ``code`` is an enhanced status code such as 5.1.1, or empty."""

    invitation_id: str
    kind: Kind
    code: str = ""


def invitation_of(message_id: str) -> str:
    """The invitation whose mail had this Message-ID; empty if it was none of ours."""
    found = _OURS.search(message_id[:2000])
    return found[1] if found else ""


def kind_of(code: str) -> Kind:
    """Hard if an enhanced status code condemns the mailbox itself, else soft."""
    return "hard" if codes.condemns(code) else "soft"


def read(raw: bytes) -> list[Feedback]:
    """The feedback in one mail: none for a delay, or where it is about somebody else's mail.

    Raises Unreadable for bytes that are no delivery report and no complaint.
    """
    if not raw.strip() or len(raw) > LARGEST:
        raise Unreadable("This is no mail, or it is larger than 2 MB.")
    try:
        return _read(BytesParser(policy=compat32).parsebytes(raw))
    except Unreadable:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError):
        # The standard parser stumbles over some nonsense with each of these.
        problem = Unreadable("This mail cannot be read.")
    raise problem


def _read(mail: Part) -> list[Feedback]:
    parts = _parts(mail)
    complaint = next((p for p in parts if p.get_content_type() == "message/feedback-report"), None)
    report = next((p for p in parts if p.get_content_type() == "message/delivery-status"), None)
    if complaint is None and report is None:
        raise Unreadable("This mail is neither a delivery report nor a complaint.")
    about = _about(mail, parts)
    if not about:
        return []
    if complaint is not None:
        said = _field(_fields(complaint), "Feedback-Type").lower()
        # The other registered types say nothing against being written to ("not-spam", "virus").
        wanted = said in {"abuse", "fraud", "opt-out", "opt-out-list", "other"}
        return [Feedback(about, "complaint", said[:40])] if wanted else []
    assert report is not None
    ends = [end for group in _groups(report) if (end := _end(group))]
    worst = min(ends, key=lambda end: ("hard", "soft", "delivered").index(end[0]), default=None)
    return [Feedback(about, *worst)] if worst else []


def _parts(mail: Part) -> list[Part]:
    parts: list[Part] = []
    for part in mail.walk():
        parts.append(part)
        if len(parts) > MOST_PARTS:
            raise Unreadable("This mail has too many parts.")
    return parts


def _end(group: dict[str, str]) -> tuple[Kind, str] | None:
    """How it ended for one recipient; None while it has not (delayed), or for a group of ours."""
    action = _field(group, "Action").lower()
    status = _STATUS.search(_field(group, "Status"))
    code = ".".join(status.groups()) if status else ""
    if action == "failed":
        # A permanent failure with a "persistent transient" code means that retries ran out.
        return kind_of(code), code
    return ("delivered", code) if action == "delivered" else None


def _about(mail: Part, parts: list[Part]) -> str:
    """Which of our mails is meant: by the copy that came with the report, else what it replies to.

    The report's own Message-ID is its sender's, so the outermost part counts for replies only.
    """
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            for name, value in _lines(part):
                if name.lower() == "message-id" and (found := invitation_of(value)):
                    return found
        for name in _REFERENCES:
            if part is not mail and (found := invitation_of(str(part.get(name, "")))):
                return found
    for name in _REPLIES:
        if found := invitation_of(str(mail.get(name, ""))):
            return found
    return ""


def _groups(report: Part) -> Iterator[dict[str, str]]:
    payload = report.get_payload()
    if isinstance(payload, list):
        for block in payload:
            if isinstance(block, Part):
                yield {name.lower(): str(value) for name, value in block.items()}
    else:
        yield _fields(report)


def _fields(part: Part) -> dict[str, str]:
    return {name.lower(): value for name, value in _lines(part)}


def _lines(part: Part) -> Iterator[tuple[str, str]]:
    """The fields of a part that the parser may have left as text or as a nested message."""
    payload = part.get_payload()
    if isinstance(payload, list):
        for block in payload:
            if isinstance(block, Part):
                yield from ((name, str(value)) for name, value in block.items())
        return
    decoded = part.get_payload(decode=True)
    text = decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
    for line in re.sub(r"\r?\n[ \t]+", " ", text).splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _field(fields: dict[str, str], name: str) -> str:
    return fields.get(name.lower(), "").strip()
