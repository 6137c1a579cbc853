"""Taking a suppression away again, by a person, with a reason, in the log of changes.

What bounced is lifted with a reason. What somebody asked for (STOP, an unsubscribe) only where the
reason says that *they* asked to be written to again, and that is then their newest word; so it is
with a complaint, one at a time. In bulk only what no person asked for. Used by the API and
`collector suppressions`; looking at them is `suppression_views.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict, InvalidInput, NotFound
from collector.invitations.optouts import optout, suppressions, troubles
from collector.invitations.optouts.suppression_views import Wanted, chosen
from collector.model import audit, locks
from collector.model.base import unit_of_work
from collector.model.people import Person, Suppression
from collector.model.transaction import transaction

KIND: Final = "suppression"
ASKED_US: Final = "asked_us"
SHORTEST: Final = 10
MOST: Final = 10_000


@transaction
def lift(suppression_id: str, by: str, reason: str, *, person_asked: bool = False) -> None:
    """Let the address be written to again. Raises NotFound, InvalidInput, and Conflict
    (`person_said_no`) where only the person can take it back and the call does not say they did."""
    who = _author(by, reason)
    with unit_of_work() as work:
        session = work.session
        row = session.get(Suppression, suppression_id)
        if row is None:
            raise NotFound("There is no such suppression.", code="unknown_suppression")
        if row.reason not in suppressions.UNDELIVERABLE:
            if not person_asked:
                raise Conflict(
                    "The person asked for this. If they asked to be written to again, say so "
                    "(`person_asked`) and let the reason tell how and when.",
                    code="person_said_no",
                )
            people = optout.reached_at(session, row.channel, row.address)
            locks.some(session, Person, people)
            for person_id in sorted(people):
                optout.record_word(
                    session, person_id, row.channel, "granted", ASKED_US, clock.now()
                )
        _take_away(session, who, row, person_asked=person_asked)
        work.commit()


def lift_many(wanted: Wanted, by: str, reason: str, *, dry_run: bool) -> int:
    """Lift what a fault of ours suppressed: all that fit, of those that no person asked for.

    Returns how many fit; with `dry_run` that is all it does. Raises InvalidInput without any
    narrowing, for that would lift everything.
    """
    who = _author(by, reason)
    if not (wanted.cause or wanted.since or wanted.code):
        raise InvalidInput(
            "Say which: a cause, a code, or since when.", code="too_wide", pointer="/since"
        )
    found = [one.id for one in chosen(wanted, suppressions.UNDELIVERABLE, MOST)]
    if not dry_run:
        for at in range(0, len(found), 200):
            _lift_some(who, found[at : at + 200])
    return len(found)


@transaction
def _lift_some(who: audit.Author, ids: list[str]) -> None:
    with unit_of_work() as work:
        rows = work.session.scalars(
            select(Suppression)
            .where(Suppression.id.in_(ids), Suppression.reason.in_(suppressions.UNDELIVERABLE))
            .order_by(Suppression.id)
        ).all()
        for row in rows:
            _take_away(work.session, who, row, person_asked=False)
        work.commit()


def _take_away(
    session: Session, who: audit.Author, row: Suppression, *, person_asked: bool
) -> None:
    since: datetime = row.created_at
    details = {
        "channel": row.channel, "was": row.reason, "cause": row.cause, "code": row.code,
        "since": clock.iso(since), "person_asked": person_asked,
    }  # fmt: skip
    if row.channel == "email":
        troubles.forget(session, row.channel, row.address)
    session.delete(row)
    session.flush()
    audit.append(session, who, KIND, row.id, "lifted", 1, details)


def _author(by: str, reason: str) -> audit.Author:
    who = audit.author(by, reason)
    if len(who.reason) < SHORTEST:
        raise InvalidInput(
            f"Say why, in {SHORTEST} characters or more; it is kept in the log of changes.",
            code="bad_reason", pointer="/reason",
        )  # fmt: skip
    return who
