"""The scorer counts as its page says: what is gamed, what counts for nobody, who was hurt."""

from __future__ import annotations

import pytest

from benchmarks.integrity.measure import Figures, score
from benchmarks.integrity.pooled import (
    SMALL,
    groups,
    mean,
    recall_at_five,
    removed,
    worst_precision,
)
from benchmarks.integrity.said import Said
from tests.integrity.bench.companies import GAMED, company


def test_who_rejects_exactly_the_gamed_is_perfect() -> None:
    figures = score(company(), Said(rejected=set(GAMED)))
    assert figures.f1() == 1 == figures.f1(" without scanners")
    assert removed([figures]) == 1
    assert figures.parts["honest rejected"] == [0, 5]


def test_a_duplicate_counts_for_nobody() -> None:
    with_it, without = Said(rejected={"R4", "R10"}), Said(rejected={"R4"})
    for name in ("precision", "recall", "precision without scanners", "honest rejected"):
        assert score(company(), with_it).parts[name] == score(company(), without).parts[name]


def test_influenced_answers_are_gamed_only_where_the_score_was_changed() -> None:
    figures = score(company(), Said(rejected={"R6", "R7"}))
    assert figures.parts["precision"] == [1, 2]
    assert figures.parts["recall"] == [1, 5]
    assert figures.parts["asked but unchanged rejected"] == [1, 1]


def test_scanners_are_left_out_where_it_says_so() -> None:
    figures = score(company(), Said(rejected={"R9"}))
    assert figures.parts["recall"] == [1, 5]
    assert figures.parts["recall without scanners"] == [0, 4]


def test_the_innocent_are_counted_by_who_they_are() -> None:
    figures = score(company(), Said(rejected={"R1", "R3", "R11"}))
    assert figures.parts["group tablet"] == [1, 1]
    assert figures.parts["victims"] == [1, 1]
    assert figures.parts["great agents' answers"] == [1, 1]
    assert groups([figures]) == {SMALL: (3, 3)}


def test_great_agents_are_accused_only_by_flags_and_a_rank_without_errors_is_whole() -> None:
    p = {"B": 0.01, "G": 0.2, "A": 0.5}
    figures = score(company(), Said(flagged={"B", "G"}, p=p))
    assert figures.parts["great accused"] == [1, 1]
    assert figures.parts["FDR"] == [1, 2]
    assert figures.share("AUC") == 1
    assert recall_at_five([figures]) == 1
    worse = score(company(), Said(flagged=set(), p={**p, "B": 0.3}))
    assert recall_at_five([worse]) == 0


def test_ties_at_the_cut_are_taken_together() -> None:
    figures = score(company(), Said(p={"B": 0.01, "A": 0.01}))
    assert recall_at_five([figures]) == 0


def test_kpis_follow_from_the_weights_where_a_detector_says_none() -> None:
    """Half of the honest five of T are satisfied once R7 counts half and the gamed not at all."""
    figures = score(company(), Said(rejected=set(GAMED), weights={"R7": 0.0, "R10": 0.0}))
    assert figures.share("error cleaned") == pytest.approx(50 - 100 * 2 / 5)


def test_a_detectors_own_kpis_go_before_the_weights() -> None:
    figures = score(company(), Said(kpis={("T", "CSAT"): 50.0}))
    assert figures.share("error cleaned") == 0
    assert (removed([figures]) or 0) > 1


def test_worlds_are_added_up_over_companies_and_the_worst_stands_alone() -> None:
    good, bad = Figures(), Figures()
    good.add("precision", 9, 9)
    bad.add("precision", 1, 2)
    assert worst_precision([good, bad, Figures()]) == 0.5
    assert mean([1.0, None, 0.0]) == 0.5
