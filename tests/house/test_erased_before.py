"""What was taken back before the service forgot the order's number loses it with the new version,
and so does what came back after its tombstone.
"""

from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, update

from collector import clock
from collector.exports import feed
from collector.integrity.appeals.open import against_response
from collector.integrity.appeals.terms import Opening
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.feed import FeedHead, Revision
from collector.model.followups import FollowUp
from collector.model.integrity import LogEntry
from tests.database_search import where_stands
from tests.exports.erasing import NOW, Case, answered, until
from tests.exports.invited.looking import publish_all


def erased_as_it_was(case: Case) -> None:
    """Marked and buried, and then an answer behind the tombstone, words and all."""
    response = db.session.get_one(Response, case.response)
    response.erased_at = NOW
    (row,) = db.session.scalars(select(Revision).where(Revision.response_id == case.response)).all()
    values = {column.key: getattr(row, column.key) for column in Revision.__table__.columns}
    last = db.session.get_one(FeedHead, 1)
    for revision, kind in ((2, "tombstone"), (3, "answer")):
        last.last_number += 1
        again = {"number": last.last_number, "revision": revision, "kind": kind}
        db.session.add(Revision(**{**values, **again}))
    db.session.commit()


def migrated_again() -> None:
    db.session.remove()
    downgrade(revision="0012", x_arg=["lose=yes"])
    upgrade()
    db.session.remove()
    publish_all(NOW)


def test_what_was_taken_back_before_leads_to_nobody_any_more(ctx: Flask) -> None:
    case, other = answered(), answered()
    until(NOW)
    with clock.at(NOW):
        against_response(case.response, Opening("a1", "product_failed", case.words))
    erased_as_it_was(case)
    assert len(where_stands(*case.secrets())) > 5
    untouched = where_stands(*other.secrets())
    migrated_again()
    assert where_stands(*case.secrets()) == {}
    assert where_stands(*other.secrets()) == untouched
    rows = [row for row in feed.stream() if row["response_id"] == case.response]
    assert [row["kind"] for row in rows] == ["answer", "tombstone", "tombstone"]
    assert {(row["person_id"], row["event_id"], row["comment"]) for row in rows} == {("", "", None)}
    assert {tuple(row["subjects"]) for row in rows} == {("agent", "store")}
    entries = db.session.scalars(select(LogEntry).order_by(LogEntry.ref)).all()
    assert {one.ref for one in entries if one.erased} == {case.response}
    cases = dict(db.session.execute(select(FollowUp.response_id, FollowUp.outcome)).all())
    assert cases == {case.response: "erased", other.response: ""}


def test_where_nobody_took_anything_back_nothing_changes(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    before = where_stands(*case.secrets(), case.ref)
    db.session.execute(update(Event).values(context={"note": case.note, "x": None}))
    db.session.commit()
    migrated_again()
    after = where_stands(*case.secrets(), case.ref)
    before[case.order] -= {"events.context"}
    assert after == before
