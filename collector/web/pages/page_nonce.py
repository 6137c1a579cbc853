"""The nonce of a tap page: signed proof that we showed this page for this link, and when.

A post without one is answered with a fresh page, so that a forged form on another site cannot
answer for anybody. It is no proof of a person. Used by `tap.py`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData

from collector import keys
from collector.invitations.links import Link

PURPOSE = "page"
MAX_LENGTH = 300
GOOD_FOR = timedelta(days=30)
SKEW = timedelta(seconds=60)  # web servers' clocks differ a little


@dataclass(frozen=True, slots=True)
class PageNonce:
    """`opened_at` is when the person's page was first shown; changes on the page keep it."""

    text: str
    opened_at: datetime


def make(link: Link, opened_at: datetime) -> PageNonce:
    """A fresh nonce for a page of this link."""
    payload = [link.token_id, link.channel, round(opened_at.timestamp() * 1000)]
    text = keys.serializer(PURPOSE).dumps([*payload, secrets.token_urlsafe(6)])
    return PageNonce(text if isinstance(text, str) else text.decode(), opened_at)


def read(text: str, link: Link, now: datetime) -> PageNonce | None:
    """The nonce, if we made it for this very link and not too long ago; else None."""
    if not 0 < len(text) <= MAX_LENGTH:
        return None
    try:
        token_id, channel, millis, _ = keys.serializer(PURPOSE).loads(text)
    except (BadData, ValueError, TypeError):
        return None
    opened_at = datetime.fromtimestamp(millis / 1000, UTC)
    fresh = now - GOOD_FOR <= opened_at <= now + SKEW
    if (token_id, channel) != (link.token_id, link.channel) or not fresh:
        return None
    return PageNonce(text, opened_at)
