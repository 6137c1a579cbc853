"""What a subject's practices do to the weight of its answers: moved, bounded, and said."""

from __future__ import annotations

from collector.integrity.engine.combine import Verdict
from collector.integrity.engine.subjects.weight_adjustments import WeightAdjustment
from collector.integrity.engine.weights import Weighed, explained, weigh

CLEAN = Verdict("clean", 1.0, 0.1, "made_up", ())
SUSPECT = Verdict("suspect", 0.4, 0.6, "made_up", ("DEVICE_SHARED",))
REJECTED = Verdict("rejected", 0.0, 0.99, "made_up", ("DEVICE_SHARED",))


def weighed(
    verdict: Verdict = CLEAN, *, spot_best: bool = False, best: bool = False, poor: bool = False,
    adjustment: WeightAdjustment | None = None,
) -> Weighed:  # fmt: skip
    return weigh(
        verdict, spot_best=spot_best, best=best or spot_best, poor=poor, adjustment=adjustment
    )


def test_without_a_finding_about_the_subject_an_answer_keeps_its_own_verdict_and_weight() -> None:
    assert weighed(SUSPECT) == Weighed("suspect", 0.4, ("DEVICE_SHARED",))
    assert weighed(CLEAN, adjustment=WeightAdjustment()) == Weighed("clean", 1.0, ())


def test_a_best_score_on_the_spot_loses_what_was_likely_influenced() -> None:
    found = weighed(spot_best=True, adjustment=WeightAdjustment(lost=0.3))
    assert found == Weighed("suspect", 0.7, ("ON_THE_SPOT_BEST",), influenced=0.3)
    found = weighed(SUSPECT, spot_best=True, adjustment=WeightAdjustment(lost=0.5))
    assert found.weight == 0.2
    assert found.reasons == ("DEVICE_SHARED", "ON_THE_SPOT_BEST")


def test_a_best_score_that_was_not_given_on_the_spot_loses_nothing() -> None:
    assert weighed(best=True, adjustment=WeightAdjustment(lost=0.3, other=2.0)).weight == 1.0


def test_the_subjects_other_answers_stand_for_what_was_influenced() -> None:
    found = weighed(adjustment=WeightAdjustment(lost=0.3, other=1.5))
    assert found == Weighed("clean", 1.5, ("STANDS_FOR_INFLUENCED",), stands_for=1.5)


def test_poor_scores_stand_for_the_withheld_and_nothing_for_more_than_four() -> None:
    found = weighed(poor=True, adjustment=WeightAdjustment(low=2.0))
    assert found == Weighed("clean", 2.0, ("STANDS_FOR_WITHHELD",), stands_for=2.0)
    both = weighed(poor=True, adjustment=WeightAdjustment(other=2.0, low=3.0))
    assert (both.weight, both.stands_for) == (4.0, 4.0)
    assert both.reasons == ("STANDS_FOR_INFLUENCED", "STANDS_FOR_WITHHELD")


def test_less_than_a_twentieth_is_noise_and_changes_nothing() -> None:
    adjustment = WeightAdjustment(lost=0.049, other=1.049, low=1.049)
    assert weighed(spot_best=True, adjustment=adjustment) == Weighed("clean", 1.0, ())
    assert weighed(poor=True, adjustment=adjustment) == Weighed("clean", 1.0, ())


def test_a_rejected_answer_keeps_weight_nothing_whatever_the_subject() -> None:
    adjustment = WeightAdjustment(lost=0.3, other=2.0, low=2.0, raised=0.5)
    for given in ({"spot_best": True}, {"poor": True}):
        found = weighed(REJECTED, **given, adjustment=adjustment)
        assert found == Weighed("rejected", 0.0, ("DEVICE_SHARED",))


def test_the_evidence_says_what_the_subjects_finding_did_to_the_weight() -> None:
    lost = weighed(spot_best=True, adjustment=WeightAdjustment(lost=0.3))
    assert explained(lost, {}) == {"ON_THE_SPOT_BEST": {"influenced": 0.3}}
    stands = weighed(adjustment=WeightAdjustment(other=1.5))
    assert explained(stands, {"RAPID_RUN": {}}) == {
        "RAPID_RUN": {},
        "STANDS_FOR_INFLUENCED": {"customers": 1.5},
    }


def test_a_good_score_stands_for_nobody_who_was_withheld() -> None:
    assert weighed(adjustment=WeightAdjustment(low=2.0)) == Weighed("clean", 1.0, ())


def test_what_is_explained_leaves_the_evidence_of_other_reasons_as_it_was() -> None:
    found = weighed(SUSPECT, poor=True, adjustment=WeightAdjustment(low=2.0))
    assert explained(found, {"DEVICE_SHARED": {"nats": 3.0}}) == {
        "DEVICE_SHARED": {"nats": 3.0},
        "STANDS_FOR_WITHHELD": {"customers": 2.0},
    }
