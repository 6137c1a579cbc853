"""The feed has an id of its own, so that a reader's position tells which feed it is of.

Revision 0020, after 0018. One row; nothing else changes. Going back loses nothing but the id: after
another upgrade there is a new one, and readers are told to take the feed again.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import has_column

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if not has_column("feed_head", "feed_id"):  # else a run was killed after this
        op.add_column(
            "feed_head", sa.Column("feed_id", sa.String(40), nullable=False, server_default="")
        )
    op.get_bind().execute(
        sa.text("UPDATE feed_head SET feed_id = :id WHERE feed_id = ''"),
        {"id": f"fed_{secrets.token_hex(8)}"},
    )


def downgrade() -> None:
    with op.batch_alter_table("feed_head") as batch:
        batch.drop_column("feed_id")
