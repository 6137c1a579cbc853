"""What people took back before loses the number of their order as well, wherever it was kept.

Revision 0011, after 0012. Nothing changes in the tables, and nothing comes back on the way down.
Who took an answer back is few; each of them is dealt with by itself. The lists are those of the
code at this revision, written out, because they must not change when the code does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
ABOUT = frozenset({
    "agent", "brand", "carrier", "channel", "country", "courier", "department", "driver",
    "partner", "product", "region", "site", "store", "supervisor", "supplier", "team",
    "technician", "vendor", "warehouse",
})  # fmt: skip
TRACES = ("customer", "contact", "on_file", "device", "ip", "net", "bands", "comment")
NO_PRINTS = {"address_hash": "", "network_hash": "", "device_hash": "", "contact_hash": ""}
NOBODY = {"comment": None, "invitation_id": "", "person_id": "", "event_id": ""}


def _table(name: str, *columns: str, **typed: Any) -> Any:
    return sa.table(name, *(sa.column(one) for one in columns),
                    *(sa.column(one, kind) for one, kind in typed.items()))  # fmt: skip


RESPONSES = _table("responses", "id", "invitation_id", "comment", "erased_at")
INVITATIONS = _table("invitations", "id", "event_id")
EVENTS = _table("events", "id", subjects=JSON, context=JSON, contacts=JSON)
TAPS = _table("taps", "invitation_id", "comment", *NO_PRINTS)
ASKED_AGAIN = _table("asked_again", "invitation_id", "said")
REVISIONS = _table("revisions", "number", "response_id", "revision", "kind", *NOBODY, subjects=JSON)
VERDICTS = _table("verdicts", "id", "response_id", evidence=JSON)
APPEALS = _table("appeals", "id", "response_id", "statement")
RULINGS = _table("rulings", "id", "response_id", "reason")
AUDIT = _table("audit_log", "kind", "key", "reason")
CASES = _table("follow_ups", "response_id", "status", "outcome", "closed_at", "opened_at")
LOG = _table("integrity_log", "number", "kind", "ref", "erased", body=JSON)


def upgrade() -> None:
    bind = op.get_bind()
    erased = bind.execute(
        sa.select(RESPONSES.c.id, RESPONSES.c.invitation_id, INVITATIONS.c.event_id)
        .join(INVITATIONS, INVITATIONS.c.id == RESPONSES.c.invitation_id)
        .where(RESPONSES.c.erased_at.is_not(None))
    ).all()
    for row in erased:
        _answer(bind, row.id, row.invitation_id)
        _interaction(bind, row.event_id)
        _judgement(bind, row.id)
        _feed(bind, row.id)


def downgrade() -> None:
    """Nothing: what was taken back stays taken back."""


def _answer(bind: sa.Connection, response_id: str, invitation_id: str) -> None:
    taps = sa.update(TAPS).where(TAPS.c.invitation_id == invitation_id)
    bind.execute(taps.values(NO_PRINTS))
    bind.execute(taps.where(TAPS.c.comment.is_not(None)).values(comment=""))
    bind.execute(
        sa.update(ASKED_AGAIN).where(ASKED_AGAIN.c.invitation_id == invitation_id).values(said="")
    )
    bind.execute(sa.update(RESPONSES).where(RESPONSES.c.id == response_id).values(comment=None))
    bind.execute(
        sa.update(CASES)
        .where(CASES.c.response_id == response_id)
        .values(
            status="closed", outcome="erased",
            closed_at=sa.func.coalesce(CASES.c.closed_at, CASES.c.opened_at),
        )
    )  # fmt: skip


def _interaction(bind: sa.Connection, event_id: str) -> None:
    same = EVENTS.c.id == event_id
    event = bind.execute(sa.select(EVENTS.c.subjects, EVENTS.c.context).where(same)).one()
    left = {"subjects": _about(event.subjects), "context": _context(event.context), "contacts": {}}
    bind.execute(sa.update(EVENTS).where(same).values(left))


def _judgement(bind: sa.Connection, response_id: str) -> None:
    appeals = sa.select(APPEALS.c.id).where(APPEALS.c.response_id == response_id)
    about = (AUDIT.c.kind == "appeal", AUDIT.c.key.in_(appeals))
    bind.execute(sa.update(AUDIT).where(*about).values(reason=""))
    for table, column in ((APPEALS, "statement"), (RULINGS, "reason")):
        bind.execute(
            sa.update(table).where(table.c.response_id == response_id).values({column: ""})
        )
    for table, key, column, mine, less in (
        (VERDICTS, "id", "evidence", VERDICTS.c.response_id == response_id, _unsaid),
        (LOG, "number", "body",
         sa.and_(LOG.c.ref == response_id, LOG.c.kind.in_(("answer", "set_aside"))), _untraced),
    ):  # fmt: skip
        for row in bind.execute(sa.select(table.c[key], table.c[column]).where(mine)).all():
            left = less(row[1])
            if left != row[1]:
                change: dict[str, Any] = {column: left}
                if table is LOG:
                    change["erased"] = True  # whoever was fed the former one begins again
                bind.execute(sa.update(table).where(table.c[key] == row[0]).values(change))


def _feed(bind: sa.Connection, response_id: str) -> None:
    rows = bind.execute(
        sa.select(REVISIONS.c.number, REVISIONS.c.kind, REVISIONS.c.subjects)
        .where(REVISIONS.c.response_id == response_id)
        .order_by(REVISIONS.c.revision)
    ).all()
    buried = False
    for row in rows:
        buried = buried or row.kind == "tombstone"
        left = {**NOBODY, "subjects": _about(row.subjects)}
        if buried:  # an answer that came back behind its tombstone
            left["kind"] = "tombstone"
        bind.execute(sa.update(REVISIONS).where(REVISIONS.c.number == row.number).values(left))


def _about(subjects: Mapping[str, Any]) -> dict[str, Any]:
    return {role: named for role, named in subjects.items() if role in ABOUT}


def _context(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name in ("handle_seconds", "reason")
        if (value := known.get(name)) is not None and _plain(value)
    }


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return value.replace("_", "").replace("-", "").isalpha() and len(value) <= 40
    return isinstance(value, int | float)


def _untraced(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in TRACES}


def _unsaid(evidence: Mapping[str, Any]) -> dict[str, Any]:
    return {
        code: {**figures, "reason": ""}
        if isinstance(figures, Mapping) and "ruling" in figures
        else figures
        for code, figures in evidence.items()
    }
