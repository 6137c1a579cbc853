"""Every text that somebody sent us is kept with what was sent back.

Revision 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import refuse_to_lose

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incoming_texts",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("number", sa.String(320), nullable=False),
        sa.Column("invitation_id", sa.String(40), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("placed", sa.Boolean(), nullable=False),
        sa.Column("answer_kind", sa.String(10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"],
            name="fk_incoming_texts_invitation_id_invitations",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incoming_texts"),
        sa.UniqueConstraint("reference", name="uq_incoming_texts_reference"),
    )  # fmt: skip
    op.create_index(
        "ix_incoming_texts_number_received_at", "incoming_texts", ["number", "received_at"]
    )
    op.create_index("ix_incoming_texts_invitation_id", "incoming_texts", ["invitation_id"])
    op.create_index(
        "ix_incoming_texts_unplaced", "incoming_texts", ["received_at"],
        sqlite_where=sa.text("placed = 0"), postgresql_where=sa.text("NOT placed"),
    )  # fmt: skip


def downgrade() -> None:
    refuse_to_lose("texts that people sent", "incoming_texts")
    op.drop_table("incoming_texts")
