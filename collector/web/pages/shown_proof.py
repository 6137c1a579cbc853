"""Signed proof that we showed a page about something, and when: for forms that change something.

A form on another site has none. Each use has a purpose of its own, whose key signs nothing else.
Used by `page_nonce.py` and `phone_replies.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from itsdangerous import BadData

from collector import keys

MAX_LENGTH: Final = 300
SKEW: Final = timedelta(seconds=60)  # web servers' clocks differ a little


def make(purpose: str, about: Sequence[str], at: datetime) -> str:
    """The proof for a page shown at `at`; no two are alike."""
    payload = [*about, round(at.timestamp() * 1000), secrets.token_urlsafe(6)]
    text = keys.serializer(purpose).dumps(payload)
    return text if isinstance(text, str) else text.decode()


def read(
    purpose: str, text: str, about: Sequence[str], now: datetime, good_for: timedelta
) -> datetime | None:
    """When the page was shown, if we made this proof about just that and not too long ago."""
    if not 0 < len(text) <= MAX_LENGTH:
        return None
    try:
        *named, millis, _ = keys.serializer(purpose).loads(text)
        at = datetime.fromtimestamp(millis / 1000, UTC)
    except (BadData, ValueError, TypeError, OverflowError):
        return None
    fresh = now - good_for <= at <= now + SKEW
    return at if named == list(about) and fresh else None
