"""From findings to a verdict."""

from __future__ import annotations

import pytest

from collector.integrity import judgement
from collector.integrity.evidence import Case, Finding
from collector.integrity.judgement import combine, judge
from tests.answers.taps import confirmed, provisional
from tests.factories import NOON


def test_nothing_found_is_clean_with_weight_one() -> None:
    result = combine([])
    assert (result.verdict, result.weight, result.reasons, dict(result.evidence)) == (
        "clean", 1.0, (), {},
    )  # fmt: skip


@pytest.mark.parametrize("nats", [0.8, 1.5, 3.0, 4.5])
def test_one_weak_finding_rejects_nobody(nats: float) -> None:
    result = combine([Finding("too_fast", nats, {"seconds": 0.2})])
    assert (result.verdict, result.weight) == ("clean", 1.0)
    assert result.evidence["too_fast"] == {"seconds": 0.2}


def test_evidence_adds_up_to_suspect_and_then_to_rejected() -> None:
    verdicts = [
        combine([Finding("a", nats, {"n": 1}), Finding("b", 1.5, {"n": 2})])
        for nats in (2.0, 4.0, 7.0)
    ]
    assert [result.verdict for result in verdicts] == ["clean", "suspect", "rejected"]
    assert verdicts[1].weight == round(1 - float(str(verdicts[1].evidence["p"])), 4)
    assert verdicts[1].reasons == ("a", "b")
    assert verdicts[2].weight == 0.0


def test_more_evidence_never_weighs_more_in_favour() -> None:
    weights = [combine([Finding("a", nats / 4, {"n": nats})]).weight for nats in range(60)]
    assert weights == sorted(weights, reverse=True)


def test_a_certain_finding_rejects_by_itself() -> None:
    result = combine([Finding("duplicate", 0.0, {"counted_response": "rsp_1"}, certain=True)])
    assert (result.verdict, result.weight, result.reasons) == ("rejected", 0.0, ("duplicate",))


def test_no_check_alone_rejects_a_press() -> None:
    """Even the strongest thing about one press leaves it a weight."""
    tap = confirmed(9, 900, user_agent="")
    result = judge(Case("rsp_1", "confirmed", 9, tap.tapped_at, (tap,)))
    assert result.verdict == "suspect"
    assert result.weight > 0


def test_a_scanner_that_presses_every_button_is_rejected_only_with_more() -> None:
    taps = tuple(confirmed(s, 900 + s / 10, user_agent="curl/8") for s in range(11))
    result = judge(Case("rsp_1", "confirmed", 10, taps[-1].tapped_at, taps))
    assert (result.verdict, result.reasons) == ("rejected", ("link_scanner",))


def test_a_response_that_only_machines_tapped_is_rejected_with_their_reasons() -> None:
    aside = (
        {"tap_id": "a", "reason": "decoy", "figures": {"seconds_from_decoy": 1.0}},
        {"tap_id": "b", "reason": "many_scores", "figures": {"scores": [1, 2]}},
        {"tap_id": "c", "reason": "many_scores", "figures": {"scores": [1, 2]}},
    )
    result = judge(Case("rsp_1", "set_aside", None, NOON, (provisional(9, 3),), aside))
    assert (result.verdict, result.weight) == ("rejected", 0.0)
    assert result.reasons == ("decoy", "many_scores")
    assert result.evidence["many_scores"] == {"scores": [1, 2]}


def test_the_version_fits_its_column_and_names_every_check() -> None:
    assert len(judgement.VERSION) <= 20
    assert judgement.VERSION.count(".") == len(judgement.CHECKS) - 1
