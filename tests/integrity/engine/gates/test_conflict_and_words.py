"""Gates of the checks on trouble beside a best score, and on what was written."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.checks.interaction import score_conflict
from collector.integrity.engine.checks.wording import template_text
from collector.integrity.engine.counters import RunningMean
from collector.integrity.engine.records import Signal
from collector.integrity.engine.running_statistics import DAY
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import (
    asked,
    company,
    rate,
    weighs,
)


def conflict(
    *signals: tuple[str, float | None, float], store: tuple[int, int] = (0, 0),
    everywhere: tuple[int, int] = (0, 0), calls: int = 40, now: float = START + DAY, **given: Any,
) -> float | None:  # fmt: skip
    """A best score beside signals (kind, value, hours later)."""
    stats = company()
    stats.best_in_trouble["S"] = rate(*store)
    stats.best_in_trouble[""] = rate(*everywhere)
    stats.call_scores = RunningMean()
    for n in range(calls):
        stats.call_scores.add(70.0 + 20 * (n % 2))
    found = tuple(Signal(kind, value, START + 3600 * hours) for kind, value, hours in signals)
    return weighs(score_conflict.check, asked(answered=START, signals=found, **given), stats, now)


def test_a_best_score_beside_trouble() -> None:
    assert [conflict((kind, None, 1)) for kind in ("complaint", "refund", "repeat_contact")] == [
        0.811,
        0.811,
        0.811,
    ]
    assert [conflict(("complaint", None, h)) for h in (23.9, 24, 24.1)] == [0.811, 0.811, None]
    assert [conflict((kind, None, 1)) for kind in ("qa", "praise")] == [None, None]
    assert conflict(("complaint", None, 1), score=4.0) is None
    assert conflict() is None


def test_a_best_score_beside_trouble_where_that_is_usual() -> None:
    trouble = ("complaint", None, 1)
    assert [conflict(trouble, everywhere=(h, 100)) for h in (0, 20, 50, 75, 90)] == [
        1.2,
        1.2,
        0.622,
        0.263,
        None,
    ]
    assert [conflict(trouble, store=(h, 100)) for h in (0, 30, 60, 100)] == [
        1.2,
        1.045,
        0.463,
        None,
    ]
    assert conflict(trouble, everywhere=(100, 100), store=(100, 100)) is None
    assert [conflict(trouble, everywhere=e, store=(80, 100)) for e in ((0, 900), (800, 900))] == [
        0.298,
        0.102,
    ]


def test_a_best_score_after_a_poor_call() -> None:
    assert [conflict(("qa", v, 1)) for v in (56.0, 60.0, 66.9, 67.1, 73.0, None)] == [
        0.4,
        0.4,
        0.4,
        None,
        None,
        None,
    ]
    assert [conflict(("qa", 40.0, 1), calls=n) for n in (15, 16, 30, 31, 60)] == [
        None,
        None,
        None,
        0.4,
        0.4,
    ]
    assert [conflict(("qa", 40.0, h)) for h in (23.9, 24, 24.1)] == [0.4, 0.4, None]
    assert conflict(("qa", 40.0, 1), ("complaint", None, 1)) == 1.211
    assert conflict(("qa", 90.0, 1), ("complaint", None, 1)) == 0.811
    assert conflict(("praise", 40.0, 1)) is None


SENTENCE = (1, 2, 3, 4, 5, 6, 7, 8)


def template(
    mine: int, others: int = 0, *, same: bool = True, comments: int = 40, total: int = 400,
    **given: Any,
) -> float | None:  # fmt: skip
    """A comment that so many of the subject's and of others' customers wrote as well."""
    stats = company()
    for n in range(mine):
        tail = () if same else tuple(100 + n for _ in range(3))
        stats.wording.add((*SENTENCE[: 8 - len(tail)], *tail), 0, "A0")
    for _ in range(others):
        stats.wording.add(SENTENCE, 0, "A1")
    stats.profiles["A0"].comments = comments
    stats.company.comments = total
    return weighs(template_text.check, asked(**{"bands": SENTENCE, "long": True, **given}), stats)


def test_the_same_words_again_and_again() -> None:
    assert [template(n) for n in (1, 2, 3, 4, 5, 6, 8, 20, 40)] == [
        None,
        2.109,
        4.078,
        4.369,
        4.4,
        4.4,
        4.4,
        4.4,
        4.4,
    ]
    assert [template(n, same=False) for n in (1, 2, 3, 4, 5, 6, 8, 20)] == [
        None,
        2.109,
        2.5,
        2.5,
        2.5,
        2.5,
        2.5,
        2.5,
    ]
    assert [template(n, long=False) for n in (2, 3, 5, 8)] == [2.109, 2.5, 2.5, 2.5]
    assert [template(20, cases_then=n) for n in (None, 1, 2, 3, 4, 5)] == [
        4.4,
        4.4,
        4.4,
        2.5,
        2.5,
        2.5,
    ]
    assert template(8, score=3.0) is None
    assert template(8, bands=None) is None


def test_the_same_words_where_hardly_anybody_writes() -> None:
    assert [template(3, comments=3, total=t, long=False) for t in (3, 4, 5, 9)] == [
        None,
        None,
        0.701,
        2.5,
    ]
    assert [template(n, long=True) for n in (2, 3)] == [2.109, 4.078]


def test_the_same_words_where_others_write_them_as_well() -> None:
    assert [template(5, n) for n in (1, 3, 5, 10, 20, 40)] == [
        3.515,
        2.537,
        2.014,
        0.62,
        None,
        None,
    ]
    assert [template(5, 2, comments=n) for n in (5, 20, 80, 200)] == [4.4, 3.696, 2.041, None]
    assert [template(3, 1, comments=c, total=t) for c, t in ((40, 40), (40, 41), (40, 42))] == [
        None,
        None,
        None,
    ]
    assert [template(4, n, long=False) for n in (2, 3, 4, 5, 6, 7)] == [
        2.5,
        2.286,
        1.603,
        1.146,
        0.824,
        0.59,
    ]
