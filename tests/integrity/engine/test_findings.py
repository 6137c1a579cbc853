"""Findings about subjects: strong ones are found, small samples accuse nobody, names do not
matter.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.subjects.findings import find, practice_chance
from collector.integrity.engine.subjects.sums import BestCounts, Sums
from collector.integrity.engine.subjects.weight_adjustments import (
    CAP,
    WeightAdjustment,
    adjustments,
)


def rate(hits: int, trials: int) -> HitRate:
    found = HitRate()
    found.hits, found.trials = hits, trials
    return found


def peer(number: int) -> Sums:
    """An ordinary agent, a little different each."""
    return Sums(
        store=f"S{number % 4}", cases=100 + number % 30, troubled=20 + number % 5,
        held=3 + number % 3, held_troubled=1, sent=96, sent_troubled=19, answered=30,
        late=number % 2, reassigned=number % 3, reassigned_troubled=number % 2, calls=8,
        calls_solicited=int(number % 25 == 0),
        answers=30, spot_by_channel={"sms": rate(3 + number % 4, 30)},
        on_the_spot=BestCounts(4, 2, 2.0), later=BestCounts(26, 13 + number % 5, 14.0),
        period_end=BestCounts(3, 2, 1.5), rest_of_period=BestCounts(27, 14, 14.0),
        comments=8, poor=6, poor_troubled=4, fine=24, fine_troubled=2, raised=int(number % 9 == 0),
        trouble_answers=6, best_in_trouble=2,
    )  # fmt: skip


PEERS = {f"A{number:03d}": peer(number) for number in range(120)}


def test_among_ordinary_agents_nobody_has_a_finding() -> None:
    assert [f for f in find(PEERS).values() if f.flagged] == []


def test_withholding_after_trouble_is_found_with_its_numbers() -> None:
    cherry = replace(PEERS["A007"], held=20, held_troubled=18)
    found = find({**PEERS, "A007": cherry})
    assert [name for name, f in found.items() if f.flagged] == ["A007"]
    assert "SELECTIVE_INVITE" in found["A007"].reasons


def test_made_up_answers_alone_need_a_second_kind_of_evidence() -> None:
    weak = replace(PEERS["A007"], rejected=6, rejected_on_two_kinds=0)
    strong = replace(PEERS["A007"], rejected=6, rejected_on_two_kinds=5)
    assert not find({**PEERS, "A007": weak})["A007"].flagged
    assert find({**PEERS, "A007": strong})["A007"].flagged


def test_best_scores_on_the_spot_alone_accuse_nobody() -> None:
    great = replace(
        PEERS["A007"], on_the_spot=BestCounts(28, 28, 14.0), later=BestCounts(4, 4, 2.0),
        spot_by_channel={"sms": rate(28, 32)},
    )  # fmt: skip
    assert not find({**PEERS, "A007": great})["A007"].flagged


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Sums, store=st.just("S1"), cases=st.integers(0, 19), troubled=st.integers(0, 9),
        held=st.integers(0, 9), held_troubled=st.integers(0, 9), calls=st.integers(0, 5),
        calls_solicited=st.integers(0, 5), answers=st.integers(0, 4), rejected=st.integers(0, 4),
        rejected_on_two_kinds=st.integers(0, 4), pressure_complaints=st.integers(0, 3),
    )
)  # fmt: skip
def test_nobody_under_the_minimum_sample_has_a_finding(few: Sums) -> None:
    assert not find({**PEERS, "new": few})["new"].flagged


def test_where_all_differ_more_widely_than_chance_makes_them_nobody_is_found_for_it() -> None:
    """How many were asked late: 30 on average, give or take 15, with nobody apart from the rest."""
    normal = NormalDist(30, 15)
    spread = {
        name: replace(sums, late=max(0, round(normal.inv_cdf((number + 0.5) / len(PEERS)))))
        for number, (name, sums) in enumerate(PEERS.items())
    }
    assert [name for name, found in find(spread).items() if found.flagged] == []


def test_the_names_of_subjects_do_not_matter() -> None:
    changed = {**PEERS, "A007": replace(PEERS["A007"], held=20, held_troubled=18)}
    renamed = {f"Z{999 - int(name[1:]):03d}": s for name, s in changed.items()}
    first, second = find(changed), find(renamed)
    for name, found in first.items():
        other = second[f"Z{999 - int(name[1:]):03d}"]
        assert (found.flagged, found.reasons) == (other.flagged, other.reasons)
        assert found.p == pytest.approx(other.p)


def test_what_is_likely_grows_as_p_falls_and_is_nothing_for_large_p() -> None:
    assert practice_chance(0.5) == 0.0
    assert 0 < practice_chance(0.05) < practice_chance(0.001) < 1


def practice(found: Sums, **likely: float) -> WeightAdjustment:
    """What the weights of this agent's answers become, if these practices are so likely."""
    agents = {**PEERS, "A007": found}
    return adjustments(agents, {name: likely if name == "A007" else {} for name in agents})["A007"]


def test_without_a_practice_every_answer_stands_for_itself() -> None:
    assert practice(PEERS["A007"]) == WeightAdjustment()


def test_asked_for_best_scores_lose_and_the_others_stand_for_what_was_lost() -> None:
    soliciting = replace(
        PEERS["A007"], on_the_spot=BestCounts(24, 20, 12.0), later=BestCounts(6, 3, 3.0)
    )
    moved = practice(soliciting, solicitation=1.0)
    kept = 20 * (1 - moved.lost)
    others = 7 * moved.other
    assert 0.2 < moved.lost < 0.6
    # Weight is moved, not made: 20 best on the spot, 4 others there and 3 later.
    assert kept + others == pytest.approx(27, abs=1e-6)


def test_low_scores_stand_for_the_unhappy_who_were_not_asked() -> None:
    cherry = replace(PEERS["A007"], held=40, held_troubled=36, poor=3, fine=27)
    assert 1.5 < practice(cherry, selection=1.0).low <= CAP
    assert practice(replace(cherry, poor=1), selection=1.0).low == CAP
    assert practice(replace(cherry, poor=0), selection=1.0).low == 1.0


def test_low_scores_raised_again_and_again_give_weight_back_to_the_score_before() -> None:
    assert practice(replace(PEERS["A007"], poor=6, raised=1)).raised < 0.1
    assert practice(replace(PEERS["A007"], poor=6, raised=9)).raised > 0.8
