"""Rows that a stage could not deal with, kept apart until somebody has looked.

Revision 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

APART = sa.text("set_apart_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "set_apart",
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("row_id", sa.String(60), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_apart_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("stage", "row_id", name="pk_set_apart"),
    )
    op.create_index(
        "ix_set_apart_waiting", "set_apart", ["stage", "set_apart_at"],
        sqlite_where=APART, postgresql_where=APART,
    )


def downgrade() -> None:
    op.drop_table("set_apart")
