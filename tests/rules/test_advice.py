"""What is allowed but surely not meant: each kind warned of at its line, a careful rule of none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collector.rules import advice
from collector.rules.advice import Deployment
from collector.rules.definition import check
from collector.rules.folder import workspace
from collector.rules.near_types import nearest
from collector.surveys import definitions as surveys
from tests.commands.test_configuration import RULE, SURVEY, write
from tests.surveys.definitions import survey
from tests.triggers.making import rule

CAREFUL = {"caps": {}, "status": "draft", "channels": ["sms", "email"]}
HERE = Deployment(
    channels=frozenset({"inapp", "sms", "email"}),
    stopped={"email": "by_hand"},
    not_to=("+86",),
    types=frozenset({"order.delivered"}),
    sent=("order.delivered", "order.returned", "ticket.solved"),
    today=date(2026, 3, 2),
)


def warned(raw: dict[str, Any], here: Deployment = advice.NOWHERE) -> dict[str, str]:
    """code → pointer, of a rule as somebody writes it."""
    asked = surveys.check(survey())
    found = advice.of_rule(check(raw), here=here, raw=raw, survey=asked)
    return {one.code: one.pointer for one in found}


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"quiet_hours": {"sms": "09:00-20:00"}}, "quiet_by_day", "/quiet_hours/sms"),
        ({"quiet_hours": {"email": "8:00-22:00"}}, "quiet_by_day", "/quiet_hours/email"),
        ({"quiet_hours": {"sms": "07:00-01:00"}}, "quiet_by_day", "/quiet_hours/sms"),
        ({"quiet_hours": {"sms": "21:00-02:00"}}, "asks_at_night", "/quiet_hours/sms"),
        ({"quiet_hours": {"sms": "12:30-12:00"}}, "hardly_any_hours", "/quiet_hours/sms"),
        ({"quiet_hours": {"webhook": "20:00-09:00"}}, "channel_not_asked", "/quiet_hours/webhook"),
        ({"sample": 0}, "asks_nobody", "/sample"),
        ({"sample": 1}, "asks_everybody", "/sample"),
        ({"quota": {"per": "day", "max": 0}}, "asks_nobody", "/quota/max"),
        ({"control": 0.9}, "large_control", "/control/share"),
        ({"caps": {"global_days": 0}}, "no_pause", "/caps/global_days"),
        ({"caps": {"survey_days": 7}}, "cap_without_effect", "/caps/survey_days"),
        ({"delay": "3d", "expires_after": "2d"}, "asks_nobody", "/expires_after"),
        ({"delay": "2d", "expires_after": "2d"}, "asks_nobody", "/expires_after"),
        ({"fallback_after": "1d"}, "without_effect", "/fallback_after"),
        ({"fallback_after": "1d", "channels": ["inapp"]}, "without_effect", "/fallback_after"),
        ({"reminder_after": "20d"}, "without_effect", "/reminder_after"),
        ({"reminder_after": "2d", "channels": ["inapp"]}, "without_effect", "/reminder_after"),
        ({"cancel_same": "context.order"}, "without_effect", "/cancel_same"),
        ({"cancel_on": ["order.delivered"]}, "cancels_itself", "/cancel_on"),
        ({"when": None}, "empty_field", "/when"),
    ],
)
def test_what_is_surely_not_meant_is_warned_of(
    changes: dict[str, Any], code: str, pointer: str
) -> None:
    assert warned(rule(**{**CAREFUL, **changes})).get(code) == pointer


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"channels": ["sms", "webhook"]}, "channel_not_set_up", "/channels/1"),
        ({"channels": ["webhook"]}, "channel_not_set_up", "/channels/0"),
        ({"channels": ["sms", "webhook"]}, "numbers_without_text", "/channels"),
        ({"channels": ["sms"]}, "numbers_without_text", "/channels"),
        ({"channels": ["inapp", "email"]}, "channel_held", "/channels/1"),
        ({"on": "order.deliverd"}, "event_never_sent", "/on"),
        ({"on": "Order.Delivered"}, "event_never_sent", "/on"),
        ({"cancel_on": ["order.return"]}, "event_never_sent", "/cancel_on/0"),
        ({"not_after": "2026-03-01"}, "asks_nobody", "/not_after"),
    ],
)
def test_what_cannot_work_here_is_warned_of(
    changes: dict[str, Any], code: str, pointer: str
) -> None:
    assert warned(rule(**{**CAREFUL, **changes}), HERE).get(code) == pointer


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"quiet_hours": {"sms": "20:00-10:00", "email": "none"}},
        {"quiet_hours": {"email": "23:00-06:30"}},
        {"sample": 0.5, "control": 0.05},
        {"caps": {"global_days": 0}, "audience": "employee"},
        {"delay": "1h", "expires_after": "2d", "reminder_after": "3d"},
        {"channels": ["inapp", "email"], "fallback_after": "1d"},
        {"cancel_on": ["order.returned"], "cancel_same": "context.order"},
    ],
)
def test_a_careful_rule_is_warned_of_nothing(changes: dict[str, Any]) -> None:
    assert warned(rule(**{**CAREFUL, **changes})) == {}


def test_nothing_is_said_of_event_types_before_any_was_sent() -> None:
    new = Deployment(channels=HERE.channels, types=frozenset(), sent=())
    assert "event_never_sent" not in warned(rule(**CAREFUL), new)


def test_the_nearest_type_is_named_in_spite_of_capitals_and_signs() -> None:
    known = ("order.delivered", "order.returned")
    assert nearest("order.deliverd", known) == "order.delivered"
    assert nearest("OrderDelivered", known) == "order.delivered"
    assert nearest("invoice.paid", known) == ""


def test_a_language_without_text_or_without_our_words_is_warned_of() -> None:
    words = survey()["wording"]["en"]
    asked = surveys.check({**survey(), "wording": {"en": words, "it": words}})
    here = Deployment(speak={"en": 80, "ja": 20, "de": 2, "it": 9})
    found = {(one.code, one.pointer) for one in advice.of_survey(asked, here=here)}
    assert found == {
        ("language_without_surroundings", "/wording/it"),
        ("not_translated", "/wording/it/question"),
        ("language_without_text", "/wording"),
    }


STRAY = RULE.replace("delivered\non", "odd\non")


@pytest.mark.parametrize(
    "name",
    ["odd.yaml", "rule/odd.yaml", "rules/old/odd.yaml", "rules/odd.yaml.txt", "rules/odd.YAML",
     "surveys/deep/odd.yml", "rules/odd.json"],
)  # fmt: skip
def test_a_rule_where_nobody_reads_it_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    files = {"surveys/delivery.yaml": SURVEY, "rules/r.yaml": RULE, name: STRAY}
    (found,) = workspace.read(write(tmp_path, files)).warnings()
    assert (found.code, found.pointer) == ("not_read", f"{name}:1")
    assert "rules/odd.yaml" in found.detail


def test_other_files_beside_the_folders_are_nobodys_business(tmp_path: Path) -> None:
    files = {
        "surveys/delivery.yaml": SURVEY, "rules/r.yaml": RULE, "docker-compose.yaml": "services:\n",
        ".hidden/odd.yaml": STRAY, "notes.txt": "on: and so on", "data.json": "[1, 2]",
    }  # fmt: skip
    assert workspace.read(write(tmp_path, files)).warnings() == []
