"""Each thing that is known of a person has the time of the newest word about it.

Revision 0015, after 0011. Rows that were there keep `{}`: what has no time of its own counts as of
the row's `updated_at` or `changed_at`, so no table is written anew, and whatever the version before
writes meanwhile is right as well.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from collector.model.sql.migrating import has_column, refuse_to_lose

revision = "0015"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    if not has_column("people", "said_at"):
        op.add_column(
            "people", sa.Column("said_at", JSON, nullable=False, server_default=sa.text("'{}'"))
        )


def downgrade() -> None:
    refuse_to_lose(
        "people's times of what was said about them", "people WHERE CAST(said_at AS text) <> '{}'"
    )
    op.drop_column("people", "said_at")
