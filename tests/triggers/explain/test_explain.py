"""An explanation says what was seen then, what became of it, how it is now, when it could be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.errors import InvalidInput, NotFound
from collector.intake import receive
from collector.model.base import unit_of_work
from collector.model.people import Person
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.triggers.explain.event import explain_event
from collector.triggers.explain.gate_report import ORDER
from collector.triggers.explain.person import explain_person
from collector.work import tasks
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, read, rule

DAY = timedelta(days=1)
CAPS = {"global_days": 30, "survey_days": 90}


@pytest.fixture
def use(ctx: Flask) -> Callable[..., None]:
    def put(*definitions: dict[str, Any]) -> None:
        with clock.at(NOON - DAY):
            apply_surveys([survey(), survey("love", "nps")])
            apply_rules(definitions)

    return put


def happen(at: Any = NOON, **changes: Any) -> str:
    """Our id of an event that came in at `at` and was decided."""
    changes.setdefault("occurred_at", clock.iso(at))
    with clock.at(at):
        (kept,) = receive.receive([read(event(**changes), at)])
        decide.decide_events([kept.id])
    return kept.id


def explained(event_id: str, at: Any = NOON) -> dict[str, Any]:
    with clock.at(at):
        return explain_event(event_id)


def gates(told: dict[str, Any], when: str = "then", rule: str = "delivered") -> dict[str, Any]:
    (one,) = [one for one in told["rules"] if one["rule"] == rule]
    return {line["gate"]: line for line in one[when]["gates"]}


def test_every_gate_is_listed_with_a_question_and_an_answer(use: Callable[..., None]) -> None:
    use(rule(caps=CAPS))
    told = explained(happen())
    for when in ("then", "now"):
        listed = gates(told, when)
        assert tuple(listed) == ORDER
        assert all(line["question"].endswith("?") for line in listed.values())
        assert all(line["sentence"].endswith(".") for line in listed.values())
        assert {line["result"] for line in listed.values()} == {"pass"}


def test_one_held_back_shows_which_gate_with_its_figures_and_what_was_not_reached(
    use: Callable[..., None],
) -> None:
    use(rule(caps=CAPS))
    happen()
    second = happen(NOON + DAY)
    told = explained(second, NOON + DAY)
    listed = gates(told)
    assert listed["global_cap"]["result"] == "fail"
    assert listed["global_cap"]["reason"] == "capped_global"
    assert listed["global_cap"]["figures"]["days"] == 30
    assert "2026-04-01" in listed["global_cap"]["sentence"]
    results = [line["result"] for line in listed.values()]
    at = results.index("fail")
    assert set(results[:at]) == {"pass"}
    assert set(results[at + 1 :]) == {"not_reached"}
    (one,) = told["rules"]
    # The survey's own cap is the longer one.
    assert one["now"]["next_time"]["event_from"].startswith("2026-05-31")


def test_the_facts_of_then_stay_when_the_present_is_different(use: Callable[..., None]) -> None:
    use(rule(when="context.amount > 100"))
    event_id = happen(context={"amount": 50})
    use(rule(when="context.amount > 10"))
    (one,) = explained(event_id)["rules"]
    assert (one["then"]["reason"], one["then"]["rule_version"]) == ("condition_false", 1)
    assert one["now"]["reason"] == "invited"


def test_the_ask_that_this_event_led_to_stands_in_the_way_of_the_next_one_only(
    use: Callable[..., None],
) -> None:
    use(rule(caps=CAPS))
    (one,) = explained(happen())["rules"]
    assert one["now"]["reason"] == "invited"
    assert one["now"]["next_time"]["event_from"].startswith("2026-05-31")


def test_what_happened_afterwards_is_told_without_addresses(use: Callable[..., None]) -> None:
    use(rule())
    event_id = happen()
    with clock.at(NOON):
        (waiting,) = explained(event_id)["rules"]
        assert [one["what"] for one in waiting["then"]["afterwards"]] == ["waiting"]
        tasks.drain()
    told = explained(event_id)
    (sent,) = told["rules"]
    assert sent["then"]["afterwards"][0]["what"] in ("sent", "delivered")
    assert "+55" not in str(told)
    assert "@" not in str(told)
    assert told["person"] == "c-1"


def test_the_loser_of_a_contest_is_told_who_won(use: Callable[..., None]) -> None:
    use(rule(), rule("big", priority=5))
    listed = gates(explained(happen()))
    assert listed["priority"]["result"] == "fail"
    assert "big (priority 5)" in listed["priority"]["sentence"]


def test_an_ask_called_off_later_shows_both_decisions(use: Callable[..., None]) -> None:
    use(rule(delay="1d", cancel_on=["order.returned"]))
    first = happen(subjects={"order": "o-1"})
    happen(NOON + timedelta(hours=1), type="order.returned", subjects={"order": "o-1"})
    (one,) = explained(first, NOON + DAY)["rules"]
    assert one["then"]["reason"] == "cancelled_by_event"
    assert {line["result"] for line in one["then"]["gates"]} == {"pass"}
    assert [later["reason"] for later in one["then"]["overtaken_by"]] == ["cancelled_by_event"]
    assert [step["what"] for step in one["then"]["afterwards"]] == ["cancelled"]
    assert gates(explained(first, NOON + DAY), "now")["cancelled"]["result"] == "fail"


def test_an_event_that_nobody_listens_to_says_so(use: Callable[..., None]) -> None:
    use(rule())
    told = explained(happen(type="visit.ended"))
    assert (told["rules"], "No rule" in told["note"]) == ([], True)


def test_the_callers_own_id_is_enough_unless_two_sources_use_it(use: Callable[..., None]) -> None:
    use(rule())
    happen(id="o-77")
    assert explain_event("o-77")["event_id"] == "o-77"
    happen(id="o-77", source="other")
    with pytest.raises(InvalidInput) as refused:
        explain_event("o-77")
    assert refused.value.code == "ambiguous_event"
    assert explain_event("o-77", "other")["source"] == "other"
    with pytest.raises(NotFound):
        explain_event("o-78")


def test_a_person_is_told_from_when_on_each_rule_could_ask(use: Callable[..., None]) -> None:
    use(
        rule(caps=CAPS, when="context.amount > 10"),
        rule("love", survey="love", on="visit.ended", caps=CAPS),
    )
    happen(context={"amount": 50})
    with clock.at(NOON + DAY):
        told = explain_person("c-1")
        one = explain_person("c-1", "love")
    by_rule = {rule["rule"]: rule["next_time"] for rule in told["rules"]}
    assert by_rule["delivered"]["event_from"].startswith("2026-05-31")
    assert by_rule["love"]["event_from"].startswith("2026-04-01")
    assert [rule["rule"] for rule in one["rules"]] == ["love"]
    assert told["recent"][0]["reason"] == "invited"
    assert told["history"]["asked_total"] == 1


def test_quiet_hours_move_the_ask_and_not_the_event(use: Callable[..., None]) -> None:
    use(rule())
    happen(NOON, who={"timezone": "Asia/Shanghai"})
    night = NOON.replace(hour=15)  # 23:00 in Shanghai
    with clock.at(night):
        (one,) = explain_person("c-1")["rules"]
    assert one["next_time"]["event_from"] == clock.iso(night)
    assert one["next_time"]["ask_at"] == "2026-03-03T00:00:00.000Z"


def test_where_waiting_does_not_help_it_says_what_stands_against_it(
    use: Callable[..., None],
) -> None:
    use(rule())
    happen(who={"consent": {"any": "denied"}})
    with clock.at(NOON):
        (one,) = explain_person("c-1")["rules"]
    assert one["next_time"]["event_from"] is None
    assert one["next_time"]["reason"] == "opted_out"
    assert "Waiting would not help" in one["next_time"]["sentence"]


def test_after_a_break_it_is_said_when_they_may_be_asked_again(use: Callable[..., None]) -> None:
    use(rule(delay="2d"))
    happen(type="x.y")
    until = NOON + 30 * DAY
    with unit_of_work() as work:
        work.session.scalars(select(Person)).one().paused_until = until
        work.commit()
    held_back = happen()
    with clock.at(NOON):
        (one,) = explain_person("c-1")["rules"]
        (then,) = explain_event(held_back)["rules"]
    assert then["then"]["reason"] == "paused"
    assert "until 2026-04-01T12:00" in then["then"]["sentence"]
    assert one["next_time"]["event_from"] == clock.iso(until - 2 * DAY)
    assert one["next_time"]["ask_at"] == clock.iso(until)


def test_a_full_quota_is_waited_for(use: Callable[..., None]) -> None:
    use(
        rule(quota={"per": "week", "max": 0}), rule("day", on="x.y", quota={"per": "day", "max": 1})
    )
    happen(type="x.y")
    with clock.at(NOON):
        told = {one["rule"]: one["next_time"] for one in explain_person("c-1")["rules"]}
    assert told["day"]["event_from"].startswith("2026-03-03T00:00")
    assert told["delivered"]["event_from"] is None


def test_nobody_of_that_name(ctx: Flask) -> None:
    with pytest.raises(NotFound):
        explain_person("nobody")
