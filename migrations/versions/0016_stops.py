"""What was stopped by a person: everything at once, a survey; and rules can be retired.

Revision 0016, after 0019. `rules.filed_status` is what a rule's file said when it was last applied;
rules that were there keep '', which means that nobody knows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import has_column, refuse_to_lose

revision = "0016"
down_revision = "0019"
branch_labels = None
depends_on = None

BEFORE = "status IN ('draft', 'live', 'paused')"
AFTER = "status IN ('draft', 'live', 'paused', 'retired')"


def upgrade() -> None:
    if "stops" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table(
            "stops",
            sa.Column("kind", sa.String(20), nullable=False),
            sa.Column("key", sa.String(64), nullable=False),
            sa.Column("status", sa.String(10), nullable=False),
            sa.Column("by", sa.String(100), nullable=False),
            sa.Column("reason", sa.String(500), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.CheckConstraint("status IN ('paused', 'retired')", name=op.f("ck_stops_status")),
            sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_stops")),
        )
    if not has_column("rules", "filed_status"):
        op.add_column(
            "rules",
            sa.Column("filed_status", sa.String(10), nullable=False, server_default=sa.text("''")),
        )
    _statuses(AFTER)


def downgrade() -> None:
    refuse_to_lose("pauses and retirements of surveys, or of everything", "stops")
    refuse_to_lose("retirements of rules, which would be paused", "rules WHERE status = 'retired'")
    op.execute("UPDATE rules SET status = 'paused' WHERE status = 'retired'")
    _statuses(BEFORE)
    with op.batch_alter_table("rules") as table:
        table.drop_column("filed_status")
    op.drop_table("stops")


def _statuses(allowed: str) -> None:
    with op.batch_alter_table("rules") as table:
        table.drop_constraint(op.f("ck_rules_status"), type_="check")
        table.create_check_constraint(op.f("ck_rules_status"), allowed)
