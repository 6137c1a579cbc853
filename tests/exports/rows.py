"""A feed row for tests of whatever is made from the feed."""

from __future__ import annotations

from typing import Any

from tests.factories import NOON


def row(**changes: Any) -> dict[str, Any]:
    """The first revision of a suspect five, given to agent a1 whose work a2 is credited for."""
    number = changes.get("number", 1)
    return {
        "number": number,
        "response_id": f"rsp_{number}",
        "revision": 1,
        "kind": "answer",
        "survey": "delivery",
        "survey_version": 1,
        "metric": "csat",
        "scale_low": 1,
        "scale_high": 5,
        "direction": "higher_is_better",
        "score": 5,
        "band": "satisfied",
        "state": "confirmed",
        "comment": None,
        "verdict": "suspect",
        "weight": 0.5,
        "reasons": ["too_fast"],
        "checks_version": "1",
        "taps": 1,
        "channel": "sms",
        "locale": "en",
        "invited_at": NOON,
        "answered_at": NOON,
        "published_at": NOON,
        "invitation_id": f"inv_{number}",
        "person_id": "per_1",
        "rule": "after-delivery",
        "rule_version": 1,
        "event_source": "shop",
        "event_id": f"order-{number}",
        "event_type": "order.delivered",
        "occurred_at": NOON,
        "subjects": {"agent": {"id": "a1", "credited": "a2"}},
        "appeal": "",
        "counts_for": "all",
        **changes,
    }
