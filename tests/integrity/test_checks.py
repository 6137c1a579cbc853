"""What each check sees, and what it leaves alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from collector.answers.taps import TapEvidence
from collector.integrity.checks import duplicate, link_scanner, too_fast
from collector.integrity.evidence import Case, Sibling
from tests.answers.taps import confirmed, decoy, provisional
from tests.factories import NOON

ASIDE = {"tap_id": "tap_1", "reason": "many_scores", "figures": {"scores": [0, 10]}}


def case(*taps: TapEvidence, state: str = "confirmed", **changes: Any) -> Case:
    last = taps[-1]
    return Case("rsp_5", state, last.score, last.tapped_at, taps, **changes)


def opened(tap: TapEvidence, before: float) -> dict[str, Any]:
    return {"opened_at": tap.tapped_at - timedelta(seconds=before)}


def test_an_ordinary_press_is_no_finding_at_all() -> None:
    ordinary = case(provisional(9, 3000), confirmed(9, 3010, opened_at=NOON))
    assert [c.check(ordinary) for c in (duplicate, link_scanner, too_fast)] == [None] * 3


@pytest.mark.parametrize(("seconds", "nats"), [(3, 3.0), (19, 2.0), (59, 1.0)])
def test_an_unpressed_answer_soon_after_sending_is_graded(seconds: float, nats: float) -> None:
    found = link_scanner.check(case(provisional(9, seconds), state="settled"))
    assert found is not None
    assert (found.nats, found.figures) == (nats, {"seconds_after_sending": seconds})


def test_an_unpressed_answer_after_a_minute_is_left_alone() -> None:
    assert link_scanner.check(case(provisional(9, 61), state="settled")) is None


def test_a_press_soon_after_sending_is_left_alone() -> None:
    assert link_scanner.check(case(confirmed(9, 5))) is None


def test_other_machines_on_the_link_weigh_on_an_unpressed_answer_only() -> None:
    unpressed = link_scanner.check(case(provisional(9, 900), state="settled", set_aside=(ASIDE,)))
    assert unpressed is not None
    assert unpressed.figures == {"taps_set_aside": 1}
    assert link_scanner.check(case(confirmed(9, 900), set_aside=(ASIDE,))) is None


def test_a_decoy_weighs_less_on_a_press() -> None:
    pressed = link_scanner.check(case(decoy(20), confirmed(9, 900)))
    unpressed = link_scanner.check(case(decoy(20), provisional(9, 900), state="settled"))
    assert pressed is not None
    assert unpressed is not None
    assert pressed.nats < unpressed.nats


def test_a_press_by_a_scanners_agent_is_named() -> None:
    found = link_scanner.check(case(confirmed(9, 900, user_agent="BarracudaCentral/1")))
    assert found is not None
    assert found.figures == {"pressed_by_agent": "barracudacentral"}


def test_a_text_reply_has_no_agent_and_needs_none() -> None:
    assert link_scanner.check(case(confirmed(9, 900, user_agent="", via="sms_reply"))) is None


def test_pressing_every_button_is_no_hand() -> None:
    found = link_scanner.check(case(*(confirmed(s, 900 + s / 10) for s in range(11))))
    assert found is not None
    assert found.figures["scores_pressed"] == list(range(11))


def test_changing_ones_mind_is_a_hand() -> None:
    assert link_scanner.check(case(confirmed(9, 900), confirmed(8, 902), confirmed(9, 905))) is None


@pytest.mark.parametrize(("after", "nats"), [(0.3, 1.5), (0.8, 0.8)])
def test_a_press_within_a_second_of_opening_is_a_weak_finding(after: float, nats: float) -> None:
    tap = confirmed(9, 900)
    quick = confirmed(9, 900, **opened(tap, after))
    found = too_fast.check(case(quick))
    assert found is not None
    assert (found.nats, found.figures["seconds_after_opening"]) == (nats, after)


def test_nothing_is_known_of_a_page_that_was_not_opened() -> None:
    assert too_fast.check(case(confirmed(9, 900, via="sms_reply"))) is None


def test_the_first_of_two_answers_counts_and_the_second_is_the_duplicate() -> None:
    tap = confirmed(9, 900)
    earlier = Sibling("rsp_1", NOON, "order")
    later = Sibling("rsp_9", NOON + timedelta(hours=1), "order")
    assert duplicate.check(case(tap, siblings=(later,))) is None
    found = duplicate.check(case(tap, siblings=(later, earlier)))
    assert found is not None
    assert found.certain
    assert found.figures == {
        "counted_response": "rsp_1", "same": "order", "seconds_later": 900.0, "answers_before": 1,
    }  # fmt: skip
