"""Whoever is erased is gone from the feed of invitations too, in every row; the facts stay."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collector import clock
from collector.exports.erase_person import erase_person
from collector.exports.invited import present, publish
from collector.model.audit import Author
from collector.model.base import db
from collector.model.invitations import Invitation
from tests import factories
from tests.database_search import where_stands
from tests.exports.erasing import LATER, NOW, answered, at, until
from tests.exports.invited.looking import behind, newest, publish_all, rows
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("ctx")
WHO = Author("rita", "asked for it")
GONE = ("person_id", "event_id", "response_id")


def test_an_answer_that_is_taken_back_leaves_no_way_to_it_in_any_row() -> None:
    case, other = answered(), answered()
    factories.invitation(db.session)
    until(NOW)
    before = [one for one in rows() if one["invitation_id"] == case.invitation]
    assert before[-1]["response_id"] == case.response
    at(NOW + timedelta(hours=1), case.erase)
    theirs = [one for one in rows() if one["invitation_id"] == case.invitation]
    assert len(theirs) == len(before) + 1
    for one in theirs:
        assert [one[name] for name in GONE] == [None] * 3
        assert [entry["role"] for entry in one["subjects"]] == ["agent", "store"]
    last = theirs[-1]
    assert (last["kind"], last["revision"]) == ("tombstone", len(theirs))
    assert last["answered_at"] == before[-1]["answered_at"]
    assert last["handed_over"] == 1
    assert newest()[other.invitation]["response_id"] == other.response
    until(LATER)
    assert behind(LATER) == []
    assert newest()[case.invitation]["kind"] == "tombstone"
    for secret in (case.order, f"delivered-{case.number}", case.person, case.response):
        assert "invitation_revisions" not in str(where_stands(secret)), secret


def test_a_person_who_never_answered_is_erased_from_it_and_calling_off_is_told() -> None:
    person = factories.person(db.session, ref="client-7")
    sent = factories.sent_invitation(db.session, of=person)
    waiting = factories.invitation(db.session, of=person, due_at=NOON + timedelta(days=9))
    publish_all(NOON)
    unpublished = factories.invitation(db.session, of=person, due_at=NOON + timedelta(days=9))
    db.session.commit()
    ids = {
        name: one.id for name, one in (("sent", sent), ("waiting", waiting), ("new", unpublished))
    }
    with clock.at(NOW):
        erase_person("client-7", WHO)
    assert {one["kind"] for one in newest().values()} == {"tombstone"}
    publish_all(NOW)
    told = newest()
    assert set(told) == set(ids.values())
    for one in rows():
        assert [one[name] for name in GONE] == [None] * 3
    assert (told[ids["sent"]]["state"], told[ids["sent"]]["handed_over"]) == ("sent", 1)
    assert (told[ids["waiting"]]["state"], told[ids["waiting"]]["kind"]) == (
        "cancelled", "tombstone",
    )  # fmt: skip
    assert told[ids["new"]]["kind"] == "invitation"
    assert behind(NOW) == []


def test_a_row_that_was_read_before_an_erasure_does_not_outlive_it(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The erasure begins between reading and writing: it waits, and clears what was written."""
    case = answered()
    until(NOW)
    db.session.get_one(Invitation, case.invitation).locale = "de"
    db.session.commit()
    read = present.asked

    def erase() -> None:
        with ctx.app_context():
            at(NOW, case.erase)

    eraser = threading.Thread(target=erase)

    def read_and_be_overtaken(*given: Any) -> Any:
        found = read(*given)
        eraser.start()
        eraser.join(0.3)
        return found

    monkeypatch.setattr(present, "asked", read_and_be_overtaken)
    at(NOW, publish.run_batch)
    eraser.join()
    theirs = [one for one in rows() if one["invitation_id"] == case.invitation]
    assert "de" in {one["locale"] for one in theirs}
    assert {one["person_id"] for one in theirs} == {None}
    assert theirs[-1]["kind"] == "tombstone"
