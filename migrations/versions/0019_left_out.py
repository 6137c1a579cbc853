"""What could not be kept of what was sent is counted by day, key and reason.

Revision 0019, after 0015. A new table; nothing that is there changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import refuse_to_lose

revision = "0019"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "left_out",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("api_key_id", sa.String(40), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("field", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('refused', 'cut', 'unheard')", name=op.f("ck_left_out_kind")),
        sa.ForeignKeyConstraint(
            ["api_key_id"], ["api_keys.id"], name=op.f("fk_left_out_api_key_id")
        ),
        sa.PrimaryKeyConstraint(
            "day", "api_key_id", "way", "kind", "code", "field", name=op.f("pk_left_out")
        ),
    )


def downgrade() -> None:
    refuse_to_lose("counts of what was left out", "left_out")
    op.drop_table("left_out")
