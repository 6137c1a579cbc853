"""What is held while a provider refuses us, why an address is suppressed, failures that add up.

Revision 0018, after 0017. Suppressions from before have no cause of their own; it is read from the
code of the message where somebody asks.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from collector.model.sql.migrating import build_index, drop_index, has_column, refuse_to_lose

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

GIVEN = "given_ref <> ''"


def upgrade() -> None:
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for table, name, length in (
        ("suppressions", "cause", 40), ("suppressions", "code", 40), ("suppressions", "about", 40),
        ("messages", "given_ref", 200),
    ):  # fmt: skip
        if not has_column(table, name):
            op.add_column(
                table, sa.Column(name, sa.String(length), nullable=False, server_default="")
            )
    if "holds" not in there:
        op.create_table(
            "holds",
            sa.Column("key", sa.String(270), nullable=False),
            sa.Column("channel", sa.String(10), nullable=False),
            sa.Column("domain", sa.String(253), nullable=False),
            sa.Column("cause", sa.String(40), nullable=False),
            sa.Column("code", sa.String(40), nullable=False),
            sa.Column("reported", sa.Boolean(), nullable=False),
            sa.Column("on_trial", sa.Boolean(), nullable=False),
            sa.Column("tries", sa.Integer(), nullable=False),
            sa.Column("since", sa.DateTime(timezone=True), nullable=False),
            sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("key", name="pk_holds"),
        )
    if "mail_troubles" not in there:
        op.create_table(
            "mail_troubles",
            sa.Column("id", sa.String(40), nullable=False),
            sa.Column("address_hash", sa.String(32), nullable=False),
            sa.Column("day", sa.String(10), nullable=False),
            sa.Column("cause", sa.String(40), nullable=False),
            sa.Column("code", sa.String(40), nullable=False),
            sa.Column("message_id", sa.String(40), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("id", name="pk_mail_troubles"),
            sa.UniqueConstraint(
                "address_hash", "day", name="uq_mail_troubles_address_hash_day"
            ),
        )
    if "unread_reports" not in there:
        op.create_table(
            "unread_reports",
            sa.Column("id", sa.String(40), nullable=False),
            sa.Column("digest", sa.String(64), nullable=False),
            sa.Column("why", sa.String(40), nullable=False),
            sa.Column("outline", sa.Text(), nullable=False),
            sa.Column("times", sa.Integer(), nullable=False),
            sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("id", name="pk_unread_reports"),
            sa.UniqueConstraint("digest", name="uq_unread_reports_digest"),
        )
    build_index("ix_messages_given_ref", "messages", ["given_ref"], where=GIVEN)


def downgrade() -> None:
    refuse_to_lose("failures of addresses that add up", "mail_troubles")
    refuse_to_lose("reports that nobody could read", "unread_reports")
    refuse_to_lose("holds, which keep a channel from refusals", "holds")
    refuse_to_lose("causes of suppressions", "suppressions WHERE cause <> ''")
    refuse_to_lose("ids that relays gave", f"messages WHERE {GIVEN}")
    drop_index("ix_messages_given_ref", "messages")
    op.drop_table("unread_reports")
    op.drop_table("mail_troubles")
    op.drop_table("holds")
    op.drop_column("messages", "given_ref")
    for name in ("about", "code", "cause"):
        op.drop_column("suppressions", name)
