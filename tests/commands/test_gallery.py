"""Every ready-made rule is usable as it is, in English and in Chinese."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from channels.sms.text import cost, normalise
from collector import clock
from collector.commands.configuration import gallery
from collector.intake import receive
from collector.rules import conditions
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.rules.folder.workspace import Workspace
from collector.triggers import decide
from tests.triggers.making import event, read

KEYS = sorted(gallery.entries())
LINK = " https://s.example.com/t/abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(params=KEYS)
def entry(request: pytest.FixtureRequest) -> Workspace:
    return workspace.read(gallery.entries()[request.param])


def test_there_is_one_for_every_common_source() -> None:
    assert KEYS == [
        "employee-pulse", "feature-third-use", "order-delivered", "refund-done",
        "relationship-nps", "subscription-renewed", "ticket-solved",
    ]  # fmt: skip


def test_each_is_valid_a_draft_and_worded_twice(entry: Workspace) -> None:
    (rule,), (survey,) = entry.rules, entry.surveys
    assert rule["status"] == "draft"
    assert rule["survey"] == survey["key"]
    english, chinese = survey["wording"]["en"], survey["wording"]["zh"]
    assert set(english["follow_up"]) == set(chinese["follow_up"])
    assert "\u4e00" <= chinese["question"][0] <= "\u9fff"


def test_a_text_message_of_it_is_one_or_two_segments(entry: Workspace) -> None:
    (rule,), (survey,) = entry.rules, entry.surveys
    for wording in survey["wording"].values():
        if "sms" in rule["channels"]:
            assert wording["sms"]
        assert cost(normalise(wording["sms"] + LINK)).segments <= 2


def test_all_of_them_can_be_taken_into_use_together(ctx: Flask) -> None:
    changes = [one for key in KEYS for one in apply_workspace(workspace.read(gallery.ROOM / key))]
    assert Counter(one.action for one in changes) == {"created": 14}


FITTING: dict[str, dict[str, Any]] = {
    "employee-pulse": {"who": {"kind": "employee"}, "context": {"week": 2}},
    "feature-third-use": {"context": {"times": 3}},
    "relationship-nps": {"occurred_at": "2026-03-31T11:00:00Z"},
    "subscription-renewed": {"context": {"renewals": 2}},
    "ticket-solved": {"context": {"reopened": False}},
}


@pytest.mark.parametrize("key", KEYS)
def test_each_asks_after_a_fitting_event_once_it_is_live(ctx: Flask, key: str) -> None:
    found = workspace.read(gallery.ROOM / key)
    (rule,) = found.rules
    apply_workspace(replace(found, rules=({**rule, "status": "live"},)))
    raw = event(**{"type": rule["on"], **FITTING.get(key, {})}, id="e-1")
    raw["person"]["ref"] = next(
        ref for ref in map(str, range(99)) if int(conditions.sample_position(ref) * 4) == 2
    )
    at = clock.aware(datetime.fromisoformat(raw["occurred_at"])) + timedelta(minutes=1)
    with clock.at(at):
        (kept,) = receive.receive([read(raw, at)])
        (view,) = decide.decide_events([kept.id])[kept.id]
    assert view.reason == "invited"


def test_copying_gives_a_folder_that_validates_and_overwrites_nothing(tmp_path: Path) -> None:
    for key in KEYS:
        assert CliRunner().invoke(gallery.command, ["copy", key, str(tmp_path)]).exit_code == 0
    assert len(workspace.read(tmp_path).rules) == len(KEYS)
    again = CliRunner().invoke(gallery.command, ["copy", KEYS[0], str(tmp_path)])
    assert (again.exit_code, "exists already" in again.output) == (2, True)


def test_the_list_and_the_files_are_shown() -> None:
    listed = CliRunner().invoke(gallery.command, ["list"]).output
    assert all(key in listed for key in KEYS)
    shown = CliRunner().invoke(gallery.command, ["show", "relationship-nps"]).output
    assert "spread evenly over the quarter" in shown


def test_the_relationship_is_asked_evenly_over_the_quarter() -> None:
    days = [day for ref in range(600) for day in asked_on(ref, quarters=1)]
    tenths = Counter(int(conditions.quarter_passed(day) * 10) for day in days)
    assert sum(tenths.values()) == 600
    assert all(40 < tenths[tenth] < 95 for tenth in range(9))
    assert tenths[9] < 15


def test_nobody_is_asked_about_the_relationship_twice_in_a_quarter() -> None:
    for ref in range(40):
        quarters = Counter((day.year, (day.month - 1) // 3) for day in asked_on(ref, quarters=5))
        assert set(quarters.values()) == {1}
        assert len(quarters) == 5


def asked_on(number: int, quarters: int) -> list[datetime]:
    """When somebody who is seen daily from the first of January would be asked."""
    (rule,) = workspace.read(gallery.ROOM / "relationship-nps").rules
    condition = conditions.compile_condition(rule["when"])
    apart = timedelta(days=rule["caps"]["survey_days"])
    asked: list[datetime] = []
    for day in range(91 * quarters):
        at = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=day)
        if asked and at - asked[-1] < apart:
            continue
        facts = conditions.Facts(
            event_type="customer.active", source="shop", occurred_at=at,
            person={"ref": f"c-{number}", "kind": "customer"}, context={}, subjects={},
        )  # fmt: skip
        if condition.evaluate(facts).matched:
            asked.append(at)
    return asked
