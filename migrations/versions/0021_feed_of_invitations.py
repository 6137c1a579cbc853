"""The feed of invitations: its rows, its sequencer, and marks on what it is made of.

Revision 0021, after 0020. Nothing that is there counts as taken yet, so the worker puts all
invitations into the feed after the upgrade, a batch at a time; nobody waits for that. Going back
drops the feed's rows: what was published before a change cannot be had again.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from collector.model.sql.migrating import build_index, drop_index, has_column, refuse_to_lose

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "invitation_revisions"
HEAD = 2
MARKED = {"invitations": "id", "messages": "invitation_id", "responses": "invitation_id"}
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = {
    "kind": 10, "survey": 64, "metric": 10, "rule": 64, "state": 10, "held_back": 40, "channel": 10, "locale": 35,
    "response_id": 40, "person_id": 40, "event_source": 100, "event_id": 200, "event_type": 100,
}  # fmt: skip
WHOLE = ("revision", "survey_version", "rule_version", "messages", "handed_over")
ALWAYS = ("invited_at", "lapses_at", "occurred_at", "published_at")
SOMETIMES = (
    "sent_at", "delivered_at", "opened_at", "answered_at", "reminded_at", "ended_at",
)  # fmt: skip
DOCUMENTS = ("channels", "by_channel", "subjects")


def upgrade() -> None:
    bind = op.get_bind()
    if not sa.inspect(bind).has_table(TABLE):  # else a run was killed after this
        _make_table()
    bind.execute(
        sa.text(
            "INSERT INTO feed_head (id, last_number, feed_id) SELECT :head, 0, :feed "
            "WHERE NOT EXISTS (SELECT 1 FROM feed_head WHERE id = :head)"
        ),
        {"head": HEAD, "feed": f"fed_{secrets.token_hex(8)}"},
    )
    for table, column in MARKED.items():
        if not has_column(table, "exported"):
            op.add_column(
                table, sa.Column("exported", sa.Boolean(), nullable=False, server_default=sa.false())
            )
    untaken = "NOT exported" if bind.dialect.name == "postgresql" else "exported = 0"
    for table, column in MARKED.items():
        name = f"ix_{table}_untaken"
        if bind.dialect.name != "postgresql":
            op.execute(f"DROP INDEX IF EXISTS {name}")
        build_index(name, table, [column], where=untaken)


def downgrade() -> None:
    refuse_to_lose("rows of the feed of invitations", TABLE)
    for table in MARKED:
        drop_index(f"ix_{table}_untaken", table)
    for table in MARKED:
        op.drop_column(table, "exported")
    op.execute(f"DELETE FROM feed_head WHERE id = {HEAD}")  # noqa: S608
    op.drop_table(TABLE)


def _make_table() -> None:
    op.create_table(
        TABLE,
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("invitation_id", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in WHOLE),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in TEXTS.items()),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ALWAYS),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in SOMETIMES),
        *(sa.Column(name, JSON, nullable=False) for name in DOCUMENTS),
        sa.CheckConstraint(
            "kind IN ('invitation', 'tombstone')", name=op.f("ck_invitation_revisions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"],
            name=op.f("fk_invitation_revisions_invitation_id"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_invitation_revisions")),
        sa.UniqueConstraint(
            "invitation_id", "revision", name=op.f("uq_invitation_revisions_invitation_id_revision")
        ),
    )  # fmt: skip
