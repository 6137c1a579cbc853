"""What is looked for often is found without reading what piles up.

Revision 0012, after 0010. The index on contact points has a person's id behind the address, so that
the first sharers of an address are read without the rest. Unsent invitations are found by when they
close, messages of which nobody knows by their status alone. SQLite finds a truth value in an index
only where the index' condition is written as the query writes it: `folded = 0`, not `NOT folded`.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import build_index, drop_index

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

SPELLING, SHARERS = "ix_contact_points_channel_spelling", "ix_contact_points_sharers"
CLOSES = (
    "(CASE WHEN sent_at IS NULL AND send_by < lapses_at THEN send_by ELSE lapses_at END)"
)
Partial = tuple[str, str, Sequence[str], str]
NEW: tuple[Partial, ...] = (
    ("ix_invitations_closing", "invitations", [CLOSES], "status = 'waiting'"),
    ("ix_invitations_sending_lapses", "invitations", ["lapses_at"], "status = 'sending'"),
    ("ix_messages_claimed", "messages", ["claimed_at"], "status = 'claimed'"),
    ("ix_messages_unknown", "messages", ["settled_at", "claimed_at"], "status = 'unknown'"),
)
OPEN: Partial = ("ix_messages_open", "messages", ["claimed_at"], "status IN ('claimed', 'unknown')")
# On SQLite: name, table, columns, the condition as the model said it, and as queries say it.
TRUTHS = (
    ("ix_taps_unfolded", "taps", ["invitation_id"], "NOT folded", "folded = 0"),
    ("ix_responses_unjudged", "responses", ["updated_at"], "needs_verdict", "needs_verdict = 1"),
    (
        "ix_responses_unfollowed", "responses", ["updated_at"], "needs_follow_up",
        "needs_follow_up = 1",
    ),
    ("ix_verdicts_unpublished", "verdicts", ["created_at", "id"], "NOT published", "published = 0"),
    ("ix_integrity_log_erased", "integrity_log", ["number"], "erased", "erased = 1"),
)  # fmt: skip


def upgrade() -> None:
    build_index(SHARERS, "contact_points", ["channel", sa.text("lower(address)"), "person_id"])
    drop_index(SPELLING, "contact_points")
    for index in NEW:
        _create(*index)
    drop_index(*OPEN[:2])
    # A period's figures are counted from that period's rows.
    build_index("ix_revisions_survey_occurred_at", "revisions", ["survey", "occurred_at"])
    build_index("ix_events_occurred_at", "events", ["occurred_at"])
    if op.get_bind().dialect.name == "sqlite":
        for name, table, columns, _, asked in TRUTHS:
            drop_index(name, table)
            _create(name, table, columns, asked)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, table, columns, said, _ in TRUTHS:
            drop_index(name, table)
            _create(name, table, columns, said)
    drop_index("ix_events_occurred_at", "events")
    drop_index("ix_revisions_survey_occurred_at", "revisions")
    _create(*OPEN)
    for name, table, *_ in reversed(NEW):
        drop_index(name, table)
    build_index(SPELLING, "contact_points", ["channel", sa.text("lower(address)")])
    drop_index(SHARERS, "contact_points")


def _create(name: str, table: str, columns: Sequence[str], condition: str) -> None:
    given = [sa.text(one) if one.startswith("(") else one for one in columns]
    build_index(name, table, given, condition)
