"""What is usual in a store: honest habits move it, those who overdo it do not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from collector.integrity.engine.combine import REJECTED
from collector.integrity.engine.engine import Engine
from collector.integrity.engine.records import Case
from collector.integrity.engine.usual_rates import usual_here
from tests.integrity.engine.conftest import judge
from tests.integrity.engine.quarter import AGENTS, quiet


def corrected(rates: dict[str, float], seed: int = 1) -> list[Case]:
    """The quiet company, in which an agent's customers' numbers are put right this often."""
    random = Random(seed)
    return [
        replace(c, on_file=f"old {c.contact}") if random.random() < rates[c.agent] else c
        for c in quiet(36)
    ]


def usual(cases: list[Case], store: str, subject: str) -> float:
    engine = Engine()
    for case in sorted(cases, key=lambda c: (c.answered, c.id)):
        list(engine.advance_to(case.answered))
        engine.answer(case)
    list(engine.finish())
    return usual_here(engine.stats, store, subject)


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.1, 0.15, 0.2])
@pytest.mark.parametrize("stores", [("S0",), ("S0", "S1")])
def test_nobody_is_rejected_where_numbers_are_put_right_however_often(
    rate: float, stores: tuple[str, ...]
) -> None:
    rates = {name: rate if f"S{int(name[1:]) // 10}" in stores else 0.02 for name in AGENTS}
    said = judge(corrected(rates))
    assert not [id for id, v in said.items() if v.verdict == REJECTED]


def test_a_store_that_tidies_its_file_has_a_usual_rate_of_its_own() -> None:
    rates = {name: 0.15 if int(name[1:]) < 10 else 0.02 for name in AGENTS}
    cases = corrected(rates)
    assert usual(cases, "S0", "A00") > 0.08
    assert usual(cases, "S1", "A10") < 0.06


@pytest.mark.parametrize("gaming", [0, 1, 2, 3, 4])
def test_what_is_usual_does_not_follow_those_who_overdo_it(gaming: int) -> None:
    """Up to four of ten in a store, half of whose customers' numbers are not theirs."""
    rates = dict.fromkeys(AGENTS, 0.03) | dict.fromkeys(AGENTS[:gaming], 0.5)
    assert usual(corrected(rates), "S0", "A09") < 0.12
    assert usual(corrected(rates), "S1", "A19") < 0.08
