"""Gates of which story is told, and by what."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.combine import Verdict, combine
from collector.integrity.engine.finding import (
    ATTACK,
    CASE,
    CLIENT,
    CONTACT,
    HAND,
    ORIGIN,
    ROBOT,
    TEXT,
    Finding,
)
from tests.integrity.engine.gates.test_combine import found, said


def test_another_hand_on_the_customers_own_phone_is_another_story() -> None:
    assert [said((HAND, v), (ORIGIN, 4.0)) for v in (3.0, 3.9, 4.0, 4.1, 5.0)] == [
        "suspect 0.628 made_up 1",
        "suspect 0.628 made_up 1",
        "suspect 0.628 made_up 1",
        "suspect 0.651 made_up 1",
        "rejected 0.821 made_up 1",
    ]
    assert [said((HAND, 4.0), (TEXT, v)) for v in (0.3, 0.4, 1.0)] == [
        "suspect 0.695 made_up 1",
        "suspect 0.716 made_up 2",
        "rejected 0.821 made_up 2",
    ]
    assert [said((HAND, 3.5), (ORIGIN, v)) for v in (-2.5, 1.0)] == [
        "suspect 0.506 made_up 1",
        "suspect 0.506 made_up 1",
    ]
    assert [said((TEXT, 3.0), (CASE, 1.0), (ORIGIN, v)) for v in (-1.0, 0.0)] == [
        "clean 0.383 made_up 2",
        "suspect 0.628 made_up 2",
    ]


def reasons(*nats: tuple[str, float], **given: Any) -> str:
    verdict = combine(found(*nats, **given))
    return f"{verdict.verdict}: {', '.join(verdict.reasons)}"


def test_reasons_are_what_speaks_against_in_the_way_that_is_likeliest() -> None:
    assert [reasons((CONTACT, 5.0), (ORIGIN, v)) for v in (-1.0, 0.1, 0.11, 0.2, 6.0)] == [
        "suspect: contact 0",
        "rejected: contact 0",
        "rejected: contact 0, origin 1",
        "rejected: contact 0, origin 1",
        "rejected: origin 1, contact 0",
    ]
    assert [reasons((CONTACT, 5.0), (HAND, v)) for v in (1.0, 6.0)] == [
        "rejected: contact 0",
        "rejected: hand 1",
    ]
    assert [reasons((CONTACT, 4.0), (HAND, v)) for v in (3.9, 4.0, 4.1)] == [
        "suspect: contact 0",
        "suspect: contact 0",
        "suspect: hand 1",
    ]
    assert [reasons((CONTACT, 5.0), (TEXT, 0.5), (HAND, v)) for v in (1.0, 6.0)] == [
        "rejected: contact 0, text 1",
        "rejected: hand 2, text 1",
    ]
    assert [reasons((ROBOT, v), (CONTACT, 4.7), (ATTACK, 4.0)) for v in (3.0, 9.0)] == [
        "rejected: contact 1",
        "rejected: robot 0",
    ]
    assert [reasons((ATTACK, v), (CONTACT, 4.7), (ROBOT, 3.0)) for v in (3.0, 9.0)] == [
        "rejected: contact 1",
        "suspect: attack 0",
    ]
    assert [reasons((CONTACT, 5.0), (TEXT, 0.5), (ROBOT, 0.5), (ATTACK, 0.5))] == [
        "rejected: contact 0, text 1"
    ]


def whole(verdict: Verdict) -> tuple[object, ...]:
    return (
        verdict.verdict, verdict.weight, verdict.p, verdict.kind, verdict.reasons, verdict.groups
    )  # fmt: skip


def test_what_is_certain_is_certain_and_named_whatever_it_weighs() -> None:
    twice = [Finding("DUPLICATE", ROBOT, 0.0, certain=True)]
    assert whole(combine(twice)) == ("suspect", 0.0, 1.0, "machine", ("DUPLICATE",), 0)
    assert whole(combine([*twice, *found((ROBOT, 1.0))])) == (
        "suspect",
        0.0,
        1.0,
        "machine",
        ("robot 0", "DUPLICATE"),
        0,
    )
    assert whole(combine([*twice, *found((ORIGIN, 5.0))])) == (
        "suspect",
        0.0,
        1.0,
        "machine",
        ("DUPLICATE",),
        1,
    )


def test_weights_and_groups() -> None:
    assert whole(combine([])) == ("clean", 1.0, 0.0, "made_up", (), 0)
    assert whole(combine(found((CONTACT, 3.6)))) == (
        "suspect",
        0.4691,
        0.5309,
        "made_up",
        ("contact 0",),
        1,
    )
    assert whole(combine(found((CONTACT, 3.0)))) == ("clean", 1.0, 0.3832, "made_up", (), 1)
    assert whole(combine(found((CONTACT, 5.0), (ORIGIN, 0.3), (CLIENT, 0.4)))) == (
        "rejected",
        0.0,
        0.9024,
        "made_up",
        ("contact 0", "client 2", "origin 1"),
        2,
    )


def test_what_is_far_from_the_bar_stays_a_chance() -> None:
    assert [combine(found((ATTACK, v))).p for v in (-99.0, 99.0)] == [0.0, 1.0]
    assert [combine(found((CASE, v), (ORIGIN, 6.0), (CONTACT, 6.0))).p for v in (-999, 1)] == [
        0.0,
        0.9999,
    ]
