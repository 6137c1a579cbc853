"""Each gate by itself, their order, and competing rules: pure, with the figures they report."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from collector.clock import iso
from collector.rules.conditions import Facts
from collector.rules.definition import check, ready
from collector.triggers import arbitration, reasons
from collector.triggers.gates.caps import global_cap
from collector.triggers.gates.condition import condition
from collector.triggers.gates.order import walk
from collector.triggers.gates.sampling import sample_position
from collector.triggers.gates.situation import PersonContext, Situation
from collector.triggers.history import PastInvitation
from tests.triggers.making import NOON, rule

DAY = timedelta(days=1)


def seen(person: dict[str, Any] | None = None, **changes: Any) -> Situation:
    """A situation that passes every gate, changed: `rule` changes the rule, `context` the event."""
    definition = check(rule(**{"channels": ["inapp", "sms", "email"], **changes.pop("rule", {})}))
    standing = {
        "ref": "c-1",
        "contacts": {"sms": "+5511987654321", "email": "ana@example.com"},
        "consent": {"any": "granted"},
        **(person or {}),
    }
    return Situation(
        rule=ready("rul_1", definition),
        occurred_at=changes.pop("occurred_at", NOON - timedelta(hours=1)),
        now=NOON,
        lapse_days=14,
        facts=Facts(
            event_type="order.delivered", source="shop", occurred_at=NOON, person={},
            context=changes.pop("context", {}), subjects={},
        ),
        person=PersonContext(**standing),
    )  # fmt: skip


def reason(situation: Situation) -> str:
    return walk(situation)[-1].reason


def test_the_order_is_fixed() -> None:
    assert [check.gate for check in walk(seen())] == [
        "audience", "condition", "cancelled", "timing", "consent", "channel", "contact",
        "sampling", "control", "global_cap", "survey_cap", "quiet", "calendar", "quota",
    ]  # fmt: skip


def test_the_first_gate_that_fails_gives_the_reason_and_ends_the_walk() -> None:
    walked = walk(seen({"consent": {"any": "denied"}}, rule={"when": "1 == 2", "sample": 0}))
    assert [(one.gate, one.reason) for one in walked] == [
        ("audience", ""), ("condition", "condition_false"),
    ]  # fmt: skip


def test_a_missing_field_is_named() -> None:
    check = condition(seen(rule={"when": "context.amount > 100"}))
    assert check.reason == "condition_false"
    assert "context.amount" in reasons.sentence(check.reason, check.facts)


def test_an_event_too_old_to_be_answered_asks_nobody() -> None:
    assert reason(seen(occurred_at=NOON - 14 * DAY)) == "too_late"
    assert reason(seen(occurred_at=NOON - 14 * DAY + timedelta(minutes=1))) == ""
    assert reason(seen(occurred_at=NOON - 14 * DAY, rule={"delay": "1h"})) == ""


@pytest.mark.parametrize(
    ("consent", "suppressed", "mode", "expected"),
    [
        ({"any": "granted"}, {}, "required", ["inapp", "sms", "email"]),
        ({"any": "denied", "sms": "granted"}, {}, "required", []),
        ({"any": "granted", "email": "denied"}, {}, "required", ["inapp", "sms"]),
        ({"sms": "granted"}, {}, "required", ["inapp", "sms"]),
        ({}, {}, "required", ["inapp"]),
        ({}, {}, "implied", ["inapp", "sms", "email"]),
        ({"sms": "denied"}, {}, "implied", ["inapp", "email"]),
        ({"any": "granted"}, {"sms": "stop"}, "required", ["inapp", "email"]),
        ({"any": "granted"}, {"email": "bounce"}, "required", ["inapp", "sms"]),
    ],
)
def test_only_channels_that_the_person_agreed_to_are_used(
    consent: dict[str, str], suppressed: dict[str, str], mode: str, expected: list[str]
) -> None:
    situation = seen({"consent": consent, "suppressed": suppressed}, rule={"consent": mode})
    reached = [check for check in walk(situation) if check.gate == "channel"]
    assert [check.facts["channels"] for check in reached] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"consent": {}}, "no_consent"),
        ({"consent": {"sms": "denied"}}, "no_consent"),
        ({"consent": {"any": "denied"}}, "opted_out"),
        ({"suppressed": {"sms": "stop", "email": "unsubscribe"}}, "opted_out"),
        ({"suppressed": {"sms": "bounce", "email": "bounce"}}, "no_channel"),
        ({"contacts": {}}, "no_channel"),
    ],
)
def test_who_cannot_be_asked_is_held_back_for_the_right_reason(
    person: dict[str, Any], expected: str
) -> None:
    assert reason(seen(person, rule={"channels": ["sms", "email"]})) == expected


def test_a_break_holds_back_what_would_go_out_before_it_ends() -> None:
    until = NOON + 30 * DAY
    person = {"paused_until": until}
    ended = walk(seen(person))[-1]
    assert (ended.gate, ended.reason, ended.facts["again_at"]) == ("consent", "paused", iso(until))
    assert iso(until) in reasons.sentence(ended.reason, ended.facts)
    assert reason(seen({"paused_until": NOON})) == ""
    assert reason(seen(person, rule={"delay": "30d"}, occurred_at=NOON)) == ""
    assert reason(seen({**person, "consent": {"any": "denied"}})) == "opted_out"
    assert reason(seen({**person, "consent": {}}, rule={"channels": ["sms"]})) == "no_consent"


def test_sampling_takes_a_stable_share_of_people() -> None:
    places = [sample_position("delivered", f"c-{number}") for number in range(20_000)]
    for share in (0.1, 0.25, 0.9):
        taken = sum(place < share for place in places) / len(places)
        assert taken == pytest.approx(share, abs=0.015)
    assert places[7] == sample_position("delivered", "c-7") != sample_position("other", "c-7")


def test_a_sample_of_all_asks_all_and_of_nothing_nobody() -> None:
    assert reason(seen(rule={"sample": 1})) == ""
    assert reason(seen(rule={"sample": 0})) == "sampled_out"


@pytest.mark.parametrize(
    ("caps", "survey", "days", "expected"),
    [
        ((30, 0), "other", 29.9, "capped_global"),
        ((30, 0), "other", 30, ""),
        ((0, 90), "delivery", 89, "capped_survey"),
        ((0, 90), "other", 1, ""),
        ((30, 90), "delivery", 31, "capped_survey"),
        ((30, 90), "delivery", 5, "capped_global"),
        ((0, 0), "delivery", 0, ""),
    ],
)
def test_caps_keep_asks_apart(
    caps: tuple[int, int], survey: str, days: float, expected: str
) -> None:
    person = {"asks": [PastInvitation(survey, NOON - timedelta(days=days))]}
    limits = {"global_days": caps[0], "survey_days": caps[1]}
    assert reason(seen(person, rule={"caps": limits})) == expected


def test_an_ask_that_is_yet_to_go_out_counts_too() -> None:
    person = {"asks": [PastInvitation("other", NOON + 7 * DAY)]}
    check = global_cap(seen(person, rule={"caps": {"global_days": 30}}))
    assert check.reason == "capped_global"
    assert check.facts["again_at"] == "2026-04-08T12:00:00.000Z"


def test_the_highest_priority_wins_and_ties_go_by_key() -> None:
    names = [("b", 5), ("a", 5), ("c", 9), ("d", 1)]
    situations = [seen(rule={"key": key, "priority": priority}) for key, priority in names]
    random.Random(3).shuffle(situations)
    rulings = {one.rule.key: one for one in arbitration.decide(situations)}
    assert {key: one.reason for key, one in rulings.items()} == {
        "a": "outranked", "b": "outranked", "c": "invited", "d": "outranked",
    }  # fmt: skip
    tied = [seen(rule={"key": key, "priority": 5}) for key in ("b", "a")]
    assert [one.rule.key for one in arbitration.decide(tied) if one.plan] == ["a"]


def test_a_rule_that_fails_a_gate_gives_way_to_a_lower_one() -> None:
    rulings = arbitration.decide(
        [seen(rule={"key": "high", "priority": 9, "sample": 0}), seen(rule={"key": "low"})]
    )
    assert [(one.rule.key, one.reason) for one in rulings] == [
        ("high", "sampled_out"), ("low", "invited"),
    ]  # fmt: skip


def test_the_plan_starts_after_the_delay_and_never_in_the_past() -> None:
    (late,) = arbitration.decide([seen(occurred_at=NOON - 2 * DAY, rule={"delay": "1h"})])
    (soon,) = arbitration.decide([seen(rule={"delay": "2h"})])
    assert late.plan is not None
    assert soon.plan is not None
    assert late.plan.ask_at == NOON
    assert soon.plan.ask_at == NOON + timedelta(hours=1)
    assert soon.plan.lapses_at == soon.plan.ask_at + 14 * DAY


def test_every_reason_has_a_meaning_and_a_remedy_and_its_figures_fit() -> None:
    for code, one in reasons.REASONS.items():
        assert one.meaning
        assert one.remedy
        assert reasons.sentence(code, {}) == one.meaning or not one.template.count("{")


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (seen(rule={"sample": 0}), "asks those below 0"),
        (seen(occurred_at=NOON - 20 * DAY), "480.0 hours old"),
        (seen({"consent": {"any": "denied"}}), "Declined on inapp, sms, email"),
        (seen({"contacts": {}}, rule={"channels": ["sms"]}), "No usable address for sms"),
        (seen(rule={"when": "context.a/0 == 1"}, context={"a": 1}), "divide by zero"),
        (
            seen({"asks": [PastInvitation("x", NOON)]}, rule={"caps": {"global_days": 3}}),
            "again from 2026-03-05",
        ),
    ],
)
def test_a_reason_is_told_in_words_with_its_figures(situation: Situation, words: str) -> None:
    (ruling,) = arbitration.decide([situation])
    assert words in reasons.sentence(ruling.reason, ruling.facts)
