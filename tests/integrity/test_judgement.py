"""What is said of a response, in one vocabulary."""

from __future__ import annotations

from collector.integrity import judgement
from collector.integrity.engine import engine
from collector.integrity.engine.weights import Weighed


def item(reason: str, **figures: object) -> dict[str, object]:
    return {"tap_id": "tap_1", "reason": reason, "figures": figures}


def test_nothing_found_is_clean_with_weight_one() -> None:
    said = judgement.of(Weighed("clean", 1.0, ()), {}, 0.0)
    assert (said.verdict, said.weight, said.reasons, dict(said.evidence)) == ("clean", 1.0, (), {})


def test_evidence_says_how_likely_and_what_weights_added() -> None:
    weighed = Weighed("suspect", 0.7, ("ON_THE_SPOT_BEST",), influenced=0.3)
    said = judgement.of(weighed, {"TAP_STREAM": {"nats": -3.0}}, 0.01)
    assert said.reasons == ("ON_THE_SPOT_BEST",)
    assert said.evidence == {
        "TAP_STREAM": {"nats": -3.0}, "ON_THE_SPOT_BEST": {"influenced": 0.3}, "p": 0.01,
    }  # fmt: skip


def test_taps_of_machines_are_a_link_scanners_with_the_folds_own_words() -> None:
    said = judgement.set_aside([
        item("decoy", seconds_from_decoy=1.0), item("many_scores", scores=[1, 2]),
        item("many_scores", scores=[1, 2]),
    ])  # fmt: skip
    assert (said.verdict, said.weight, said.reasons) == ("rejected", 0.0, ("LINK_SCANNER",))
    assert said.evidence == {
        "LINK_SCANNER": {"decoy": {"seconds_from_decoy": 1.0}, "many_scores": {"scores": [1, 2]}}
    }


def test_nobody_pressed_in_a_strict_survey_is_no_scanner() -> None:
    said = judgement.set_aside([item("unconfirmed", strict=True)])
    assert (said.verdict, said.reasons) == ("rejected", ("UNCONFIRMED",))


def test_the_version_fits_its_column_and_changes_with_every_check() -> None:
    assert len(judgement.VERSION) <= 20
    assert engine.VERSION == judgement.CHECKS
    assert engine.VERSION.count(".") == len(engine.CHECKS) - 1
    assert len(engine.VERSION) <= 200
