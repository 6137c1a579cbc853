"""What follows an ask that went out: decided from how it stands. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from collector.invitations.escalation_policy import SentInvitation, move
from collector.rules.timing import Timing

TIMING = Timing(fallback_after=timedelta(hours=2), reminder_after=timedelta(days=1))
IN_PRODUCT = SentInvitation(["inapp", "sms"], 0, reminded=False)
BY_TEXT = SentInvitation(["inapp", "sms"], 1, reminded=False)


def test_one_in_the_product_falls_back_and_a_text_is_followed_by_its_reminder() -> None:
    assert move(TIMING, IN_PRODUCT) == "fall_back"
    assert move(TIMING, BY_TEXT) == "remind"


@pytest.mark.parametrize("asked", [IN_PRODUCT, BY_TEXT], ids=["in the product", "by text"])
@pytest.mark.parametrize("why", ["answered", "stopped"])
def test_an_answer_or_a_no_ends_it(asked: SentInvitation, why: str) -> None:
    assert move(TIMING, replace(asked, **{why: True})) == "nothing"


@pytest.mark.parametrize(
    ("timing", "asked"),
    [
        (TIMING, replace(IN_PRODUCT, seen=True)),
        (TIMING, replace(IN_PRODUCT, channels=["inapp"])),
        (replace(TIMING, fallback_after=None), IN_PRODUCT),
        (TIMING, replace(BY_TEXT, reminded=True)),
        (replace(TIMING, reminder_after=None), BY_TEXT),
    ],
    ids=["seen", "the last channel", "no fall-back", "reminded before", "no reminder"],
)
def test_nothing_follows_where_nothing_may(timing: Timing, asked: SentInvitation) -> None:
    assert move(timing, asked) == "nothing"
