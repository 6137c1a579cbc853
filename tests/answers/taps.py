"""Taps as the fold sees them, for the tests of the pure parts: times are seconds after noon."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from collector.answers.taps import TapEvidence
from tests.factories import NOON

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605 Safari/604.1"
_numbers = itertools.count(1)


def tap(kind: str, score: int | None, at: float, **changes: Any) -> TapEvidence:
    """A tap on the page, `at` seconds after noon; the message left at noon."""
    return TapEvidence(
        **{
            "id": f"tap_{next(_numbers):06d}",
            "kind": kind,
            "score": score,
            "comment": None,
            "via": "page",
            "channel": "email",
            "tapped_at": NOON + timedelta(seconds=at),
            "sent_at": NOON,
            "user_agent": PHONE,
            **changes,
        }
    )


def provisional(score: int, at: float, **changes: Any) -> TapEvidence:
    return tap("provisional", score, at, **changes)


def confirmed(score: int | None, at: float, **changes: Any) -> TapEvidence:
    return tap("confirmed", score, at, **changes)


def decoy(at: float) -> TapEvidence:
    return tap("decoy", None, at)
