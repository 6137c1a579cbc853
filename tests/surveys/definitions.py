"""Survey definitions for tests: a complete one that can be varied."""

from __future__ import annotations

from typing import Any

TEXTS = {
    "question": "How was your delivery?",
    "low": "Poor",
    "high": "Great",
    "why": "What is the reason?",
    "thanks": "Thank you.",
    "sms": "How was it? 1 to 5",
}


def survey(key: str = "delivery", metric: str = "csat", **changes: Any) -> dict[str, Any]:
    """A usable definition in English."""
    return {"key": key, "metric": metric, "owner": "care", "wording": {"en": TEXTS}, **changes}
