"""Machines that open links, what taps show of them, and the same press sent twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from collector.integrity.engine.combine import REJECTED
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR, START, answer, judge
from tests.integrity.engine.found import nats

ROBOT = "Mozilla/5.0 (compatible; Proofpoint URL Defense)"
SCANNER, TAPS = "LINK_SCANNER", "TAP_STREAM"


def mail(number: int, after: float, **given: Any) -> Case:
    """An answer so long after the mail was sent."""
    sent = START + 50 * HOUR
    own = {"channel": "email", "sent": sent, "answered": sent + after, "opened": None, "score": 5.0}
    return answer(number, **{**own, **given})


def later(case: Case, seconds: float, **given: Any) -> Case:
    """Another answer to the same invitation."""
    own = {"id": f"{case.id}+{seconds}", "answered": case.answered + seconds}
    return replace(case, **{**own, **given})


def test_a_robots_name_counts_on_every_channel_and_nothing_else_does_on_a_text() -> None:
    assert nats(SCANNER, mail(1, 5.0, channel="sms")) == 0
    named = [nats(SCANNER, mail(1, t, channel="sms", client=ROBOT)) for t in (5.0, 7200.0)]
    assert named[0] == named[1] > 0


def test_a_robots_name_counts_when_nobody_knows_when_it_was_asked() -> None:
    assert nats(SCANNER, mail(1, 5.0, client=ROBOT, sent=None)) > 0


@pytest.mark.parametrize("elsewhere", [{"ip": "home"}, {"client": "phone"}])
def test_a_person_who_answers_later_from_elsewhere_speaks_for_a_machine_before(
    elsewhere: dict[str, Any],
) -> None:
    first = mail(1, 20.0)
    alone = nats(SCANNER, first)
    person = later(first, 1200.0, score=4.0, **elsewhere)
    assert nats(SCANNER, first, person) > alone
    assert nats(SCANNER, first, later(first, 1200.0, score=4.0)) == alone


def test_who_answers_in_the_same_moment_from_elsewhere_is_not_later() -> None:
    first = mail(1, 20.0)
    assert nats(SCANNER, first, later(first, 8.0, ip="home", client="phone")) == nats(
        SCANNER, first
    )


def test_after_an_answer_that_took_hours_a_later_one_says_nothing_of_a_machine() -> None:
    first = mail(1, 3 * HOUR, client=ROBOT)
    person = later(first, 1200.0, score=4.0, ip="home", client="phone")
    assert nats(SCANNER, first, person) == nats(SCANNER, first)


def test_without_a_time_of_sending_a_later_answer_says_nothing_of_a_machine() -> None:
    first = mail(1, 20.0, client=ROBOT, sent=None)
    person = later(first, 1200.0, score=4.0, ip="home", client="phone")
    assert nats(SCANNER, first, person) == nats(SCANNER, first)


def test_two_scores_hours_after_sending_are_a_thumbs_slip_and_three_are_not() -> None:
    first = mail(1, 3 * HOUR)
    second, third = later(first, 4.0, score=4.0), later(first, 7.0, score=3.0)
    assert nats(SCANNER, first, second) == 0
    assert nats(SCANNER, first, second, third) > 2


def test_two_scores_right_after_sending_are_a_machines() -> None:
    first = mail(1, 30.0)
    assert nats(SCANNER, first, later(first, 2.0, score=4.0)) > nats(SCANNER, first) + 4


def tapped(client: str | None = "phone", **taps: object) -> float:
    """What these taps behind one answer say."""
    return nats(TAPS, answer(1, client=client, taps=taps))


def test_a_press_speaks_for_a_person_and_less_from_a_robots_browser() -> None:
    assert tapped(pressed=True) < tapped(ROBOT, pressed=True) < 0
    assert tapped(None, pressed=True) == tapped(pressed=True)


def test_the_hidden_link_says_less_where_somebody_pressed() -> None:
    alone = tapped(decoy_opened=True)
    assert 0 < tapped(decoy_opened=True, pressed=True) - tapped(pressed=True) < alone


def test_another_machine_on_the_link_says_something_of_what_nobody_pressed() -> None:
    assert tapped(taps_set_aside=True) > 0
    assert tapped(taps_set_aside=True, pressed=True) == tapped(pressed=True)


def test_one_gateways_two_traces_do_not_add_up() -> None:
    assert tapped(taps_set_aside=True, decoy_opened=True) == tapped(decoy_opened=True)


def test_scores_pressed_in_a_row_and_a_press_without_a_browser_are_a_scripts() -> None:
    row, none = tapped(scores_pressed=3), tapped(pressed=True, no_browser=True)
    assert row > 0
    assert none > 0
    together = answer(1, taps={"scores_pressed": 3, "pressed": True, "no_browser": True})
    assert judge([together])[together.id].verdict == REJECTED


def test_no_browser_says_nothing_where_nobody_pressed() -> None:
    assert tapped(no_browser=True) == 0


@pytest.mark.parametrize("taps", [None, {}, {"opened": True}])
def test_taps_that_show_nothing_are_no_finding(taps: dict[str, object] | None) -> None:
    case = answer(1, taps=taps)
    assert TAPS not in judge([case])[case.id].evidence


def set_aside(*cases: Case) -> list[str]:
    found = judge(cases)
    return [case.id for case in cases if found[case.id].verdict == REJECTED]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_of_two_equal_posts_at_the_same_moment_one_counts(names: tuple[str, str]) -> None:
    first = answer(1, score=5.0)
    assert len(set_aside(*(replace(first, id=name) for name in names))) == 1


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_later_of_two_equal_posts_is_set_aside_whatever_they_are_called(
    names: tuple[str, str],
) -> None:
    first = answer(1, score=5.0, id=names[0])
    assert set_aside(first, later(first, 3.0, id=names[1])) == [names[1]]


def test_the_same_phone_sends_a_press_again_from_another_address() -> None:
    first = answer(1, score=5.0)
    assert len(set_aside(first, later(first, 9.0, ip="the next cell", net="the next"))) == 1
