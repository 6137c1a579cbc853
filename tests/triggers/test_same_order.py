"""An order is the same one as number or as text, wherever events are compared or counted by it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from collector import clock
from collector.intake import receive
from collector.model.base import db, unit_of_work
from collector.model.events import Decision, Event, QuotaUse
from collector.triggers import decide
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule


def happened(**said: Any) -> list[tuple[str, str]]:
    """Rule and reason that hold for the event."""
    (outcome,) = receive.receive([read(event(**said))])
    return [(one.rule, one.reason) for one in decide.decide_events([outcome.id])[outcome.id]]


@pytest.mark.parametrize(
    ("returned", "delivered", "reason"),
    [
        ("7", 7, "cancelled_by_event"),
        (7, "7", "cancelled_by_event"),
        (7.0, "7", "cancelled_by_event"),
        (" A-7", "A-7 ", "cancelled_by_event"),
        ("Zoe\u0308", "Zo\u00eb", "cancelled_by_event"),
        ("07", 7, "invited"),
        ("8", 7, "invited"),
    ],
)
@pytest.mark.parametrize("first", ["returned", "delivered"])
def test_a_return_calls_the_ask_off_whatever_type_the_order_has(
    in_use: PutToUse, returned: Any, delivered: Any, reason: str, first: str
) -> None:
    in_use(rule(cancel_on=["ret"], cancel_same="context.order", delay="1h"))
    later = "2026-03-02T11:30:00Z"
    with clock.at(NOON):
        if first == "returned":
            happened(type="ret", occurred_at=later, context={"order": returned})
            told = happened(context={"order": delivered})
        else:
            happened(context={"order": delivered})
            happened(type="ret", occurred_at=later, context={"order": returned})
            told = []
    newest = db.session.scalars(select(Decision.reason).order_by(Decision.number.desc())).first()
    assert newest == reason
    assert told in ([], [("delivered", reason)])


def test_a_place_of_a_quota_is_counted_for_number_and_text_alike(in_use: PutToUse) -> None:
    in_use(rule(quota={"max": 2, "per": "day", "by": "context.store"}))
    with clock.at(NOON):
        told = [happened(person=f"c-{at}", context={"store": said})[0][1]
                for at, said in enumerate((7, "7", 7.0, "07"))]  # fmt: skip
    assert told == ["invited", "invited", "quota_full", "invited"]
    used = db.session.execute(select(QuotaUse.segment, QuotaUse.used)).all()
    assert sorted(map(tuple, used)) == [("07", 1), ("7", 2)]


def test_a_person_and_a_subject_are_the_same_by_number_and_text(in_use: PutToUse) -> None:
    in_use()
    one, other = read(event(7, subjects={"agent": 7})), read(event("7", subjects={"agent": "7"}))
    float_column = read(event(7.0, subjects={"agent": {"id": 7.0}}))
    assert one.person.ref == other.person.ref == float_column.person.ref == "7"
    assert one.subjects == other.subjects == float_column.subjects
    assert read(event("Zoe\u0308")).person.ref == "Zo\u00eb"


def test_a_condition_is_typed_so_a_number_is_not_a_text_there(in_use: PutToUse) -> None:
    in_use(
        rule("typed", when='context.order == "7"'),
        rule("either", when='string(context.order) == "7"', priority=1),
    )
    with clock.at(NOON):
        told = dict(happened(context={"order": 7}))
    assert (told["typed"], told["either"]) == ("condition_false", "invited")


@pytest.mark.parametrize(
    ("first", "again", "status"),
    [
        ({"order": 7}, {"order": "7"}, "duplicate"),
        ({"order": {"id": 7.0}}, {"order": {"id": "7"}}, "duplicate"),
        ({"order": 7}, {"order": "07"}, "conflict"),
        ({"order": ""}, {"order": None}, "conflict"),
    ],
)
def test_an_event_that_is_sent_again_with_its_numbers_as_texts_is_the_same_event(
    in_use: PutToUse, first: Any, again: Any, status: str
) -> None:
    in_use()
    with clock.at(NOON):
        one, other = (read(event(id="o-77", context=said)) for said in (first, again))
        assert [receive.receive([it])[0].status for it in (one, other)] == ["accepted", status]


def test_an_event_that_was_kept_before_is_known_again(in_use: PutToUse) -> None:
    in_use()
    with clock.at(NOON):
        one = read(event(context={"order": 7}))
        receive.receive([one])
        with unit_of_work() as work:
            work.session.scalars(select(Event)).one().digest = one.older_digest()
            work.commit()
        assert one.older_digest() != one.digest()
        assert receive.receive([one])[0].status == "duplicate"
