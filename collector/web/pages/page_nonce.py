"""The nonce of a tap page: signed proof that we showed this page for this link, and when.

A post without one is answered with a fresh page, so that a forged form on another site cannot
answer for anybody. It is no proof of a person. Used by `tap.py`; signed by `shown_proof.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.invitations.links import Link
from collector.web.pages import shown_proof

PURPOSE = "page"
GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PageNonce:
    """`opened_at` is when the person's page was first shown; changes on the page keep it."""

    text: str
    opened_at: datetime


def make(link: Link, opened_at: datetime) -> PageNonce:
    """A fresh nonce for a page of this link."""
    return PageNonce(shown_proof.make(PURPOSE, _about(link), opened_at), opened_at)


def read(text: str, link: Link, now: datetime) -> PageNonce | None:
    """The nonce, if we made it for this very link and not too long ago; else None."""
    opened_at = shown_proof.read(PURPOSE, text, _about(link), now, GOOD_FOR)
    return None if opened_at is None else PageNonce(text, opened_at)


def _about(link: Link) -> tuple[str, str]:
    return link.token_id, link.channel
