"""The same sentence again and again for one agent reaches a verdict; thanks by name do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collector.integrity.engine.combine import CLEAN, REJECTED, SUSPECT, Verdict
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import judge
from tests.integrity.engine.found import of
from tests.integrity.engine.quarter import low, quiet

SENTENCE = "The service was excellent, everything was explained to me, I will come again"
CHINESE = "服务态度非常好，讲解很详细，环境也干净整洁，下次还会再来的"
QUIET = [
    replace(c, comment=f"my visit number {n * 7919 % 100003} went {'well' if n % 3 else 'so so'}")
    if n % 2 else c for n, c in enumerate(quiet())
]  # fmt: skip


def saying(comment: str, count: int, **given: object) -> list[Case]:
    return [
        low(9000 + n, "A05", 3 + 4 * n, score=5.0, comment=comment, **given) for n in range(count)
    ]


def said_of(cases: list[Case]) -> list[Verdict]:
    said = judge([*QUIET, *cases])
    return [said[case.id] for case in cases]


@pytest.mark.parametrize("sentence", [SENTENCE, CHINESE])
def test_a_long_sentence_word_for_word_is_suspect_by_itself(sentence: str) -> None:
    found = said_of(saying(sentence, 8))
    assert {v.verdict for v in found} == {SUSPECT}
    assert {v.reasons for v in found} == {("TEMPLATE_TEXT",)}


def test_with_another_kind_of_evidence_it_is_set_aside() -> None:
    number = [replace(c, on_file=f"own {n}") for n, c in enumerate(saying(SENTENCE, 8))]
    assert {v.verdict for v in said_of(number)} == {REJECTED}


@pytest.mark.parametrize("thanks", ["thank you Anna!", "王师傅服务态度很好", "good", "非常满意"])
def test_who_is_thanked_by_name_is_thanked_alike(thanks: str) -> None:
    assert {v.verdict for v in said_of(saying(thanks, 12))} == {CLEAN}


def test_a_tag_that_everybody_presses_says_nothing() -> None:
    tag = "Friendly staff; quick service; clean rooms; fair price"
    everybody = [replace(c, comment=tag) if n % 4 else c for n, c in enumerate(QUIET)]
    said = judge([*everybody, *saying(tag, 8)])
    assert {v.verdict for v in said.values()} == {CLEAN}


def test_words_posted_twice_were_written_once() -> None:
    first = saying(SENTENCE, 2)
    again = [replace(c, id=f"R{9900 + n}", answered=c.answered + 4) for n, c in enumerate(first)]
    said = judge([*QUIET, *first, *again])
    assert {said[c.id].verdict for c in first} == {CLEAN}


def test_a_regular_who_always_says_the_same_is_a_regular() -> None:
    regular = saying(SENTENCE, 8, customer="regular", cases_then=5, cases_later=8)
    assert {v.verdict for v in said_of(regular)} == {CLEAN}


def test_somebody_who_comes_often_may_say_the_same_again() -> None:
    """Less is said of it than of as many customers who came once."""
    often = said_of(saying(SENTENCE, 8, cases_then=7, cases_later=7))[-1]
    once = said_of(saying(SENTENCE, 8))[-1]
    assert of("TEMPLATE_TEXT", often) < of("TEMPLATE_TEXT", once)
