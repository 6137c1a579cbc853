"""Independent evidence, who is staff, appeals and rulings; the feed says where an appeal stands.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from collector.model.sql.migrating import refuse_to_lose

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
ID = sa.String(length=40)
TIME = sa.DateTime(timezone=True)
ONE = "(response_id IS NULL) <> (finding_id IS NULL)"
OUTCOMES = "'stands', 'counts', 'company_only', 'set_aside', 'confirmed', 'cleared'"


def upgrade() -> None:
    _signals()
    _roster()
    _appeals()
    _rulings()
    # Constant defaults: on PostgreSQL neither rewrites the table.
    for name, length, default in (("appeal", 10, ""), ("counts_for", 10, "all")):
        op.add_column(
            "revisions",
            sa.Column(name, sa.String(length=length), nullable=False, server_default=default),
        )


def downgrade() -> None:
    refuse_to_lose("rulings", "rulings")
    refuse_to_lose("appeals", "appeals")
    refuse_to_lose("entries of the roster", "roster")
    refuse_to_lose("signals", "signals")
    with op.batch_alter_table("revisions") as table:
        table.drop_column("counts_for")
        table.drop_column("appeal")
    for name in ("rulings", "appeals", "roster", "signals"):
        op.drop_table(name)


def _signals() -> None:
    op.create_table(
        "signals",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("signal_id", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("event_source", sa.String(length=100), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("agent_id", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("event_id <> '' OR agent_id <> ''", name=op.f("ck_signals_about")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
        sa.UniqueConstraint("source", "signal_id", name=op.f("uq_signals_source_signal_id")),
    )
    op.create_index(
        op.f("ix_signals_event_source_event_id"), "signals", ["event_source", "event_id"]
    )
    op.create_index(op.f("ix_signals_agent_id_at"), "signals", ["agent_id", "at"])
    op.create_index(op.f("ix_signals_received_at"), "signals", ["received_at"])


def _roster() -> None:
    op.create_table(
        "roster",
        sa.Column("id", ID, nullable=False),
        sa.Column("agent_id", sa.String(length=200), nullable=False),
        sa.Column("team_id", sa.String(length=200), nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("contacts", JSON, nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("listed_at", TIME, nullable=False),
        sa.Column("delisted_at", TIME, nullable=True),
        sa.CheckConstraint("role IN ('agent', 'supervisor')", name=op.f("ck_roster_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("digest", "listed_at", name=op.f("uq_roster_digest_listed_at")),
    )
    _partial("ix_roster_current", "roster", "agent_id", "delisted_at IS NULL")


def _appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", ID, nullable=False),
        sa.Column("response_id", ID, nullable=True),
        sa.Column("finding_id", ID, nullable=True),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("contested", JSON, nullable=False),
        sa.Column("subjects", JSON, nullable=False),
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'upheld', 'dismissed', 'withdrawn')", name=op.f("ck_appeals_state")
        ),
        sa.CheckConstraint(ONE, name=op.f("ck_appeals_about")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_appeals_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_appeals_idempotency_key")),
    )
    op.create_index(op.f("ix_appeals_response_id"), "appeals", ["response_id"])
    op.create_index(op.f("ix_appeals_state_id"), "appeals", ["state", "id"])
    for about in ("response", "finding"):
        _partial(f"uq_appeals_open_{about}", "appeals", f"{about}_id", "state = 'open'", True)


def _rulings() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", ID, nullable=False),
        sa.Column("appeal_id", ID, nullable=True),
        sa.Column("response_id", ID, nullable=True),
        sa.Column("finding_id", ID, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("ruled_at", TIME, nullable=False),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name=op.f("ck_rulings_outcome")),
        sa.CheckConstraint(ONE, name=op.f("ck_rulings_about")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_rulings_appeal_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_rulings_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
        sa.UniqueConstraint("appeal_id", name=op.f("uq_rulings_appeal_id")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_rulings_idempotency_key")),
    )
    op.create_index(op.f("ix_rulings_response_id"), "rulings", ["response_id"])
    op.create_index(op.f("ix_rulings_finding_id"), "rulings", ["finding_id"])


def _partial(name: str, table: str, column: str, where: str, unique: bool = False) -> None:
    op.create_index(
        name,
        table,
        [column],
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
