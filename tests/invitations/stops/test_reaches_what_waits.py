"""What a person stops reaches the asks that wait, whatever way it is stopped; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from collector import clock
from collector.invitations import escalate
from collector.invitations.stops import call_off, everything, reach, waiting
from collector.invitations.stops.waiting import Which
from collector.model.audit import Author
from collector.rules import change, survey_status
from tests.invitations.stops.conftest import ANA, DAY, HOUR, MINUTE, Service
from tests.triggers.making import NOON, rule

Begin = Callable[..., Service]
BY_COMMAND, BY_PUT, BY_FILE = "command", "put", "file"


def switched(service: Service, status: str, way: str = BY_COMMAND) -> list[str]:
    with clock.at(NOON + MINUTE):
        if way == BY_COMMAND:
            changes = [change.set_status("delivered", status, change.ANY, ANA)]
        elif way == BY_PUT:
            definition = {k: v for k, v in rule(**service.rule).items() if k != "status"}
            changes = [change.put_rule("delivered", definition, status, change.ANY, ANA)]
        else:
            service.apply(status=status)
            return []
        return reach.follow_through(changes)


@pytest.mark.parametrize(("way", "delay"), [(BY_COMMAND, "2m"), (BY_PUT, "90s"), (BY_FILE, "30m")])
def test_what_waits_for_a_paused_rule_is_held_until_it_is_live_again(
    service: Begin, way: str, delay: str
) -> None:
    one = service(delay=delay)
    about = one.happened()
    switched(one, "paused", way)
    assert one.at(NOON + DAY) == []
    assert one.statuses() == ["waiting"]
    code, told = one.reason(about, NOON + HOUR)
    assert code == "invited"
    assert "The ask is held. The rule delivered is paused." in told
    switched(one, "live")
    assert one.at(NOON + DAY) == ["sms"]


def test_what_a_pause_held_too_long_lapses_with_that_reason(service: Begin) -> None:
    one = service(expires_after="3h")
    about = one.happened()
    switched(one, "paused")
    assert one.at(NOON + DAY) == []
    assert one.statuses() == ["lapsed"]
    assert one.reason(about, NOON + DAY)[0] == "rule_paused"
    switched(one, "live")
    assert one.at(NOON + DAY + HOUR) == []


@pytest.mark.parametrize("way", [BY_COMMAND, BY_PUT, BY_FILE])
def test_what_waits_for_a_retired_rule_is_called_off(service: Begin, way: str) -> None:
    one = service()
    about = one.happened()
    told = switched(one, "retired", way)
    if way != BY_FILE:
        assert told == ["rule delivered: 1 ask that waited called off"]
        assert one.statuses() == ["cancelled"]
    assert one.at(NOON + DAY) == []  # a claim sees to what nobody followed through
    assert one.statuses() == ["cancelled"]
    code, words = one.reason(about, NOON + DAY)
    assert code == "rule_retired"
    assert "The rule delivered is retired." in words


@pytest.mark.parametrize(("status", "end"), [("paused", "waiting"), ("retired", "cancelled")])
def test_a_survey_that_is_stopped_reaches_the_asks_of_every_rule(
    service: Begin, status: str, end: str
) -> None:
    one = service()
    about = one.happened()
    with clock.at(NOON + MINUTE):
        reach.follow_through([survey_status.set_status("delivery", status, ANA)])
    assert one.at(NOON + DAY) == []
    assert one.statuses() == [end]
    code, told = one.reason(about, NOON + DAY)
    assert (code == f"survey_{status}") == (status == "retired")
    assert f"The survey delivery is {status} since" in told
    with clock.at(NOON + DAY):
        reach.follow_through([survey_status.set_status("delivery", "live", ANA)])
    assert one.at(NOON + DAY + HOUR) == (["sms"] if status == "paused" else [])


def test_what_a_paused_survey_held_too_long_lapses_with_that_reason(service: Begin) -> None:
    one = service(expires_after="3h")
    about = one.happened()
    with clock.at(NOON + MINUTE):
        survey_status.set_status("delivery", "paused", ANA)
    assert one.at(NOON + DAY) == []
    assert one.statuses() == ["lapsed"]
    assert one.reason(about, NOON + DAY)[0] == "survey_paused"


def test_a_channel_that_is_taken_out_is_passed_over_for_the_next_one(service: Begin) -> None:
    one = service(channels=["sms", "email"])
    one.happened()
    one.apply(channels=["email"])
    assert one.at(NOON + DAY) == ["email"]


@pytest.mark.parametrize("way", ["file", "put", "rollback"])
def test_without_a_channel_that_is_left_the_ask_is_called_off(service: Begin, way: str) -> None:
    one = service(channels=["email"])
    if way == "rollback":
        one.apply(channels=["sms"])
    about = one.happened()
    with clock.at(NOON + MINUTE):
        if way == "file":
            one.apply(channels=["sms" if one.rule["channels"] == ["email"] else "email"])
        elif way == "put":
            definition = {k: v for k, v in rule(**one.rule).items() if k != "status"}
            wanted = {**definition, "channels": ["inapp"]}
            done = change.put_rule("delivered", wanted, "", change.ANY, ANA)
            assert done.removed == ("email",)
        else:
            change.roll_back_rule("delivered", None, change.ANY, ANA)
    assert one.at(NOON + DAY) == []
    assert one.statuses() == ["cancelled"]
    code, told = one.reason(about, NOON + DAY)
    assert code == "channel_removed"
    assert "Taken out of the rule delivered" in told


def test_reminders_of_what_went_out_are_held_too_and_the_ask_stays_sent(service: Begin) -> None:
    one = service(reminder_after="1d")
    about = one.happened()
    assert one.at(NOON + 2 * HOUR) == ["sms"]
    switched(one, "paused")
    assert one.at(NOON + 2 * DAY) == ["sms"]
    assert one.statuses() == ["sent"]
    assert "What would follow it is held." in one.reason(about, NOON + 2 * DAY)[1]
    switched(one, "live")
    assert one.at(NOON + 3 * DAY) == ["sms", "sms"]


@pytest.mark.parametrize("waits", [True, False])
def test_retiring_drops_a_reminder_and_leaves_the_ask_as_one_that_went_out(
    service: Begin, waits: bool
) -> None:
    one = service(reminder_after="1d")
    one.happened()
    one.at(NOON + 2 * HOUR)
    if waits:  # the reminder is due and waits, as in quiet hours
        switched(one, "paused")
        switched(one, "live")
        with clock.at(NOON + 2 * DAY):
            escalate.run_batch()
        assert one.statuses() == ["waiting"]
    switched(one, "retired")
    assert one.statuses() == ["sent"]
    assert one.at(NOON + 4 * DAY) == ["sms"]
    with clock.at(NOON + 2 * DAY):
        assert waiting.count(Which(rule="delivered")).following == 0


def test_pause_everything_holds_all_channels_and_what_is_decided_meanwhile(service: Begin) -> None:
    one = service(channels=["webhook", "sms"], expires_after="2d")
    early = one.happened("c-1")
    with clock.at(NOON + MINUTE):
        assert everything.pause(ANA)
        assert not everything.pause(Author("bo", "again"))  # the first reason stays
    late = one.happened("c-2", NOON + HOUR)
    assert one.at(NOON + DAY) == []
    for about in (early, late):
        code, told = one.reason(about, NOON + DAY)
        assert code == "invited"
        assert "The ask is held. Everything is paused since 2026-03-02T12:01:00" in told
    with clock.at(NOON + DAY):
        assert waiting.count(Which()).held == {"everything_paused": 2}
        assert everything.resume(ANA)
        assert not everything.resume(ANA)
    assert one.at(NOON + DAY + HOUR) == ["sms", "sms"]


def test_what_passed_while_everything_was_paused_lapses_and_says_why(service: Begin) -> None:
    one = service(expires_after="3h")
    about = one.happened()
    with clock.at(NOON):
        everything.pause(ANA)
    assert one.at(NOON + DAY) == []
    assert one.statuses() == ["lapsed"]
    assert one.reason(about, NOON + DAY)[0] == "everything_paused"


def test_the_waiting_asks_of_a_rule_are_called_off_with_who_and_why(service: Begin) -> None:
    one = service()
    events = [one.happened(f"c-{number}") for number in range(3)]
    with clock.at(NOON):
        before = waiting.count(Which(rule="delivered"))
        assert (before.first, before.by_channel) == (3, {"sms": 3})
        listed = waiting.listed(Which(rule="delivered"))
        assert sorted(row["person"] for row in listed) == ["c-0", "c-1", "c-2"]
        assert call_off.by_hand(Which(rule="delivered"), ANA) == 3
        assert call_off.by_hand(Which(rule="delivered"), ANA) == 0
    assert one.at(NOON + DAY) == []
    code, told = one.reason(events[0])
    assert code == "called_off"
    assert "Called off by ana: too many complaints" in told
