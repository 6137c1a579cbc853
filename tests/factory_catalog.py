"""Surveys and rules for tests. Tests take these from `factories.py`, which builds on them."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from collector.model.ids import new_id
from collector.model.rules import Rule, RuleVersion
from collector.model.surveys import SurveyVersion
from tests.wording import WORDING

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def survey_version(session: Session, **changes: Any) -> SurveyVersion:
    """A CSAT survey in English."""
    number = next(_numbers)
    metric = changes.get("metric", "csat")
    key = changes.get("key", f"survey-{number}")
    definition = {
        "key": key,
        "metric": metric,
        "owner": "care",
        "strict": False,
        "settle_minutes": 10,
        "edit_hours": 24,
        "lapse_days": 14,
        "wording": WORDING,
        **changes.pop("definition", {}),
    }
    row = SurveyVersion(
        **{
            "id": new_id("srv"),
            "key": key,
            "version": 1,
            "metric": metric,
            "definition": definition,
            "digest": f"digest-{number}",
            "created_at": NOON,
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row


def rule(session: Session, survey_key: str = "survey", **changes: Any) -> Rule:
    """A live rule that asks after every `order.delivered` by SMS, then email."""
    number = next(_numbers)
    key = changes.pop("key", f"rule-{number}")
    definition = {
        "key": key,
        "on": "order.delivered",
        "survey": survey_key,
        "channels": ["sms", "email"],
        "caps": {},
        "quiet_hours": {"sms": "none"},  # tests against real servers run at any hour
        **changes.pop("definition", {}),
    }
    version = RuleVersion(
        id=new_id("rul"),
        key=key,
        version=1,
        definition=definition,
        digest=f"digest-{number}",
        created_at=NOON,
    )
    session.add(version)
    session.flush()
    row = Rule(
        **{
            "key": key,
            "status": "live",
            "event_type": definition["on"],
            "version_id": version.id,
            "changed_at": NOON,
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row
