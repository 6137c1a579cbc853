"""Findings about subjects: strong ones are found, small samples accuse nobody, names do not
matter.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.integrity.forensics.combine import Verdict
from collector.integrity.forensics.subjects.findings import find, likely
from collector.integrity.forensics.subjects.sums import Sums
from collector.integrity.forensics.weights import CAP, stands_for, weigh


def peer(number: int) -> Sums:
    """An ordinary agent, a little different each."""
    return Sums(
        store=f"S{number % 4}", cases=100 + number % 30, troubled=20 + number % 5,
        held=3 + number % 3, held_troubled=1, sent=96, sent_troubled=19, answered=30,
        late=number % 2, moved=number % 3, moved_troubled=number % 2, calls=8,
        calls_solicited=int(number % 25 == 0),
        answers=30, spot_by_channel={"sms": [30, 3 + number % 4]}, spot=[4.0, 2.0, 2.0],
        later=[26.0, 13.0 + number % 5, 14.0], end=[3.0, 2.0, 1.5], rest=[27.0, 14.0, 14.0],
        comments=8, lows=6, raised=int(number % 9 == 0), trouble_answers=6, trouble_best=2,
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
    weak = replace(PEERS["A007"], rejected=6, rejected_strong=0)
    strong = replace(PEERS["A007"], rejected=6, rejected_strong=5)
    assert not find({**PEERS, "A007": weak})["A007"].flagged
    assert find({**PEERS, "A007": strong})["A007"].flagged


def test_best_scores_on_the_spot_alone_accuse_nobody() -> None:
    great = replace(
        PEERS["A007"], spot=[28.0, 28.0, 14.0], later=[4.0, 4.0, 2.0],
        spot_by_channel={"sms": [32, 28]},
    )  # fmt: skip
    assert not find({**PEERS, "A007": great})["A007"].flagged


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Sums, store=st.just("S1"), cases=st.integers(0, 19), troubled=st.integers(0, 9),
        held=st.integers(0, 9), held_troubled=st.integers(0, 9), calls=st.integers(0, 5),
        calls_solicited=st.integers(0, 5), answers=st.integers(0, 4), rejected=st.integers(0, 4),
        rejected_strong=st.integers(0, 4), pressed=st.integers(0, 3),
    )
)  # fmt: skip
def test_nobody_under_the_minimum_sample_has_a_finding(few: Sums) -> None:
    assert not find({**PEERS, "new": few})["new"].flagged


def test_the_names_of_subjects_do_not_matter() -> None:
    changed = {**PEERS, "A007": replace(PEERS["A007"], held=20, held_troubled=18)}
    renamed = {f"Z{999 - int(name[1:]):03d}": s for name, s in changed.items()}
    first, second = find(changed), find(renamed)
    for name, found in first.items():
        other = second[f"Z{999 - int(name[1:]):03d}"]
        assert (found.flagged, found.reasons) == (other.flagged, other.reasons)
        assert found.p == pytest.approx(other.p)


def test_what_is_likely_grows_as_p_falls_and_is_nothing_for_large_p() -> None:
    assert likely(0.5) == 0.0
    assert 0 < likely(0.05) < likely(0.001) < 1


def test_an_answer_stands_for_at_most_four() -> None:
    extreme = replace(PEERS["A007"], cases=200, troubled=50, sent=151, sent_troubled=1)
    assert stands_for(extreme, 1.0) == CAP


def test_a_rejected_answer_keeps_weight_nothing_whatever_the_subject() -> None:
    verdict = Verdict("rejected", 0.0, 0.99, "made_up", ("DEVICE_SHARED",))
    found = find(PEERS)["A001"]
    weighed = weigh(
        verdict, spot_best=True, best=True, troubled=True, sums=PEERS["A001"], finding=found,
        expected_on_spot=0.5,
    )  # fmt: skip
    assert (weighed.verdict, weighed.weight, weighed.reasons) == (
        "rejected",
        0.0,
        ("DEVICE_SHARED",),
    )
