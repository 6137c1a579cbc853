"""Every reason code: in the documents, reached by real events, and on every decision there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from collector import clock
from collector.intake.receive import receive
from collector.model.base import db, unit_of_work
from collector.model.events import Decision, Event
from collector.model.invitations import Invitation, Message
from collector.model.people import Person
from collector.triggers import decide, reasons
from collector.triggers.gates.order import GATES
from collector.triggers.withhold import REASONS as BY_PEOPLE
from collector.triggers.withhold import Withheld, withhold
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reason-codes.md"
DAY = timedelta(days=1)
# Reached by real events in tests/invitations/stops/.
BY_STOPS = (
    "rule_paused", "rule_retired", "survey_paused", "survey_retired", "everything_paused",
    "channel_removed", "called_off",
)  # fmt: skip
STAFF = {"phone": "+5511900000001", "kind": "employee"}
SAME = {"phone": "+5511900000002"}


def at_noon(ctx: Flask) -> Iterator[None]:
    with clock.at(NOON):
        yield


noon = pytest.fixture(at_noon)


def send_in(*raw: dict[str, Any]) -> list[str]:
    """Receive and decide; our ids of the events."""
    ids = [one.id for one in receive([read(item, clock.now()) for item in raw])]
    decide.decide_events(ids)
    return ids


def told(*raw: dict[str, Any]) -> str:
    """The reason that holds for the last of these events (one rule listens)."""
    (view,) = decide.recorded(send_in(*raw)[-1:]).popitem()[1]
    return view.reason


def ignored_for_weeks() -> dict[str, Any]:
    """Asked 40 days ago, it went out, and nothing came back."""
    old = event(occurred_at="2026-01-21T11:00:00Z")
    with clock.at(NOON - 40 * DAY):
        send_in(old)
    with unit_of_work() as work:
        asked = NOON - 40 * DAY
        work.session.execute(update(Invitation).values(status="sent", sent_at=asked))
        work.commit()
    return event()


def lost_before() -> dict[str, Any]:
    """The text about an earlier order came back."""
    send_in(event())
    with unit_of_work() as work:
        row = work.session.scalars(select(Invitation)).one()
        address = read(event()).person.contacts["sms"]
        lost = Message(
            id="msg_1", invitation_id=row.id, channel="sms", attempt=1, address=address,
            status="failed", claimed_at=NOON,
        )  # fmt: skip
        row.status = "failed"
        work.session.add(lost)
        work.commit()
    return event()


def on_a_break() -> dict[str, Any]:
    """They were asked before, and chose on the preference page to be left alone for 30 days."""
    send_in(event(type="x"))
    with unit_of_work() as work:
        work.session.scalars(select(Person)).one().paused_until = NOON + 30 * DAY
        work.commit()
    return event()


def hold(doubt: str) -> dict[str, Any]:
    return rule(contact_integrity={doubt: "hold", "many": 3})


CAPS = {"global_days": 30, "survey_days": 90}
NOBODY = {"who": {"consent": {"any": "denied"}}}
NORTH = {"context": {"region": "north"}}
LATER = {"occurred_at": "2026-03-02T11:30:00Z"}
# code → the rule, and what is sent in (the last one is looked at)
Scene = tuple[dict[str, Any], Callable[[], list[dict[str, Any]]]]
SCENES: dict[str, Scene] = {
    "invited": (rule(), lambda: [event()]),
    "wrong_audience": (rule(), lambda: [event(who={"kind": "employee"})]),
    "condition_false": (rule(when="context.amount > 3"), lambda: [event()]),
    "condition_error": (rule(when="1 / context.n > 1"), lambda: [event(context={"n": 0})]),
    "cancelled_by_event": (
        rule(cancel_on=["order.returned"]),
        lambda: [event(type="order.returned", **LATER), event()],
    ),
    "too_late": (rule(), lambda: [event(occurred_at="2026-02-01T00:00:00Z")]),
    "outside_window": (rule(not_after="2026-02-28"), lambda: [event()]),
    "opted_out": (rule(), lambda: [event(**NOBODY)]),
    "paused": (rule(), lambda: [on_a_break()]),
    "no_consent": (rule(), lambda: [event(who={"consent": {}})]),
    "no_channel": (rule(), lambda: [event(who={"phone": None})]),
    "channel_unusable": (rule(channels=["webhook"]), lambda: [event()]),
    "staff_contact": (
        rule(), lambda: [event("e-1", who=STAFF), event(who={"phone": STAFF["phone"]})],
    ),
    "contact_changed": (
        hold("changed"),
        lambda: [event(type="x", who=SAME, **LATER), event(who={"phone": None})],
    ),
    "contact_shared": (
        hold("shared"), lambda: [event(f"c-{n}", who=SAME) for n in range(3)],
    ),
    "undeliverable_before": (hold("undeliverable"), lambda: [lost_before()]),
    "sampled_out": (rule(sample=0), lambda: [event()]),
    "control_group": (
        rule(control=0.9),
        lambda: [event("c-1")],
    ),
    "capped_global": (rule(caps={**CAPS, "survey_days": 0}), lambda: [event(), event(**LATER)]),
    "capped_survey": (rule(caps={**CAPS, "global_days": 0}), lambda: [event(), event(**LATER)]),
    "quiet_too_long": (
        rule(caps={"global_days": 30, "survey_days": 0}), lambda: [ignored_for_weeks()],
    ),
    "quota_full": (
        rule(quota={"per": "day", "by": "context.region", "max": 1}),
        lambda: [event("c-1", **NORTH), event("c-2", **NORTH, **LATER)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", SCENES)
def test_a_code_is_reached_by_real_events(noon: None, in_use: PutToUse, code: str) -> None:
    wanted, scene = SCENES[code]
    in_use(wanted)
    assert told(*scene()) == code


def test_a_rule_that_is_outranked_says_so(noon: None, in_use: PutToUse) -> None:
    in_use(rule("a", priority=1), rule("b"))
    views = decide.recorded(send_in(event())).popitem()[1]
    assert [(one.rule, one.reason) for one in views] == [("a", "invited"), ("b", "outranked")]


@pytest.mark.parametrize("code", BY_PEOPLE)
@pytest.mark.parametrize("decided", [True, False])
def test_a_person_withholds_an_ask(noon: None, in_use: PutToUse, code: str, decided: bool) -> None:
    in_use(rule(caps=CAPS))
    kept = receive([read(event())])[0].id
    if decided:
        decide.decide_events([kept])
    (view,) = withhold(kept, Withheld(code, "agent-7", "said so on the phone"))
    assert (view.reason, view.facts["by"], view.outcome) == (code, "agent-7", "held_back")
    assert view.reason_text == "Withheld by agent-7."
    assert withhold(kept, Withheld(code, "agent-7")) == [view]
    rows = db.session.scalars(select(Decision).order_by(Decision.number)).all()
    assert [one.reason for one in rows] == (["invited", code] if decided else [code])
    if decided:
        assert db.session.scalars(select(Invitation)).one().status == "cancelled"
    db.session.rollback()
    assert told(event()) == "invited"  # one that never went out does not count against them


def test_every_code_is_covered_here() -> None:
    assert {*SCENES, *BY_PEOPLE, *BY_STOPS, "outranked"} == set(reasons.REASONS)


def test_no_decision_is_written_without_a_known_reason(noon: None, in_use: PutToUse) -> None:
    in_use(*(rule(f"r-{n}", sample=n / 3, caps=CAPS, delay=f"{n}h") for n in range(4)))
    send_in(*(event(f"c-{n % 17}", context={"n": n}) for n in range(100)))
    written = db.session.scalars(select(Decision)).all()
    assert len(written) == 4 * len(db.session.scalars(select(Event)).all()) == 400
    assert {one.reason for one in written} <= set(reasons.REASONS)
    assert all(one.outcome == ("invited" if one.ask_at else "held_back") for one in written)


def test_the_document_has_every_code_with_its_meaning_and_remedy() -> None:
    rows = [line.split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines()]
    listed = {row[0].strip("| `"): row[2:] for row in rows if len(row) == 4 and row[0][:3] == "| `"}
    assert listed == {
        code: [one.meaning, f"{one.remedy} |"] for code, one in reasons.REASONS.items()
    }


def test_the_document_has_the_gates_in_their_order() -> None:
    gates = re.findall(r"^\| \d+ \| `(\w+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert gates == [gate.__name__ for gate in GATES]
