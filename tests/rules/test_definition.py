"""What a rule may look like, and taking rules into use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collector.errors import InvalidInput, NotFound
from collector.model.base import db
from collector.rules import catalog, rulebook
from collector.rules.apply import apply
from collector.rules.definition import check, ready
from collector.rules.spans import duration
from collector.surveys.apply import apply as apply_surveys
from tests.surveys.definitions import survey
from tests.triggers.conftest import PutToUse
from tests.triggers.making import rule


def test_defaults_are_careful() -> None:
    checked = check({"key": "r", "on": "a.b", "survey": "s", "channels": ["sms"]})
    assert checked["status"] == "draft"
    assert checked["consent"] == "required"
    assert checked["caps"] == {"global_days": 30, "survey_days": 90, "on_cap": "drop"}
    quiet = {"inapp": "none", "sms": "21:00-08:00", "email": "none", "webhook": "21:00-08:00"}
    assert checked["quiet_hours"] == quiet
    assert check(checked) == checked


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"on": "order delivered"}, "/on", "invalid_field"),
        ({"status": "on"}, "/status", "invalid_field"),
        ({"channels": []}, "/channels", "invalid_field"),
        ({"channels": ["sms", "sms"]}, "/channels", "invalid_field"),
        ({"channels": ["sms", "pigeon"]}, "/channels/1", "invalid_field"),
        ({"delay": "soon"}, "/delay", "invalid_field"),
        ({"delay": "91d"}, "/delay", "invalid_field"),
        ({"sample": 1.01}, "/sample", "invalid_field"),
        ({"sample": float("nan")}, "/sample", "invalid_field"),
        ({"priority": "high"}, "/priority", "invalid_field"),
        ({"caps": {"global_days": -1}}, "/caps/global_days", "invalid_field"),
        ({"caps": {"week_days": 1}}, "/caps/week_days", "unknown_field"),
        ({"when": "context.amount >"}, "/when", "bad_condition"),
        ({"when": True}, "/when", "invalid_field"),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(rule(**changes))
    assert [(one.pointer, one.code) for one in refused.value.problems] == [(pointer, code)]


def test_durations_are_a_number_with_a_unit() -> None:
    assert [duration(text) for text in ("0s", "90m", "2h", "3 d")] == [
        timedelta(), timedelta(minutes=90), timedelta(hours=2), timedelta(days=3),
    ]  # fmt: skip
    assert [duration(text) for text in ("", "1w", "-1h", "1.5h", "h", "٣h٣")] == [None] * 6


def test_a_stored_rule_needs_only_what_has_no_default() -> None:
    stored = {"key": "r", "on": "a", "survey": "s", "channels": ["sms"], "caps": {}}
    assert ready("rul_1", stored).policy.global_cap == timedelta(days=30)


def test_a_rule_that_attributes_nps_to_an_agent_is_refused_with_the_reason(
    in_use: PutToUse,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        in_use(rule(survey="love", subject="agent"))
    assert [one.code for one in refused.value.problems] == ["metric_scope"]
    assert "NPS tells how somebody feels about the brand" in refused.value.detail
    in_use(rule(survey="delivery", subject="agent"))


def test_a_rule_for_an_unknown_survey_is_refused_and_nothing_is_kept(ctx: Flask) -> None:
    apply_surveys([survey()])
    with pytest.raises(InvalidInput):
        apply([rule(), rule("other", survey="nobody")])
    assert catalog.all_rules() == []
    with pytest.raises(NotFound):
        catalog.get("delivered")


def test_versions_change_with_the_content_and_not_with_the_status(in_use: PutToUse) -> None:
    in_use(rule())
    assert [one.action for one in apply([rule()])] == ["unchanged"]
    assert [one.action for one in apply([rule(status="paused")])] == ["changed"]
    assert (catalog.get("delivered").status, catalog.get("delivered").version) == (
        "paused",
        1,
    )
    apply([rule(sample=0.5, on="order.returned")])
    current = catalog.get("delivered")
    assert (current.status, current.version, current.event_type) == ("live", 2, "order.returned")


def test_only_live_rules_listen_and_a_pause_holds_at_once(in_use: PutToUse) -> None:
    in_use(rule(), rule("b", status="draft"), rule("c", on="order.returned"))

    def heard() -> list[str]:
        db.session.rollback()
        book = rulebook.listening(db.session(), ["order.delivered"])
        return [one.key for one, _ in book.get("order.delivered", [])]

    assert heard() == ["delivered"]
    apply([rule(status="paused")])
    assert heard() == []
    apply([rule(priority=3)])
    assert heard() == ["delivered"]
