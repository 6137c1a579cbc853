"""A person is erased: nothing that leads to them is left anywhere, whatever had been known."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import select, update

from collector import clock
from collector.answers.record import record
from collector.answers.taps import CONFIRMED, PAGE, IncomingTap
from collector.answers.texts import receive
from collector.errors import Conflict, Gone, NotFound
from collector.exports import feed
from collector.exports.erase_person import Erased, erase_person
from collector.intake import update_person
from collector.intake.formats import native
from collector.intake.incoming import IncomingPerson
from collector.invitations import send
from collector.model.answers import Response
from collector.model.audit import AuditEntry, Author
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.invitations import Invitation, Message
from collector.model.people import Consent, ContactPoint, Person
from collector.work import tasks
from tests import factories
from tests.database_search import stands_in, where_stands
from tests.exports.erasing import LATER, NOW, Case, answered, until

WHO = Author("crm", "ticket 9")


def erased(case: Case) -> Erased:
    with clock.at(NOW):
        result = erase_person(case.ref, WHO)
    db.session.remove()
    return result


def everything_of(case: Case) -> tuple[str, ...]:
    n = case.number
    return (*case.secrets(), case.ref, case.phone, f"z{n}@e.org", f"plan-{n}-x")


def known(case: Case) -> None:
    """More about them: attributes, a text that no question took, what a rule saw."""
    said = native.read_person({"attributes": {"plan": f"plan-{case.number}-x"}}, case.ref)
    assert isinstance(said, IncomingPerson)
    update_person.update(said)
    with clock.at(NOW):
        receive(case.phone, f"stray {case.words}", f"SM{case.number}", "")
    db.session.execute(update(Decision).values(facts={"note": case.note, "gate": "caps"}))
    db.session.commit()


def test_nothing_that_leads_to_them_stands_anywhere(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    known(case)
    assert set(where_stands(*everything_of(case))) >= {case.ref, case.phone, case.words, case.order}
    assert erased(case) == Erased(case.person, 1)
    until(LATER)
    assert where_stands(*everything_of(case)) == {}
    rows = list(feed.stream())
    assert rows[-1]["kind"] == "tombstone"
    assert stands_in(rows, *everything_of(case), case.person, case.invitation) == set()
    assert db.session.scalars(select(Decision.facts)).all() == [{"gate": "caps"}]


def test_whose_answers_were_several_has_a_tombstone_for_each(ctx: Flask) -> None:
    case = answered()
    person = db.session.get_one(Person, case.person)
    others = [answered() for _ in range(2)]
    for model in (Invitation, Event):
        theirs = update(model).where(model.person_id.in_([one.person for one in others]))
        db.session.execute(theirs.values(person_id=person.id))
    db.session.execute(update(Response).values(person_id=person.id))
    db.session.commit()
    until(NOW)
    assert erased(case).answers == 3
    until(LATER)
    assert [row["kind"] for row in feed.stream()].count("tombstone") >= 3


def test_others_are_as_they_were(ctx: Flask) -> None:
    case, other = answered(), answered()
    until(NOW)
    before = where_stands(*everything_of(other))
    erased(case)
    until(LATER)
    assert where_stands(*everything_of(other)) == before


def test_it_is_written_down_without_their_reference_and_not_done_twice(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    erased(case)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == "person")).one()
    assert (entry.key, entry.action, entry.by, entry.details) == (
        case.person, "erased", "crm", {"answers": 1},
    )  # fmt: skip
    with pytest.raises(NotFound, match="erased before"):
        erased(case)


def test_the_same_reference_is_somebody_new_afterwards(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    erased(case)
    said = native.read_person({"phone": "+14157770000"}, case.ref)
    assert isinstance(said, IncomingPerson)
    again = update_person.update(said)
    assert again.id != case.person
    assert (again.attributes, again.words) == ({}, {})


def test_what_waits_for_them_is_called_off(ctx: Flask) -> None:
    person = factories.person(db.session, ref="waits-for-it")
    waiting = factories.invitation(db.session, of=person)
    db.session.commit()
    with clock.at(NOW):
        erase_person("waits-for-it", WHO)
        send.run_batch()
    assert db.session.get_one(Invitation, waiting.id).status == "cancelled"
    assert db.session.scalars(select(Message)).all() == []
    assert db.session.scalars(select(ContactPoint)).all() == []
    assert [(one.channel, one.state) for one in db.session.scalars(select(Consent))] == [
        ("any", "denied")
    ]


def test_while_a_message_is_being_handed_over_nothing_is_erased(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    db.session.execute(update(Message).where(Message.id == case.message).values(status="claimed"))
    db.session.commit()
    with pytest.raises(Conflict, match="try again"):
        erased(case)
    assert where_stands(case.words, case.phone).keys() == {case.words, case.phone}


def test_nobody_is_erased_by_a_reference_that_nobody_has(ctx: Flask) -> None:
    with pytest.raises(NotFound, match="no such person"):
        erase_person("nobody", WHO)


def test_the_link_of_somebody_who_had_not_answered_asks_nothing_more(ctx: Flask) -> None:
    asked = factories.sent_invitation(db.session, of=factories.person(db.session, ref="c-300"))
    id = asked.id
    db.session.commit()
    with clock.at(NOW):
        assert erase_person("c-300", WHO).answers == 0
        with pytest.raises(Gone):
            record(tapped(id))
    until(LATER)
    assert list(feed.stream()) == []
    assert where_stands("zebra300x") == {}


def test_what_was_tapped_and_not_folded_yet_is_an_answer_that_is_taken_back(ctx: Flask) -> None:
    asked = factories.sent_invitation(db.session, of=factories.person(db.session, ref="c-300"))
    id = asked.id
    db.session.commit()
    with clock.at(NOW):
        record(tapped(id))
        assert erase_person("c-300", WHO).answers == 1
    until(LATER)
    rows = list(feed.stream())
    assert {row["score"] for row in rows} == {3}
    assert stands_in(rows, id, "zebra300x") == set()
    assert where_stands("zebra300x") == {}


def test_whoever_taps_while_they_are_erased_leaves_nothing(ctx: Flask) -> None:
    """Eight people press, and are erased, at the same moment."""
    people = []
    for n in range(8):
        person = factories.person(db.session, ref=f"c-{n}")
        people.append((person.ref, person.id, factories.sent_invitation(db.session, of=person).id))
    db.session.commit()
    app = ctx

    def press(id: str) -> None:
        with app.app_context(), suppress(Gone, NotFound):
            record(tapped(id))

    def erase(ref: str) -> None:
        with app.app_context():
            erase_person(ref, WHO)

    threads = [
        threading.Thread(target=job, args=(of,))
        for ref, _, id in people
        for job, of in ((press, id), (erase, ref))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tasks.drain()
    assert where_stands("zebra300x") == {}
    ids = [id for _, *both in people for id in both]
    assert stands_in(list(feed.stream()), *ids) == set()


def tapped(invitation_id: str) -> IncomingTap:
    return IncomingTap(
        kind=CONFIRMED, via=PAGE, channel="sms", idempotency_key=f"k-{invitation_id}",
        invitation_id=invitation_id, score=3, comment="zebra300x", remote_addr="10.1.1.7",
    )  # fmt: skip
