"""Pure decisions: which channel, when again, what an outcome means."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from channels.base import ChannelError, DeliveryUnknown, Receipt
from collector.invitations import schedule
from collector.invitations.schedule import Reach

YES = Reach(True, "somewhere", False)
NO_ADDRESS = Reach(True, "", False)
NOT_HERE = Reach(False, "somewhere", False)
SAID_NO = Reach(True, "somewhere", True)
ON_A_BREAK = Reach(True, "somewhere", False, paused=True)


@pytest.mark.parametrize(
    ("step", "first", "second", "chosen", "move"),
    [
        (0, YES, YES, 0, "stay"),
        (1, YES, YES, 1, "stay"),
        (0, NO_ADDRESS, YES, 1, "stay"),
        (0, NOT_HERE, YES, 1, "stay"),
        (0, SAID_NO, YES, 1, "stay"),
        (0, SAID_NO, NO_ADDRESS, None, "cancel"),
        (0, NOT_HERE, NO_ADDRESS, None, "wait"),
        (0, NO_ADDRESS, NO_ADDRESS, None, "next_channel"),
    ],
)
def test_the_first_usable_channel_is_chosen(
    step: int, first: Reach, second: Reach, chosen: int | None, move: str
) -> None:
    choice = schedule.choose(step, ["sms", "email"], {"sms": first, "email": second})
    assert (choice.step, choice.move) == (chosen, move)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (SAID_NO, SAID_NO, "opted_out"),
        (ON_A_BREAK, ON_A_BREAK, "paused"),
        (replace(SAID_NO, paused=True), ON_A_BREAK, "paused"),
        (replace(SAID_NO, paused=True), replace(SAID_NO, paused=True), "opted_out"),
    ],
)
def test_who_is_not_asked_is_cancelled_with_the_reason(
    first: Reach, second: Reach, code: str
) -> None:
    choice = schedule.choose(0, ["sms", "email"], {"sms": first, "email": second})
    assert (choice.step, choice.move, choice.code) == (None, "cancel", code)


def test_back_off_doubles_from_half_a_minute_to_four_hours() -> None:
    waits = [schedule.backoff(spent) / timedelta(seconds=1) for spent in range(1, 14)]
    assert waits[:4] == [30, 60, 120, 240]
    assert max(waits) == 4 * 3600
    assert schedule.backoff(1, asked=90) == timedelta(seconds=90)


def test_a_transient_refusal_waits_until_the_attempts_are_spent() -> None:
    error = ChannelError("busy", code="busy")
    assert schedule.of_error(error, 1).move == "wait"
    last = schedule.of_error(error, schedule.MAX_ATTEMPTS)
    assert (last.status, last.move) == ("failed", "next_channel")


def test_a_permanent_refusal_goes_to_the_next_channel_and_may_suppress() -> None:
    outcome = schedule.of_error(ChannelError("x", permanent=True, suppress=True, code="21610"), 1)
    assert (outcome.status, outcome.move, outcome.suppress) == ("failed", "next_channel", "stop")
    outcome = schedule.of_error(ChannelError("x", permanent=True, suppress=True, code="30005"), 1)
    assert outcome.suppress == "undeliverable"


def test_our_own_mistake_burns_no_attempt_and_pauses_the_channel() -> None:
    outcome = schedule.of_error(ChannelError("x", configuration=True, code="20003"), 99)
    assert (outcome.status, outcome.move, outcome.pauses) == ("not_sent", "wait", True)
    assert outcome.code == "ours:configuration:20003"
    assert schedule.rest_of_batch(outcome).delay == schedule.HELD_BACKOFF
    assert outcome.holds == "relay"


def test_a_country_that_is_switched_off_fails_that_message_only() -> None:
    error = ChannelError("x", configuration=True, permanent=True, code="21408")
    outcome = schedule.of_error(error, 1)
    assert (outcome.move, outcome.pauses) == ("next_channel", False)


def test_nobody_knows_stays_open() -> None:
    outcome = schedule.of_error(DeliveryUnknown("?"), 99)
    assert (outcome.status, outcome.move) == ("unknown", "stay")


def test_a_rate_limit_pauses_the_channel_for_as_long_as_was_asked() -> None:
    outcome = schedule.of_error(ChannelError("slow", retry_after=60), 5)
    assert (outcome.delay, outcome.pauses) == (timedelta(seconds=60), True)


def test_what_was_accepted_and_lost_is_tried_once_more_at_most() -> None:
    lost = Receipt("failed", "SM1", "30003")
    assert schedule.of_failure(ChannelError("off"), lost, 1).move == "wait"
    assert schedule.of_failure(ChannelError("off"), lost, 2).move == "next_channel"
