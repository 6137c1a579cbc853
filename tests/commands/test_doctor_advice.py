"""The lines of `collector doctor` about what is surely not meant in live rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from collector import clock
from collector.commands.operating import asking
from collector.invitations.senders import channel_status
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, rule

FINE = (True, "nothing in live rules that is surely not meant")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def lines(*rules: dict[str, Any]) -> list[tuple[bool | None, str]]:
    apply_surveys([survey()])
    apply_rules(rules)
    return list(asking.warned())


def about(found: list[tuple[bool | None, str]], words: str) -> list[bool | None]:
    return [mark for mark, line in found if words in line]


def test_without_a_live_rule_there_is_nothing_to_say(ctx: Flask) -> None:
    assert list(asking.warned()) == [FINE]
    odd = rule(quiet_hours={"sms": "09:00-20:00"}, status="draft")
    assert lines(odd) == [FINE]


def test_hours_that_are_quiet_by_day_are_looked_at_with_the_field(ctx: Flask) -> None:
    found = lines(rule(quiet_hours={"sms": "09:00-20:00"}))
    (line,) = [line for _, line in found if "silent by day, from 09:00 to 20:00" in line]
    assert line.startswith("delivered/quiet_hours/sms: ")
    assert about(found, "silent by day") == [None]


def test_a_channel_that_is_not_here_is_wrong_only_where_no_other_is(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = ctx.extensions["collector.channels"]
    left = {kind: channel for kind, channel in held.items() if kind != "sms"}
    monkeypatch.setitem(ctx.extensions, "collector.channels", left)
    found = lines(rule(channels=["sms"]), rule("either", channels=["sms", "email"]))
    assert about(found, "delivered/channels/0: sms is not set up here") == [False]
    assert about(found, "either/channels/0: sms is not set up here") == [None]


def test_a_held_channel_is_told_with_the_way_out(ctx: Flask) -> None:
    channel_status.stop("sms")
    (line,) = [line for _, line in lines(rule()) if "sms is held (by_hand)" in line]
    assert line.endswith("until `collector channels resume sms`")
