"""The log of evidence, the engine's standing judgements, findings; contacts as an event found them.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from collector.model.sql.migrating import refuse_to_lose

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
ID = sa.String(length=40)
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("events", sa.Column("contacts", JSON, nullable=False, server_default="{}"))
    _log()
    _standing()
    _findings()


def downgrade() -> None:
    refuse_to_lose("entries of the log of evidence", "integrity_log")
    refuse_to_lose("findings", "findings")
    for name in (
        "findings", "integrity_influence", "integrity_standing", "integrity_log", "integrity_head",
    ):  # fmt: skip
        op.drop_table(name)
    with op.batch_alter_table("events") as table:
        table.drop_column("contacts")


def _log() -> None:
    op.create_table(
        "integrity_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", TIME, nullable=True),
        sa.Column("night", TIME, nullable=True),
        sa.Column("concluded_night", TIME, nullable=True),
        sa.Column("concluded_number", sa.BigInteger(), nullable=False),
        sa.Column("checks", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrity_head")),
    )
    op.create_table(
        "integrity_log",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("heard_at", TIME, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ref", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('answer', 'set_aside', 'signal', 'cases')",
            name=op.f("ck_integrity_log_kind"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_integrity_log")),
        sa.UniqueConstraint(
            "kind", "ref", "version", name=op.f("uq_integrity_log_kind_ref_version")
        ),
    )
    op.create_index(
        "ix_integrity_log_erased", "integrity_log", ["number"],
        sqlite_where=sa.text("erased"), postgresql_where=sa.text("erased"),
    )  # fmt: skip


def _standing() -> None:
    op.create_table(
        "integrity_standing",
        sa.Column("response_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("spot", sa.Boolean(), nullable=False),
        sa.Column("best", sa.Boolean(), nullable=False),
        sa.Column("poor", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("p", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_integrity_standing_response_id")
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_integrity_standing")),
    )
    op.create_index(op.f("ix_integrity_standing_worker"), "integrity_standing", ["worker"])
    op.create_table(
        "integrity_influence",
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_integrity_influence")),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", ID, nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("p", sa.Float(), nullable=False),
        sa.Column("families", JSON, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("innocent", JSON, nullable=False),
        sa.Column("bombed_answers", sa.Integer(), nullable=False),
        sa.Column("checks_version", sa.String(length=20), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.CheckConstraint("about IN ('agent', 'team', 'store')", name=op.f("ck_findings_about")),
        sa.CheckConstraint(
            "state IN ('open', 'lapsed', 'confirmed', 'cleared')", name=op.f("ck_findings_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_about_subject"), "findings", ["about", "subject"])
    op.create_index(
        "uq_findings_open", "findings", ["about", "subject"], unique=True,
        sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"),
    )  # fmt: skip
