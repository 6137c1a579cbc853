"""Sites say which events their pages may report.

Revision 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from collector.model.sql.migrating import refuse_to_lose

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.add_column("sites", sa.Column("event_types", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    some = "CAST(event_types AS text) <> '[]'"
    refuse_to_lose("sites that say which events they take", f"sites WHERE {some}")
    with op.batch_alter_table("sites") as table:
        table.drop_column("event_types")
