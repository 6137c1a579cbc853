"""PUT and GET /v1/roster: whole or not at all, and contact points only as hashes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from collector import clock, keys
from collector.integrity.inputs.roster import current, reading, replace
from collector.model.audit import Author
from collector.model.base import db
from collector.model.roster import RosterEntry
from collector.surveys import history
from collector.web import auth
from collector.web.api.roster import EXAMPLE
from tests.factories import NOON

Call = Callable[..., TestResponse]
ANA = {"agent_id": "ana", "team_id": "t1", "store_id": "s1"}
BEN = {"agent_id": "ben", "team_id": "t2", "store_id": "s1"}


@pytest.fixture
def call(app: Flask, client: FlaskClient) -> Iterator[Call]:
    with app.app_context():
        token = auth.issue("hr", ("roster:write",))

    def send(body: Any = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        if body is None:
            return client.get("/v1/roster", headers=headers)
        return client.put("/v1/roster", json=body, headers=headers)

    with clock.at(NOON):
        yield send


def rows() -> list[RosterEntry]:
    db.session.rollback()
    return list(db.session.scalars(select(RosterEntry).order_by(RosterEntry.id)))


def test_contact_points_are_kept_as_the_hashes_that_taps_carry(ctx: Flask, call: Call) -> None:
    assert call(EXAMPLE).get_json() == {
        "entries": 2, "listed": 2, "delisted": 0, "unchanged": 0,
    }  # fmt: skip
    bia = next(row for row in rows() if row.agent_id == "a1")
    assert set(bia.contacts) == {
        keys.fingerprint("contact", "+5511987654321"),
        keys.fingerprint("contact", "bia@shop.example"),
    }
    everything = call().get_data(as_text=True)
    assert "98765" not in everything
    assert "shop.example" not in everything
    assert bia.contacts[0] not in everything


def test_what_is_told_back_is_who_works_where_and_how_many_contacts(call: Call) -> None:
    call(EXAMPLE)
    body = call().get_json()
    assert body["totals"] == {"entries": 2, "agents": 2, "teams": 1, "stores": 1, "contacts": 2}
    assert body["entries"][0] == {
        "agent_id": "a1", "team_id": "t1", "store_id": "s9", "role": "agent", "contacts": 2,
        "active_from": "2026-01-01", "active_to": None, "listed_at": "2026-03-02T12:00:00+00:00",
    }  # fmt: skip


def test_however_an_address_is_written_it_is_the_same_contact(ctx: Flask, call: Call) -> None:
    call([{**ANA, "staff_contacts": ["+55 (11) 98765-4321", "Ana@Shop.Example"]}])
    (row,) = rows()
    assert set(row.contacts) == {
        keys.fingerprint("contact", "+5511987654321"),
        keys.fingerprint("contact", "ana@shop.example"),
    }


def test_a_new_roster_replaces_the_old_one_and_the_past_can_be_told(ctx: Flask, call: Call) -> None:
    call([ANA, BEN])
    with clock.at(NOON + timedelta(days=1)):
        assert call([BEN, {**ANA, "team_id": "t2"}]).get_json() == {
            "entries": 2, "listed": 1, "delisted": 1, "unchanged": 1,
        }  # fmt: skip
    assert [(one.agent_id, one.team_id) for one in current.entries()] == [
        ("ana", "t2"), ("ben", "t2"),
    ]  # fmt: skip
    over = [row for row in rows() if row.delisted_at]
    assert [(row.agent_id, row.team_id) for row in over] == [("ana", "t1")]
    assert over[0].delisted_at == NOON + timedelta(days=1)


def test_the_same_roster_again_is_no_change_and_no_entry_in_the_log(ctx: Flask, call: Call) -> None:
    call([ANA, BEN])
    assert call([BEN, ANA]).get_json()["unchanged"] == 2
    (entry,) = history.page("roster")
    assert (entry.by, entry.action, entry.details["listed"]) == ("hr", "replaced", 2)


def test_back_and_forth_within_a_moment_works(ctx: Flask, call: Call) -> None:
    for roster in ([ANA], [BEN], [ANA], [BEN]):
        assert call(roster).status_code == 200
    assert [one.agent_id for one in current.entries()] == ["ben"]
    assert len(rows()) == 4


def test_one_bad_entry_leaves_the_old_roster_as_it_was(ctx: Flask, call: Call) -> None:
    call([ANA])
    answer = call([BEN, {"agent_id": "x", "staff_contacts": ["0303456"], "boss": 1}, BEN])
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_roster")
    assert {one["pointer"]: one["code"] for one in answer.get_json()["errors"]} == {
        "/1/staff_contacts/0": "bad_phone", "/1/boss": "unknown_field", "/2": "duplicate_entry",
    }  # fmt: skip
    assert "0303456" not in answer.get_data(as_text=True)
    assert [one.agent_id for one in current.entries()] == ["ana"]


HOSTILE: list[Any] = [
        [], {}, "x", 7, [7], [None], [{"agent_id": ["a"]}], [{"agent_id": "a\u0000"}],
        [{**ANA, "active_from": "2026-02-30"}], [{**ANA, "active_from": 20260101}],
        [{**ANA, "active_from": "2026-02-02", "active_to": "2026-02-01"}],
        [{**ANA, "role": "king"}], [{**ANA, "staff_contacts": {"a": 1}}],
        [{**ANA, "staff_contacts": [None]}], [{**ANA, "staff_contacts": ["a@b@c"]}],
        [{**ANA, "staff_contacts": ["+5511987654321"] * 21}],
    ]  # fmt: skip


def test_hostile_rosters_are_refused(ctx: Flask, call: Call) -> None:
    for body in HOSTILE:
        assert call(body).status_code == 422, body
    assert rows() == []


def test_two_rosters_at_once_leave_one_of_them_whole(app: Flask) -> None:
    pairs = [reading.read((str(n), {"agent_id": f"{name}{n}"}) for n in range(50)) for name in "ab"]

    def put(entries: tuple[reading.IncomingEntry, ...]) -> None:
        with app.app_context():
            replace.replace(entries, Author("hr"))
            db.session.remove()

    threads = [threading.Thread(target=put, args=(entries,)) for entries in pairs * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        names = [one.agent_id for one in current.entries()]
        assert len(names) == 50
        assert len({name[0] for name in names}) == 1


def test_who_leads_a_team_or_a_store_supervises_its_agents(ctx: Flask) -> None:
    boss = {"agent_id": "lead", "team_id": "t1", "store_id": "s1", "role": "supervisor"}
    chief = {"agent_id": "chief", "store_id": "s1", "role": "supervisor"}
    entries = [ANA, BEN, boss, chief]
    replace.replace(reading.read((str(n), one) for n, one in enumerate(entries)), Author("hr"))

    def over(**subjects: list[str]) -> set[str]:
        return current.supervisors(db.session, subjects)

    assert over(agent=["ana"]) == {"lead", "chief"}
    assert over(agent=["ben"]) == {"chief"}
    assert over(team=["t1"]) == {"lead"}
    assert over(agent=["stranger"]) == set()
