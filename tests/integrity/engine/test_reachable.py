"""No check stops a hair below the bar: what each can reach is a page that is generated."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings

from collector.integrity.engine.checks.registry import CHECKS
from collector.integrity.engine.combine import (
    BAR,
    NOT_ALONE,
    REJECTED,
    SELF_SUFFICIENT,
    STRONG,
    SUMMED,
    SUSPECT,
    combine,
)
from collector.integrity.engine.finding import CONTACT, ORIGIN, Finding
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import run
from tests.integrity.engine.reachable import LARGEST, PAGE, finding, page
from tests.integrity.engine.test_properties import companies

FOR_THE_ANSWER = {"ASSISTED_DEVICE", "KNOWN_CUSTOMER", "SOLICITED_TEXT"}


def test_the_page_is_what_the_engine_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_check_is_on_it() -> None:
    assert {check.code for check in CHECKS} == set(LARGEST) | FOR_THE_ANSWER


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(companies())
def test_no_check_gives_more_than_the_page_says(cases: list[Case]) -> None:
    for judged in run(cases):
        for code, figures in judged.verdict.evidence.items():
            assert code in FOR_THE_ANSWER or float(str(figures["nats"])) <= LARGEST[code][1] + 0.01


@pytest.mark.parametrize("code", sorted(SELF_SUFFICIENT))
def test_what_is_enough_by_itself_rejects_by_itself(code: str) -> None:
    assert combine([finding(code)]).verdict == REJECTED


@pytest.mark.parametrize("group", [CONTACT, ORIGIN])
def test_what_is_strong_enough_lies_above_the_bar(group: str) -> None:
    assert STRONG[group] >= BAR
    assert combine([Finding("ANY", group, STRONG[group])]).verdict == REJECTED


@pytest.mark.parametrize("code", sorted(NOT_ALONE))
def test_what_is_never_enough_alone_is_not_however_large_and_with_any_reputation(code: str) -> None:
    assert combine([finding(code)], reputation=9.0).verdict == SUSPECT
    assert combine([Finding(code, CONTACT, 50.0)], reputation=9.0).verdict == SUSPECT


def test_facts_of_one_group_add_up() -> None:
    device = [Finding("DEVICE_SHARED", ORIGIN, 4.6), Finding("NETWORK_CONCENTRATION", ORIGIN, 3.0)]
    assert combine(device).verdict == REJECTED
    number = [Finding("CONTACT_CHANGED", CONTACT, 3.1), Finding("CONTACT_REUSED", CONTACT, 2.0)]
    assert combine(number).verdict == SUSPECT
    assert combine(number, reputation=1.5).verdict == REJECTED


@pytest.mark.parametrize("group", sorted(SUMMED))
def test_one_fact_more_in_a_group_never_makes_a_verdict_milder(group: str) -> None:
    order = ("clean", "suspect", "rejected")
    for first in range(0, 80, 4):
        alone = combine([Finding("A", group, first / 10)])
        for second in range(0, 40, 4):
            both = combine([Finding("A", group, first / 10), Finding("B", group, second / 10)])
            assert order.index(both.verdict) >= order.index(alone.verdict)
            assert both.p >= alone.p
