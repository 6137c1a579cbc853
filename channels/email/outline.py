"""The shape of a mail that nobody could read, for whoever teaches the reader a new one. Pure.

Without addresses, names, subjects of people and longer numbers: which headers and parts there are,
and the lines that look like a refusal. Used by `collector/invitations/optouts/unread.py`.
"""

from __future__ import annotations

import re
from email.parser import BytesParser
from email.policy import compat32
from typing import Final

from channels.email import mime

LONGEST: Final = 4000
_KEPT: Final = frozenset(
    {
        "content-type", "content-transfer-encoding", "auto-submitted", "precedence", "x-mailer",
        "mime-version", "feedback-type", "action", "status", "diagnostic-code", "user-agent",
        "x-auto-response-suppress", "reporting-mta",
    }
)  # fmt: skip
_ADDRESS: Final = re.compile(r"[^\s<>\"'(),:;@]+@[^\s<>\"'(),:;@]+")
_NUMBER: Final = re.compile(r"(?<![\w.])\+?\d[\d -]{6,}\d")
_TOKEN: Final = re.compile(r"https?://\S+|[A-Za-z0-9_-]{24,}")
_TELLING: Final = re.compile(r"\b[2-5]\d\d[ -]|\b[245]\.\d{1,3}\.\d{1,3}\b")


def of(raw: bytes) -> str:
    """The outline, at most `LONGEST` characters; says so where there is none to be had."""
    try:
        return _of(raw)[:LONGEST]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError):
        return f"{len(raw)} bytes that cannot be taken apart"


def _of(raw: bytes) -> str:
    mail = BytesParser(policy=compat32).parsebytes(raw)
    lines = [f"{len(raw)} bytes"]
    for part in mime.parts(mail):
        lines.append(f"- {part.get_content_type()}")
        for name, value in mime.headers(part):
            lines.append(f"  {name}: {_bare(value) if name in _KEPT else '…'}")
        if not part.is_multipart():
            told = [one for one in mime.text(part).splitlines() if _TELLING.search(one)]
            lines += [f"  | {_bare(one)}" for one in told[:8]]
    return "\n".join(lines)


def _bare(value: str) -> str:
    words = _TOKEN.sub("…", value)
    return _NUMBER.sub("…", _ADDRESS.sub("…@…", words))[:200]
