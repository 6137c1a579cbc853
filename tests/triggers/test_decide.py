"""Deciding: one decision for each listening rule, an invitation for the winner, caps that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event as listen
from sqlalchemy import select

from collector import clock
from collector.intake import update_person
from collector.intake.formats.native import read_person
from collector.intake.incoming import IncomingPerson
from collector.intake.receive import receive
from collector.model.base import db, unit_of_work
from collector.model.events import Decision, Event
from collector.model.invitations import Invitation
from collector.model.people import ContactPoint, Suppression
from collector.triggers import decide
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule

DAY = timedelta(days=1)


@pytest.fixture
def noon(ctx: Flask) -> Iterator[None]:
    with clock.at(NOON):
        yield


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that the database is given meanwhile."""
    seen: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    listen.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        listen.remove(db.engine, "before_cursor_execute", note)


def sent_in(*raw: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Receive and decide; gives {event id: {rule: reason}} with the callers' ids."""
    outcomes = receive([read(item, clock.now()) for item in raw])
    decided = decide.decide_events([one.id for one in outcomes])
    return {one.sender_id: {view.rule: view.reason for view in decided[one.id]} for one in outcomes}


def reasons_of(*raw: dict[str, Any]) -> list[str]:
    return [reason for rules in sent_in(*raw).values() for reason in rules.values()]


def test_every_listening_rule_leaves_one_decision(noon: None, in_use: PutToUse) -> None:
    in_use(
        rule("a"),
        rule("b", priority=5, when="context.amount > 100"),
        rule("c", sample=0),
        rule("d", on="order.returned"),
        rule("e", status="draft"),
    )
    (decided,) = sent_in(event(context={"amount": 20})).values()
    assert decided == {"a": "invited", "b": "condition_false", "c": "sampled_out"}
    (decided,) = sent_in(event(context={"amount": 200})).values()
    assert decided == {"a": "outranked", "b": "invited", "c": "sampled_out"}


def test_the_invitation_holds_what_the_next_stage_needs(
    ctx: Flask, noon: None, in_use: PutToUse
) -> None:
    in_use(rule(channels=["inapp", "sms", "email"], delay="2h"))
    sent_in(event(who={"locale": "pt-BR", "consent": {"any": "granted", "sms": "denied"}}))
    row = db.session.scalars(select(Invitation)).one()
    assert row.channels == ["inapp", "email"]
    assert row.due_at == NOON + timedelta(hours=1)
    assert row.lapses_at == row.due_at + 14 * DAY
    assert (row.status, row.step, row.locale, row.created_at) == ("waiting", 0, "pt-BR", NOON)
    assert len(row.token_id) == 16
    assert ctx.extensions["collector.rung"] == ["decide", "send"]


def test_deciding_again_changes_nothing(noon: None, in_use: PutToUse) -> None:
    in_use()
    (outcome,) = receive([read(event())])
    first = decide.decide_events([outcome.id])
    assert decide.decide_events([outcome.id]) == first
    assert first[outcome.id][0].invitation_id.startswith("inv_")
    assert decide.run_batch() == 0


def test_an_event_that_nobody_listens_to_is_decided_with_an_empty_list(
    noon: None, in_use: PutToUse
) -> None:
    in_use()
    assert sent_in(event(id="x", type="page.viewed")) == {"x": {}}
    assert db.session.scalars(select(Event)).one().status == "decided"


def test_what_a_crash_left_undecided_is_found(noon: None, in_use: PutToUse) -> None:
    in_use()
    receive([read(event(f"c-{number}")) for number in range(7)])
    assert decide.backlog() == 7
    assert decide.run_batch(limit=5) == 5
    assert decide.run_batch(limit=5) == 2
    assert decide.backlog() == decide.run_batch() == 0


def test_caps_hold_within_a_batch_and_over_time(noon: None, in_use: PutToUse) -> None:
    caps = {"global_days": 30, "survey_days": 90}
    in_use(rule(caps=caps), rule("love", on="renewed", survey="love", caps=caps))
    later = "2026-03-02T11:30:00Z"
    assert reasons_of(event(occurred_at=later), event(), event("c-2")) == [
        "capped_global", "invited", "invited",
    ]  # fmt: skip
    with clock.at(NOON + 31 * DAY):
        later = "2026-04-02T11:00:00Z"
        assert reasons_of(event(occurred_at=later)) == ["capped_survey"]
        assert reasons_of(event(type="renewed", occurred_at=later)) == ["invited"]
        assert reasons_of(event("c-2", occurred_at=later, type="renewed")) == ["invited"]


def test_an_ask_that_never_went_out_does_not_count(noon: None, in_use: PutToUse) -> None:
    in_use(rule(caps={"global_days": 30}))
    assert reasons_of(event()) == ["invited"]
    with unit_of_work() as work:
        work.session.scalars(select(Invitation)).one().status = "lapsed"
        work.commit()
    assert reasons_of(event()) == ["invited"]


def test_the_cap_is_counted_from_when_the_ask_goes_out(noon: None, in_use: PutToUse) -> None:
    caps = {"global_days": 30, "survey_days": 0}
    in_use(rule(delay="10d", caps=caps), rule("now", on="x", caps=caps))
    assert reasons_of(event()) == ["invited"]
    with clock.at(NOON + 35 * DAY):
        assert reasons_of(event(type="x", occurred_at="2026-04-06T11:00:00Z")) == ["capped_global"]
    with clock.at(NOON + 40 * DAY):
        assert reasons_of(event(type="x", occurred_at="2026-04-11T11:59:00Z")) == ["invited"]


def test_a_suppressed_number_is_never_written_to(noon: None, in_use: PutToUse) -> None:
    in_use()
    with unit_of_work() as work:
        work.session.add(Suppression(
            id="sup_1", channel="sms", address="+5511987654321", reason="stop", created_at=NOON
        ))  # fmt: skip
        work.commit()
    shared = {"phone": "+5511987654321"}
    told = reasons_of(event("c-1", who=shared), event("c-2", who=shared), event("c-3"))
    assert told == ["opted_out", "opted_out", "invited"]


def test_one_mailbox_is_one_person_to_pester_however_it_is_spelled(
    noon: None, in_use: PutToUse
) -> None:
    in_use(rule(channels=["email"], caps={"global_days": 30}))
    first, second = {"email": "Ana.Lima@Example.com"}, {"email": "ana.lima@example.com"}
    told = reasons_of(event("c-1", who=first), event("c-2", who=second))
    assert sorted(told) == ["capped_global", "invited"]  # of one moment, either may be first
    kept = set(db.session.scalars(select(ContactPoint.address)))
    assert {"Ana.Lima@example.com", "ana.lima@example.com"} <= kept  # written to as it was said


def test_a_suppressed_mailbox_is_never_written_to_however_it_is_spelled(
    noon: None, in_use: PutToUse
) -> None:
    in_use(rule(channels=["email"]))
    with unit_of_work() as work:
        work.session.add(Suppression(
            id="sup_1", channel="email", address="ana@example.com", reason="stop", created_at=NOON
        ))  # fmt: skip
        work.commit()
    assert reasons_of(event("c-1", who={"email": "Ana@example.com"})) == ["opted_out"]


def test_every_reason_is_recorded_with_its_figures(noon: None, in_use: PutToUse) -> None:
    in_use(rule(sample=0))
    sent_in(event())
    row = db.session.scalars(select(Decision)).one()
    assert row.facts["gate"] == "sampling"
    assert row.facts["passed"] == [
        "audience", "condition", "cancelled", "timing", "consent", "channel", "contact",
    ]  # fmt: skip
    assert 0 <= row.facts["place"] < 1


def test_a_replay_on_another_database_gives_the_same_ids(noon: None, in_use: PutToUse) -> None:
    in_use()
    sent_in(event(id="o-1"))
    # Pinned, because both databases run this and a third one must agree as well.
    assert db.session.scalars(select(Event.id)).one() == "evt_01kjq38xw0ncahgk0jsf57956q"
    assert db.session.scalars(select(Decision.id)).one() == "dec_01kjq38xw0bvwxgsz2htbt3h82"
    assert db.session.scalars(select(Invitation.id)).one() == "inv_01kjq38xw0b1rvst1gvbrb09k9"


@pytest.mark.parametrize("known", [False, True], ids=["new people", "known people"])
def test_a_batch_of_100_takes_as_many_statements_as_a_batch_of_5(
    noon: None, in_use: PutToUse, known: bool
) -> None:
    in_use(rule("a"), rule("b", when="context.amount > 3"), rule("c", sample=0.5))
    sent_in(event("warm-up"))

    def run(size: int) -> int:
        names = [f"{size}-{number}" for number in range(size)]
        if known:
            sent_in(*[event(one) for one in names])
        with statements() as seen:
            sent_in(*[event(one, who={"attributes": {"n": 1}}) for one in names])
        return len(seen)

    small, large = run(5), run(100)
    assert small == large < 35


def test_a_batch_that_takes_things_away_takes_as_many_statements_whatever_its_size(
    noon: None, in_use: PutToUse
) -> None:
    in_use(rule("a"))
    gone = {
        "phone": None, "email": None, "attributes": {"n": None}, "consent": {"any": "denied"},
    }  # fmt: skip

    def run(size: int) -> int:
        names = [f"{size}-{number}" for number in range(size)]
        sent_in(*[event(one, who={"attributes": {"n": 1}}) for one in names])
        with statements() as seen:
            sent_in(*[event(one, who=gone) for one in names])
        return len(seen)

    small, large = run(5), run(100)
    assert small == large < 35


@pytest.mark.parametrize("how", ["a call", "an event"])
def test_who_says_no_now_is_not_asked_though_an_event_before_was_ahead(
    ctx: Flask, noon: None, in_use: PutToUse, how: str
) -> None:
    in_use(rule(channels=["email"]))
    ahead = event(type="noop", occurred_at="2026-03-02T12:09:00Z",
                  who={"email": "old@example.com", "consent": {"email": "granted"}})  # fmt: skip
    sent_in(ahead)
    no = {"email": "new@example.com", "consent": {"email": "denied"}}
    if how == "a call":
        person = read_person(no, "c-1")
        assert isinstance(person, IncomingPerson)
        update_person.update(person)
    else:
        sent_in(event(type="noop", occurred_at="2026-03-02T12:00:03Z", who=no))
    after = event(occurred_at="2026-03-02T12:00:00Z")
    after["person"] = {"ref": "c-1"}
    assert reasons_of(after) == ["opted_out"]


def test_two_apps_never_share_rules(
    noon: None, in_use: PutToUse, ctx: Flask, make_app: Callable[[], Flask]
) -> None:
    in_use()
    assert reasons_of(event()) == ["invited"]
    with make_app().app_context():
        db.session.remove()
        assert reasons_of(event()) == []
        db.session.remove()
        db.engine.dispose()
