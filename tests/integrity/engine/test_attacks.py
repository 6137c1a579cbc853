"""Low scores made by one hand against somebody are told from displeased customers, at any pace."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from collector.integrity.engine.combine import ATTACKING, CLEAN, REJECTED, Verdict
from collector.integrity.engine.records import Case, Signal
from tests.integrity.engine.conftest import HOUR, judge
from tests.integrity.engine.quarter import AGENTS, at_once, low, quiet

QUIET = quiet()


def verdicts_of(cases: list[Case], others: list[Case]) -> list[Verdict]:
    """What becomes of these answers among the others."""
    said = judge([*others, *cases])
    return [said[case.id] for case in cases]


def from_one_phone(pace: float, count: int = 8, **given: object) -> list[Case]:
    return [
        low(9000 + n, "A05", 5 + n * pace, device="one phone", ip=f"road {n}", net=f"road {n}",
            **given)
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("pace", [0.1, 0.5, 1.0, 2.0, 4.0, 6.0])
def test_low_scores_from_one_phone_are_set_aside_at_every_pace(pace: float) -> None:
    said = verdicts_of(from_one_phone(pace), QUIET)
    assert [v.verdict for v in said] == [REJECTED] * 8
    assert {v.kind for v in said} == {ATTACKING}
    assert all("ATTACK_BURST" in v.reasons for v in said)


def test_a_slower_attack_does_not_become_innocent_in_one_step() -> None:
    chances = [verdicts_of(from_one_phone(pace), QUIET)[4].p for pace in (1, 2, 4, 6, 8, 10, 13)]
    assert all(after > before - 0.35 for before, after in itertools.pairwise(chances))
    assert chances[0] > 0.9


def test_one_low_score_more_never_makes_it_milder() -> None:
    chances = [verdicts_of(from_one_phone(2.0, count), QUIET)[1].p for count in range(2, 11)]
    assert chances == sorted(chances)
    assert chances[3] >= 0.75  # the fifth customer


def test_made_up_sessions_against_somebody_are_set_aside_without_a_phone_in_common() -> None:
    made_up = [at_once(9000 + n, "A05", 9 + n / 8) for n in range(8)]
    assert {v.verdict for v in verdicts_of(made_up, QUIET)} == {REJECTED}


def test_an_attack_from_one_address_on_new_phones_needs_a_second_fact() -> None:
    """A firm's displeased people look like it; many within days do not."""
    slow = [low(9000 + n, "A05", 5 + 6 * n, ip="one place", net="one place") for n in range(5)]
    fast = [low(9000 + n, "A05", 5 + n / 9, ip="one place", net="one place") for n in range(9)]
    assert REJECTED not in {v.verdict for v in verdicts_of(slow, QUIET)}
    assert {v.verdict for v in verdicts_of(fast, QUIET)} == {REJECTED}


def test_what_the_phone_does_later_does_not_hide_what_it_did() -> None:
    later = [low(9500 + n, "A05", 45 + n, score=5.0, device="one phone") for n in range(12)]
    said = verdicts_of(from_one_phone(1.0), [*QUIET, *later])
    assert {v.verdict for v in said} == {REJECTED}


def test_the_victims_honest_low_scores_stay_even_beside_the_attackers_phone() -> None:
    attack = [replace(case, ip="shop", net="shop") for case in from_one_phone(1.0)]
    beside = [low(9600, "A05", 8.2, ip="shop", net="shop"), low(9601, "A05", 9.1)]
    said = verdicts_of([*attack, *beside], QUIET)
    assert {v.verdict for v in said[:8]} == {REJECTED}
    assert {v.verdict for v in said[8:]} == {CLEAN}


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 1.0])
@pytest.mark.parametrize("where", ["own phones", "a tablet an agent", "one kiosk", "at once"])
def test_an_outage_is_nobodys_attack(share: float, where: str) -> None:
    """Two days on which a store's customers are displeased, as many as you like."""
    cases = []
    for number in range(160):
        agent, day = AGENTS[number % 10], 30 + number / 80
        score = 1.0 if (7 * number + 3 * (number // 10)) % 10 < share * 10 else 5.0
        make = at_once if where == "at once" else low
        device = {"a tablet an agent": f"tablet of {agent}", "one kiosk": "kiosk"}.get(where)
        place = "shop" if device else f"ip{9000 + number}"
        cases.append(make(9000 + number, agent, day, score=score, ip=place, net=place,
                          device=device or f"phone{9000 + number}"))  # fmt: skip
    tablets = [
        replace(case, device=f"tablet of {case.agent}", ip="shop", net="shop")
        if where == "a tablet an agent" and n % 2 else case for n, case in enumerate(QUIET)
    ]  # fmt: skip
    said = judge([*tablets, *cases])
    lows = [said[case.id] for case in cases if case.score == 1.0]
    assert not [v for v in lows if v.verdict == REJECTED]


def test_a_bad_agent_whose_customers_are_displeased_is_not_said_to_be_a_victim() -> None:
    bad = [replace(c, score=2.0) if c.agent == "A05" and n % 10 < 7 else c
           for n, c in enumerate(QUIET)]  # fmt: skip
    assert {v.verdict for v in judge(bad).values()} == {CLEAN}


def test_a_complaint_about_the_same_case_speaks_for_the_customer() -> None:
    attack = from_one_phone(1.0, 4)
    angry = [replace(c, signals=(Signal("complaint", None, c.answered + HOUR),)) for c in attack]
    believed, doubted = verdicts_of(angry, QUIET)[2], verdicts_of(attack, QUIET)[2]
    assert believed.p < doubted.p - 0.2
    assert believed.verdict != REJECTED
