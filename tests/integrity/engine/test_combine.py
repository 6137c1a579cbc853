"""Where a verdict begins: suspect from p = 0.5, rejected from 0.75 with two kinds of evidence."""

from __future__ import annotations

import math

import pytest

from collector.integrity.engine.combine import CLEAN, REJECTED, SUSPECT, Verdict, combine
from collector.integrity.engine.finding import CONTACT, ORIGIN, SESSION, Finding

PRIOR = 0.03  # how often an answer is made up before anything is known of it


def judged(p: float, *, kinds: tuple[str, ...] = (ORIGIN, SESSION)) -> Verdict:
    """The verdict of evidence that makes it so likely that the answer was made up."""
    needed = math.log(p / (1 - p)) - math.log(PRIOR / (1 - PRIOR))
    return combine([Finding(f"CHECK_ON_{kind}", kind, needed / len(kinds)) for kind in kinds])


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        (0.4, CLEAN),
        (0.4999, CLEAN),
        (0.5, SUSPECT),
        (0.55, SUSPECT),
        (0.6, SUSPECT),
        (0.7499, SUSPECT),
        (0.75, REJECTED),
        (0.9, REJECTED),
    ],
)
def test_a_verdict_begins_where_the_method_says(p: float, verdict: str) -> None:
    found = judged(p)
    assert (found.verdict, found.p) == (verdict, pytest.approx(p))


def test_a_suspect_answer_keeps_the_weight_of_its_doubt_and_names_its_reasons() -> None:
    found = judged(0.55)
    assert found.weight == pytest.approx(0.45)
    assert set(found.reasons) == {"CHECK_ON_origin", "CHECK_ON_session"}


def test_a_clean_answer_keeps_its_whole_weight_and_what_was_found() -> None:
    found = judged(0.4999)
    assert (found.weight, found.reasons) == (1.0, ())
    assert set(found.evidence) == {"CHECK_ON_origin", "CHECK_ON_session"}


@pytest.mark.parametrize("kind", [ORIGIN, CONTACT, SESSION])
def test_one_kind_of_evidence_that_is_not_strong_does_not_reject(kind: str) -> None:
    assert judged(0.7, kinds=(kind,)).verdict == SUSPECT
    assert combine([Finding("ANY", kind, 4.4)]).verdict == SUSPECT
    assert combine([Finding("ANY", kind, 4.4)]).p > 0.7


def test_a_reputation_alone_makes_no_answer_suspect() -> None:
    assert combine([], reputation=9.0).verdict == CLEAN
    harmless = [Finding("ANY", ORIGIN, 0.1)]
    assert combine(harmless, reputation=9.0).verdict == CLEAN
