"""Many at once about one person, and about one phone: never more than one invitation in the cap.

Eight workers decide 64 events together, twice over on PostgreSQL (ten times in full), where the
locks on people are at work; on SQLite there is one writer at a time.
"""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.intake.receive import receive
from collector.model.base import db, is_postgres
from collector.model.events import Decision
from collector.model.invitations import Invitation
from collector.model.people import Person
from collector.triggers import decide
from tests.how_much import FULL
from tests.intake.test_concurrency import CAPPED, count, post, together
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule

WORKERS, EVENTS = 8, 64
PHONE = {"phone": "+5511900000009", "email": None}


@pytest.mark.parametrize("accounts", [1, 2, 7], ids=["one person", "two accounts", "seven"])
def test_64_events_at_once_ask_once_however_often(
    ctx: Flask, in_use: PutToUse, accounts: int
) -> None:
    in_use(rule(caps=CAPPED), rule("second", priority=-1, caps=CAPPED))
    often = 10 if FULL else 2
    runs = often if is_postgres() else 1  # on SQLite nothing is at once; it is only slow
    for run in range(runs):
        phone = {**PHONE, "phone": f"+55119000001{run:02}"}
        raw = [event(f"c-{run}-{n % accounts}", who=phone) for n in range(EVENTS)]
        together(ctx, *(post(raw[start::WORKERS], 1) for start in range(WORKERS)))
        assert count(Invitation) == run + 1
    assert count(Decision) == 2 * runs * EVENTS
    reasons = set(db.session.scalars(select(Decision.reason)))
    assert reasons == {"invited", "outranked", "capped_global"}


def test_batches_with_crossed_accounts_and_workers_that_skip_do_not_deadlock(
    ctx: Flask, in_use: PutToUse
) -> None:
    in_use(rule(caps=CAPPED))
    raw = [
        event(f"c-{n % 16}", who={"phone": f"+5511900002{n % 5:02}", "email": f"m{n % 3}@a.com"})
        for n in range(160)
    ]
    with clock.at(NOON):
        ids = [one.id for one in receive([read(item) for item in raw])]

    def work() -> int:
        done = 0
        while decide.backlog():
            done += decide.run_batch(limit=9)
            db.session.rollback()
        return done

    def call(chosen: list[str]) -> int:
        return len(decide.decide_events(chosen))

    together(ctx, work, work, work, lambda: call(ids[:100]), lambda: call(ids[60:][::-1]))
    assert count(Decision) == 160
    # Everybody is linked to everybody through some phone or mailbox, but asked by text only:
    # the phones that are in use are what counts.
    assert count(Invitation) <= 5


def test_a_quota_is_never_overdrawn_by_many_workers(ctx: Flask, in_use: PutToUse) -> None:
    in_use(rule(quota={"per": "week", "by": "context.region", "max": 5}))
    raw = [event(f"c-{n}", context={"region": "ns"[n % 2]}) for n in range(64)]
    together(ctx, *(post(raw[start::WORKERS], 2) for start in range(WORKERS)))
    assert count(Invitation) == 10
    assert set(db.session.scalars(select(Decision.reason))) == {"invited", "quota_full"}


def test_nobody_is_decided_about_while_somebody_holds_whoever_shares_the_phone(
    ctx: Flask, in_use: PutToUse
) -> None:
    in_use(rule(caps=CAPPED))

    def tell(ref: str) -> str:
        return receive([read(event(ref, who=PHONE))])[0].id

    with clock.at(NOON):
        decide.decide_events([tell("c-other")])
        ids = [tell("c-one"), tell("c-two")]
        db.session.remove()
        with db.engine.connect() as elsewhere:
            elsewhere.execute(select(Person.id).where(Person.ref == "c-other").with_for_update())
            # SQLite has one writer at a time and no locks on rows.
            assert decide.run_batch() == (0 if is_postgres() else len(ids))
            db.session.rollback()
        decide.run_batch()
        assert decide.backlog() == 0
    assert count(Invitation) == 1
