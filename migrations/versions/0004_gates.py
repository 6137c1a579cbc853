"""Decisions that overtake one another and know when was asked, quotas, and what follows an ask.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from collector.model.sql.migrating import (
    has_column,
    refuse_to_lose,
    replace_unique,
    update_in_pieces,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ONE, NUMBERED = "uq_decisions_event_id_rule_key", "uq_decisions_event_id_rule_key_number"
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
SENT = "status = 'sent' AND next_at IS NOT NULL"
ASK_AT = {
    "postgresql": "(facts ->> 'ask_at')::timestamptz",
    # As SQLAlchemy writes it: 2026-03-02 12:00:00.000000
    "sqlite": "substr(replace(replace(json_extract(facts, '$.ask_at'), 'T', ' '), 'Z', ''), 1, 23)"
    " || '000'",
}


def upgrade() -> None:
    if not has_column("decisions", "number"):  # else a run was killed after this
        with op.batch_alter_table("decisions") as table:
            table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
            table.add_column(sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True))
    replace_unique("decisions", ONE, NUMBERED, ["event_id", "rule_key", "number"])
    said = ASK_AT[op.get_bind().dialect.name]
    update_in_pieces("decisions", f"ask_at = {said}", "outcome = 'invited' AND ask_at IS NULL")
    op.create_table(
        "quota_uses",
        sa.Column("rule_key", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("segment", sa.String(length=100), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule_key", "period", "segment", name=op.f("pk_quota_uses")),
    )
    for name in ("send_by", "next_at", "reminded_at"):
        op.add_column(
            "invitations", sa.Column(name, sa.DateTime(timezone=True), nullable=True)
        )
    op.add_column("invitations", sa.Column("marks", JSON, nullable=False, server_default="[]"))
    op.create_index(
        "ix_invitations_next",
        "invitations",
        ["next_at"],
        sqlite_where=sa.text(SENT),
        postgresql_where=sa.text(SENT),
    )


def downgrade() -> None:
    refuse_to_lose("decisions that replaced an earlier one", "decisions WHERE number > 1")
    op.drop_index("ix_invitations_next", table_name="invitations")
    with op.batch_alter_table("invitations") as table:
        for name in ("marks", "reminded_at", "next_at", "send_by"):
            table.drop_column(name)
    op.drop_table("quota_uses")
    # The table as it was has room for one decision each, and invitations refer to the first.
    op.execute("DELETE FROM decisions WHERE number > 1")
    with op.batch_alter_table("decisions") as table:
        table.drop_constraint(NUMBERED, type_="unique")
        table.create_unique_constraint(ONE, ["event_id", "rule_key"])
        table.drop_column("ask_at")
        table.drop_column("number")
