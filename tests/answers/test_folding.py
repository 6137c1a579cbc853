"""What the taps of one invitation add up to."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from collector.answers.folding import fold, open_until
from collector.answers.taps import Folded, TapEvidence, Terms
from tests.answers.taps import confirmed, decoy, provisional
from tests.factories import NOON

HOUR = 3600.0
TERMS = Terms()


def at(seconds: float) -> object:
    return NOON + timedelta(seconds=seconds)


def folded(*taps: TapEvidence, terms: Terms = TERMS, now: float = 2 * HOUR) -> Folded:
    result = fold(taps, terms, NOON + timedelta(seconds=now))
    assert result is not None
    return result


def reasons(result: Folded) -> list[str]:
    return [item.reason for item in result.set_aside]


def test_no_tap_is_no_response() -> None:
    assert fold([], TERMS, NOON) is None


def test_a_decoy_alone_is_no_response() -> None:
    assert fold([decoy(5)], TERMS, NOON) is None


def test_words_without_any_score_are_a_response_without_one() -> None:
    result = folded(confirmed(None, 60, comment="late"), confirmed(None, 90, comment="very late"))
    assert (result.state, result.score, result.taps) == ("confirmed", None, 0)
    assert (result.first_tapped_at, result.answered_at) == (at(60), at(90))


@pytest.mark.parametrize("comments", [("",), ("late", "")])
def test_nothing_written_or_words_taken_back_are_no_response(comments: tuple[str, ...]) -> None:
    taps = [confirmed(None, 60 + n, comment=said) for n, said in enumerate(comments)]
    assert fold(taps, TERMS, NOON) is None


@pytest.mark.parametrize("score", [confirmed(4, 3600), provisional(4, 3600)])
def test_a_score_that_comes_later_completes_the_words(score: TapEvidence) -> None:
    result = folded(confirmed(None, 60, comment="late"), score, now=9 * HOUR)
    assert (result.score, result.comment, result.first_tapped_at) == (4, "late", at(60))


def test_one_provisional_tap_is_provisional_until_the_settling_window_is_over() -> None:
    tap = provisional(9, 60)
    early, late = folded(tap, now=659), folded(tap, now=660)
    assert (early.state, late.state) == ("provisional", "settled")
    assert (early.score, early.settles_at) == (9, at(660))


def test_the_last_press_wins() -> None:
    result = folded(provisional(9, 60), confirmed(8, 70), confirmed(7, 80, comment="slow"))
    assert (result.state, result.score, result.comment, result.taps) == (
        "confirmed", 7, "slow", 3,
    )  # fmt: skip
    assert result.answered_at == at(80)


def test_a_provisional_tap_after_a_press_changes_nothing() -> None:
    result = folded(confirmed(3, 60), provisional(9, 4000))
    assert (result.state, result.score, result.set_aside) == ("confirmed", 3, ())


def test_a_press_after_the_edit_window_does_not_count() -> None:
    result = folded(confirmed(3, 60), confirmed(10, 60 + 25 * HOUR), now=30 * HOUR)
    assert result.score == 3


def test_the_first_press_counts_however_late_it_follows_a_provisional_tap() -> None:
    result = folded(provisional(0, 60), confirmed(9, 3 * 24 * HOUR), now=80 * HOUR)
    assert (result.state, result.score) == ("confirmed", 9)


def test_a_comment_confirms_the_score_that_the_page_showed() -> None:
    result = folded(provisional(9, 60), confirmed(None, 75, comment="quick"))
    assert (result.state, result.score, result.comment, result.taps) == (
        "confirmed", 9, "quick", 1,
    )  # fmt: skip


def test_done_without_words_confirms_too() -> None:
    result = folded(provisional(9, 60), confirmed(None, 75, comment=""))
    assert (result.state, result.comment) == ("confirmed", None)


def test_a_comment_before_the_score_is_kept_and_does_not_start_the_edit_window() -> None:
    result = folded(confirmed(None, 60, comment="late"), confirmed(2, 30 * HOUR), now=31 * HOUR)
    assert (result.score, result.comment, result.state) == (2, "late", "confirmed")


def test_an_emptied_comment_is_gone() -> None:
    taps = (confirmed(4, 60, comment="rude words"), confirmed(None, 90, comment=""))
    assert folded(*taps).comment is None


def test_a_burst_of_different_scores_is_set_aside() -> None:
    result = folded(*(provisional(score, 20 + score / 100) for score in range(11)))
    assert (result.state, result.score, result.taps) == ("set_aside", None, 11)
    assert set(reasons(result)) == {"many_scores"}


def test_two_scores_ten_seconds_apart_contradict_each_other_and_eleven_do_not() -> None:
    assert folded(provisional(9, 60), provisional(2, 70)).state == "set_aside"
    apart = folded(provisional(9, 60), provisional(2, 71))
    assert (apart.state, apart.score) == ("settled", 2)


def test_the_same_score_twice_is_no_contradiction() -> None:
    assert folded(provisional(9, 60), provisional(9, 61)).score == 9


def test_a_slow_scanner_is_set_aside_by_its_third_score() -> None:
    result = folded(provisional(1, 60), provisional(2, 120), provisional(3, 180))
    assert reasons(result) == ["many_scores"] * 3


def test_a_press_after_a_burst_wins() -> None:
    result = folded(provisional(0, 20), provisional(10, 21), confirmed(7, 3000))
    assert (result.state, result.score, len(result.set_aside)) == ("confirmed", 7, 2)


def test_a_single_tap_hours_after_a_burst_stands_for_itself() -> None:
    result = folded(provisional(0, 20), provisional(10, 21), provisional(8, HOUR), now=3 * HOUR)
    assert (result.state, result.score, len(result.set_aside)) == ("settled", 8, 2)


def test_words_beside_a_contradiction_are_kept_and_confirm_no_score_of_it() -> None:
    result = folded(provisional(0, 20), provisional(10, 21), confirmed(None, 40, comment="hm"))
    assert (result.state, result.score, result.comment) == ("confirmed", None, "hm")
    assert set(reasons(result)) == {"many_scores"}


@pytest.mark.parametrize(("gap", "state"), [(-30, "set_aside"), (30, "set_aside"), (31, "settled")])
def test_a_decoy_within_half_a_minute_sets_a_provisional_tap_aside(gap: int, state: str) -> None:
    assert folded(provisional(9, 100), decoy(100 + gap)).state == state


def test_a_decoy_never_touches_a_press() -> None:
    result = folded(confirmed(9, 100), decoy(101))
    assert (result.state, result.set_aside, result.taps) == ("confirmed", (), 1)


@pytest.mark.parametrize(
    "agent",
    ["", "   ", "BarracudaCentral/1.0", "Mozilla/5.0 HeadlessChrome/120.0", "curl/8.5", "Slackbot"],
)
def test_a_scanners_agent_sets_a_provisional_tap_aside(agent: str) -> None:
    assert reasons(folded(provisional(9, 100, user_agent=agent))) == ["scanner_agent"]


def test_a_known_scanners_burst_does_not_make_a_persons_tap_doubtful() -> None:
    machine = [provisional(s, 20, user_agent="BarracudaCentral") for s in (0, 5, 10)]
    result = folded(*machine, provisional(9, 200))
    assert (result.state, result.score) == ("settled", 9)
    assert reasons(result) == ["scanner_agent"] * 3


def test_a_text_reply_needs_no_agent() -> None:
    assert folded(confirmed(5, 100, via="sms_reply", user_agent="")).state == "confirmed"


@pytest.mark.parametrize(
    ("seconds", "state"), [(-5, "set_aside"), (1.9, "set_aside"), (2, "settled")]
)
def test_a_tap_before_the_message_can_be_read_is_set_aside(seconds: float, state: str) -> None:
    assert folded(provisional(9, seconds)).state == state


def test_a_widget_may_be_answered_at_once() -> None:
    assert folded(provisional(9, 1, via="widget", channel="inapp")).state == "settled"


def test_a_strict_survey_counts_presses_only() -> None:
    strict = Terms(strict=True)
    result = folded(provisional(9, 60), terms=strict)
    assert (result.state, reasons(result)) == ("set_aside", ["unconfirmed"])
    assert folded(provisional(9, 60), confirmed(9, 61), terms=strict).state == "confirmed"


def test_every_tap_set_aside_has_a_reason_with_figures() -> None:
    result = folded(
        provisional(9, 1), provisional(0, 5, user_agent=""), provisional(3, 40), provisional(4, 41),
        decoy(900), provisional(5, 901),
    )  # fmt: skip
    assert len(result.set_aside) == 5
    assert all(item.figures for item in result.set_aside)


def test_the_order_in_which_taps_are_read_does_not_matter() -> None:
    taps = [
        provisional(9, 60), provisional(2, 65), confirmed(4, 500), confirmed(5, 500),
        confirmed(None, 501, comment="x"), decoy(70), provisional(7, 9000),
    ]  # fmt: skip
    expected = folded(*taps)
    for seed in range(20):
        shuffled = random.Random(seed).sample(taps, len(taps))
        assert folded(*shuffled) == expected


def test_the_edit_window_opens_with_the_first_press() -> None:
    taps = [provisional(9, 60), confirmed(8, 100), confirmed(7, 200)]
    assert open_until(taps, TERMS, "confirmed") == at(100 + 24 * HOUR)


def test_before_any_press_only_provisional_taps_run_out_of_time() -> None:
    taps = [provisional(9, 60)]
    assert open_until(taps, TERMS, "confirmed") is None
    assert open_until(taps, TERMS, "provisional") == at(60 + 24 * HOUR)


def test_a_thousand_taps_fold_quickly() -> None:
    taps = [provisional(number % 11, 20 + number / 100) for number in range(1000)]
    assert folded(*taps).state == "set_aside"


def test_one_browser_that_comes_back_for_another_number_corrects_it() -> None:
    taps = [provisional(5, 60, device="d1"), provisional(2, 62, device="d1")]
    result = folded(*taps, now=70)
    assert (result.state, result.score) == ("provisional", 2)


@pytest.mark.parametrize(
    ("devices", "gap"),
    [(("d1", "d2"), 2.0), (("", ""), 2.0), (("d1", ""), 2.0), (("d1", "d1"), 0.9)],
    ids=["two browsers", "no cookies", "one without", "faster than a hand"],
)
def test_two_numbers_at_once_that_no_hand_corrected_are_set_aside(
    devices: tuple[str, str], gap: float
) -> None:
    taps = [provisional(5, 60, device=devices[0]), provisional(2, 60 + gap, device=devices[1])]
    assert folded(*taps, now=70).state == "set_aside"


def test_a_browser_that_opens_three_numbers_is_a_machine_whatever_it_keeps() -> None:
    taps = [provisional(score, 60 + 3 * score, device="d1") for score in (1, 2, 3)]
    assert folded(*taps, now=90).state == "set_aside"
