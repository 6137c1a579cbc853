"""What the taps behind an answer show, and what it weighs."""

from __future__ import annotations

from typing import Any

import pytest

from collector.answers.taps import TapEvidence
from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.robots import link_scanner
from collector.integrity.engine.checks.robots import tap_stream as check
from collector.integrity.engine.combine import combine
from collector.integrity.engine.finding import Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.evidence import tap_stream
from tests.answers.taps import confirmed, decoy, provisional

ASIDE = {"tap_id": "tap_1", "reason": "many_scores", "figures": {"scores": [0, 10]}}


def figures(*taps: TapEvidence, state: str = "confirmed", aside: tuple[Any, ...] = ()) -> Any:
    return tap_stream.figures(taps, state, aside, taps[-1])


def case(shown: dict[str, Any], **given: Any) -> Case:
    return Case(**{
        "id": "r.1", "invitation": "i", "agent": "a", "worker": "a", "team": "t", "store": "s",
        "metric": "CSAT", "low": 1.0, "high": 5.0, "score": 5.0, "answered": 1e9, "taps": shown,
        **given,
    })  # fmt: skip


def assessed(of: Case) -> Assessment:
    return Assessment(of, RunningStatistics(), 1e9)


def found(shown: dict[str, Any], **given: Any) -> Finding | None:
    return check.check(assessed(case(shown, **given)))


def test_an_export_that_knows_no_taps_says_nothing() -> None:
    assert found({}) is None


def test_a_press_speaks_for_a_person() -> None:
    said = found(figures(provisional(9, 3000), confirmed(9, 3010)))
    assert said is not None
    assert (said.log_odds, said.figures) == (check.PRESSED, {"pressed": True})


def test_what_a_page_posted_by_itself_says_nothing_alone() -> None:
    assert found(figures(provisional(9, 900), state="settled")) is None


def test_other_machines_on_the_link_weigh_on_an_unpressed_answer_only() -> None:
    unpressed = found(figures(provisional(9, 900), state="settled", aside=(ASIDE,)))
    pressed = found(figures(confirmed(9, 900), aside=(ASIDE,)))
    assert unpressed is not None
    assert pressed is not None
    assert (unpressed.log_odds, pressed.log_odds) == (check.VISITED, check.PRESSED)


def test_a_strict_surveys_unpressed_taps_are_no_machines() -> None:
    waiting = {**ASIDE, "reason": "unconfirmed"}
    assert figures(provisional(9, 9), state="settled", aside=(waiting,)) == {}


def test_a_decoy_weighs_less_on_a_press() -> None:
    pressed = found(figures(decoy(20), confirmed(9, 900)))
    unpressed = found(figures(decoy(20), provisional(9, 900), state="settled"))
    assert pressed is not None
    assert unpressed is not None
    assert pressed.log_odds - check.PRESSED == check.DECOY_PRESSED
    assert unpressed.log_odds == check.DECOY


def test_a_gateway_on_the_link_alone_does_not_make_a_later_answer_doubtful() -> None:
    """It opened everything, the hidden link too; hours later the person answers unpressed."""
    said = found(figures(decoy(20), provisional(4, 9000), state="settled", aside=(ASIDE,)))
    assert said is not None
    assert said.log_odds == check.DECOY
    assert combine([said]).verdict == "clean"


def test_a_press_without_a_browser_is_doubted_and_never_rejected_for_that_alone() -> None:
    said = found(figures(confirmed(9, 900, user_agent="")))
    assert said is not None
    assert combine([said]).verdict == "suspect"


def test_a_text_reply_has_no_browser_and_needs_none() -> None:
    shown = figures(confirmed(9, 900, user_agent="", via="sms_reply"))
    assert shown == {"pressed": True}


def test_a_press_from_a_robots_browser_is_doubted_and_not_rejected_for_that_alone() -> None:
    """Some phones are called robots by mistake."""
    agent = "BarracudaCentral/1"
    of = assessed(case(figures(confirmed(9, 900, user_agent=agent)), client=agent, channel="sms"))
    said = (check.check(of), link_scanner.check(of))
    both = [one for one in said if one is not None]
    assert combine(both).verdict == "suspect"


def test_a_press_seconds_after_sending_is_a_persons() -> None:
    quick = assessed(case(figures(confirmed(9, 6)), channel="email", sent=1e9 - 6, client="Safari"))
    said = (check.check(quick), link_scanner.check(quick))
    both = [one for one in said if one is not None]
    assert len(both) == 2
    assert combine(both).verdict == "clean"


@pytest.mark.parametrize("scores", [(9, 8, 9), (9, 9, 9)])
def test_changing_ones_mind_is_a_hand(scores: tuple[int, ...]) -> None:
    taps = [confirmed(score, 900 + 2 * turn) for turn, score in enumerate(scores)]
    assert figures(*taps) == {"pressed": True}


def test_pressing_every_button_is_no_hand() -> None:
    shown = figures(*(confirmed(s, 900 + s / 10) for s in range(11)))
    assert shown["scores_pressed"] == list(range(11))
    said = found({**shown, "no_browser": True})
    assert said is not None
    assert combine([said]).verdict == "rejected"
