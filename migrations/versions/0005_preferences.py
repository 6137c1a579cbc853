"""What a person wants: a pause, answers taken back; and replies that were asked about again.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import refuse_to_lose

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_again",
        sa.Column("invitation_id", sa.String(length=40), nullable=False),
        sa.Column("reply_ref", sa.String(length=80), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_asked_again_invitation_id"),
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_asked_again")),
    )
    op.add_column("people", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("responses", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    refuse_to_lose("marks of answers that people took back", "responses WHERE erased_at IS NOT NULL")
    refuse_to_lose("breaks that people asked for", "people WHERE paused_until IS NOT NULL")
    refuse_to_lose("text replies", "asked_again")
    with op.batch_alter_table("responses") as table:
        table.drop_column("erased_at")
    with op.batch_alter_table("people") as table:
        table.drop_column("paused_until")
    op.drop_table("asked_again")
