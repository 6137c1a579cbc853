"""The order in which rows are locked, everywhere. Whoever keeps to it never deadlocks.

1. `integrity_head`: whoever holds it feeds the log of evidence
2. `sites`
3. `people`, and under a person's lock their contact points and consents
4. `invitations`, and under an invitation's lock its decisions
5. `messages`, each after its invitation
6. `senders`
7. `holds`
8. `rules`, for their quotas
9. `findings`
10. `responses`, and under a response's lock its verdicts
11. `appeals`
12. `feed_head`: whoever holds it numbers revisions
13. `suppressions` (inserted and deleted), `mail_troubles`, `unread_reports`, then `audit_log`

Within one table: by key, upwards. A unit that has locked something further down takes nothing
further up, unless it holds that very row already. What is passed over where somebody else holds it
(SKIP LOCKED) never waits, so it may come in any order of rows, but not of tables. The roster is
locked as a whole and with nothing else; a compare-and-set of one row (`UPDATE … WHERE status = …`)
needs no lock of its own where the unit holds no other.

SQLite has one writer at a time, which is the lock on everything; the order is watched there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar, TypeVarTuple

from flask import current_app
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from collector.model.access import Site
from collector.model.answers import Response
from collector.model.appeals import Appeal
from collector.model.base import LOCKS_HELD, Base
from collector.model.feed import FeedHead
from collector.model.integrity import Finding, IntegrityHead
from collector.model.invitations import Invitation, Message
from collector.model.people import Person
from collector.model.rules import Rule
from collector.model.senders import Hold, Sender
from collector.model.sql.bulk import one_of

ORDER: Final[tuple[type[Base], ...]] = (
    IntegrityHead, Site, Person, Invitation, Message, Sender, Hold, Rule, Finding, Response, Appeal,
    FeedHead,
)  # fmt: skip

Entity = TypeVar("Entity", bound=Base)
Columns = TypeVarTuple("Columns")


class OutOfOrder(AssertionError):
    """A lock was asked for that comes before one that is held. Only raised in tests."""


def rows(
    session: Session,
    kind: type[Base],
    wanted: Select[*Columns],
    *,
    skip: bool = False,
    alone: bool = False,
) -> Sequence[Row[*Columns]]:
    """What `wanted` finds, its rows of `kind` locked until the unit of work ends.

    The first column is `kind` itself or its key. Locked by key, whatever order `wanted` asks for;
    with `skip`, rows that somebody else holds are left out, and the order asked for stays.

    FOR NO KEY UPDATE, as every UPDATE of these takes it: others may meanwhile write rows that refer
    to them, such as a tap on an invitation. Not so `alone` (FOR UPDATE): who refers is waited for.
    """
    table: Any = kind.__table__
    (key,) = table.primary_key.columns
    if not skip:
        wanted = wanted.order_by(None).order_by(key)
    found = session.execute(
        wanted.with_for_update(of=table, skip_locked=skip, key_share=not alone),
        execution_options={"populate_existing": True},
    ).all()
    untyped: Sequence[Any] = found
    keys = [getattr(row[0], key.key) if isinstance(row[0], kind) else row[0] for row in untyped]
    _note(session, kind, keys)
    return found


def entities(
    session: Session,
    kind: type[Entity],
    wanted: Select[Entity],
    *,
    skip: bool = False,
) -> list[Entity]:
    """The same for whole rows."""
    return [row[0] for row in rows(session, kind, wanted, skip=skip)]


def some(session: Session, kind: type[Entity], keys: Iterable[str]) -> list[Entity]:
    """The rows of `kind` with these keys that there are, by key."""
    (key,) = kind.__table__.primary_key  # one column, as with all of these
    chosen = set(keys)
    if not chosen:
        return []
    return entities(session, kind, select(kind).where(one_of(key, chosen)))


def one(session: Session, kind: type[Entity], key: str | int) -> Entity | None:
    """The row of `kind` with this key, if there is one. Asks nobody for what is held already."""
    if key in session.info.get(LOCKS_HELD, {}).get(ORDER.index(kind), ()):
        return session.get(kind, key)
    (column,) = kind.__table__.primary_key  # one column, as with all of these
    found = entities(session, kind, select(kind).where(column == key))
    return found[0] if found else None


def referring(wanted: Select[*Columns]) -> Select[*Columns]:
    """What `wanted` finds, to be referred to by rows that this unit writes (FOR KEY SHARE).

    A foreign key takes the same lock, but only once the row is written, when it is too late to ask
    whether it may be. It keeps nobody waiting but who locks these `alone`, so it has no order.
    """
    return wanted.with_for_update(read=True, key_share=True)


def _note(session: Session, kind: type[Base], keys: Iterable[Any]) -> None:
    held: dict[int, set[Any]] = session.info.setdefault(LOCKS_HELD, {})
    rank, found = ORDER.index(kind), set(keys)
    furthest = max(held, default=rank)
    if furthest > rank and not found <= held.get(rank, set()) and current_app.testing:
        raise OutOfOrder(f"{kind.__tablename__} comes before {ORDER[furthest].__tablename__}")
    held.setdefault(rank, set()).update(found)
