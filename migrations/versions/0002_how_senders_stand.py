"""What a sender may spend and whether it is stopped; what a text cost and how it is recognised.

Revision 0002, after 0001a.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import refuse_to_lose

revision = "0002"
down_revision = "0001a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "senders",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_code", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_senders")),
    )
    with op.batch_alter_table("messages") as table:
        # Left NULL by whoever wrote a row before this: nobody knows whether it was handed over.
        table.add_column(sa.Column("text_digest", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("segments", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    refuse_to_lose("channels that are stopped", "senders WHERE stopped_at IS NOT NULL")
    with op.batch_alter_table("messages") as table:
        table.drop_column("segments")
        table.drop_column("text_digest")
    op.drop_table("senders")
