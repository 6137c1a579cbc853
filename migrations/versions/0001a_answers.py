"""The second half of the walk: receipts, taps, responses, verdicts, follow-ups, revisions.

Revision 0001a, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from collector.model.sql.migrating import refuse_to_lose

revision = "0001a"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('responses',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('invitation_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=True),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('first_tapped_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settles_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taps', sa.Integer(), nullable=False),
    sa.Column('set_aside', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('needs_verdict', sa.Boolean(), nullable=False),
    sa.Column('needs_follow_up', sa.Boolean(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('provisional', 'settled', 'confirmed', 'set_aside')", name=op.f('ck_responses_state')),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_responses_invitation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_responses_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responses')),
    sa.UniqueConstraint('invitation_id', name=op.f('uq_responses_invitation_id'))
    )
    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responses_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_responses_settling', ['settles_at'], unique=False, sqlite_where=sa.text("state = 'provisional'"), postgresql_where=sa.text("state = 'provisional'"))
        batch_op.create_index('ix_responses_unfollowed', ['updated_at'], unique=False, sqlite_where=sa.text('needs_follow_up'), postgresql_where=sa.text('needs_follow_up'))
        batch_op.create_index('ix_responses_unjudged', ['updated_at'], unique=False, sqlite_where=sa.text('needs_verdict'), postgresql_where=sa.text('needs_verdict'))

    op.create_table('taps',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('idempotency_key', sa.String(length=80), nullable=False),
    sa.Column('invitation_id', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=True),
    sa.Column('via', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('locale', sa.String(length=35), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tapped_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address_hash', sa.String(length=32), nullable=False),
    sa.Column('network_hash', sa.String(length=32), nullable=False),
    sa.Column('device_hash', sa.String(length=32), nullable=False),
    sa.Column('contact_hash', sa.String(length=32), nullable=False),
    sa.Column('user_agent', sa.String(length=400), nullable=False),
    sa.Column('folded', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('provisional', 'confirmed', 'decoy')", name=op.f('ck_taps_kind')),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_taps_invitation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taps')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_taps_idempotency_key'))
    )
    with op.batch_alter_table('taps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_taps_invitation_id_tapped_at'), ['invitation_id', 'tapped_at'], unique=False)
        batch_op.create_index('ix_taps_unfolded', ['invitation_id'], unique=False, sqlite_where=sa.text('NOT folded'), postgresql_where=sa.text('NOT folded'))

    op.create_table('follow_ups',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('response_id', sa.String(length=40), nullable=False),
    sa.Column('owner', sa.String(length=100), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=200), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('open', 'closed')", name=op.f('ck_follow_ups_status')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_follow_ups_response_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_ups')),
    sa.UniqueConstraint('response_id', name=op.f('uq_follow_ups_response_id'))
    )
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_ups_status_due_at'), ['status', 'due_at'], unique=False)

    op.create_table('receipts',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('message_id', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_receipts_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts')),
    sa.UniqueConstraint('message_id', 'status', name=op.f('uq_receipts_message_id_status'))
    )
    op.create_table('revisions',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('response_id', sa.String(length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('survey', sa.String(length=64), nullable=False),
    sa.Column('survey_version', sa.Integer(), nullable=False),
    sa.Column('metric', sa.String(length=10), nullable=False),
    sa.Column('scale_low', sa.Integer(), nullable=False),
    sa.Column('scale_high', sa.Integer(), nullable=False),
    sa.Column('direction', sa.String(length=20), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('band', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('comment', sa.Text(), nullable=True),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('weight', sa.Float(), nullable=False),
    sa.Column('reasons', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('checks_version', sa.String(length=20), nullable=False),
    sa.Column('taps', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('locale', sa.String(length=35), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('invitation_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(length=64), nullable=False),
    sa.Column('rule_version', sa.Integer(), nullable=False),
    sa.Column('event_source', sa.String(length=100), nullable=False),
    sa.Column('event_id', sa.String(length=200), nullable=False),
    sa.Column('event_type', sa.String(length=100), nullable=False),
    sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('subjects', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.CheckConstraint("kind IN ('answer', 'tombstone')", name=op.f('ck_revisions_kind')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_revisions_response_id')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_revisions')),
    sa.UniqueConstraint('response_id', 'revision', name=op.f('uq_revisions_response_id_revision'))
    )
    op.create_table('verdicts',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('response_id', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('response_version', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('weight', sa.Float(), nullable=False),
    sa.Column('reasons', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('evidence', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('checks_version', sa.String(length=20), nullable=False),
    sa.Column('judged_by', sa.String(length=60), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.CheckConstraint("verdict IN ('clean', 'suspect', 'rejected')", name=op.f('ck_verdicts_verdict')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_verdicts_response_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdicts')),
    sa.UniqueConstraint('response_id', 'number', name=op.f('uq_verdicts_response_id_number'))
    )
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.create_index('ix_verdicts_unpublished', ['created_at', 'id'], unique=False, sqlite_where=sa.text('NOT published'), postgresql_where=sa.text('NOT published'))


def downgrade() -> None:
    refuse_to_lose("answers", "responses")
    refuse_to_lose("rows of the feed", "revisions")
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.drop_index('ix_verdicts_unpublished', sqlite_where=sa.text('NOT published'), postgresql_where=sa.text('NOT published'))

    op.drop_table('verdicts')
    op.drop_table('revisions')
    op.drop_table('receipts')
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_ups_status_due_at'))

    op.drop_table('follow_ups')
    with op.batch_alter_table('taps', schema=None) as batch_op:
        batch_op.drop_index('ix_taps_unfolded', sqlite_where=sa.text('NOT folded'), postgresql_where=sa.text('NOT folded'))
        batch_op.drop_index(batch_op.f('ix_taps_invitation_id_tapped_at'))

    op.drop_table('taps')
    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.drop_index('ix_responses_unjudged', sqlite_where=sa.text('needs_verdict'), postgresql_where=sa.text('needs_verdict'))
        batch_op.drop_index('ix_responses_unfollowed', sqlite_where=sa.text('needs_follow_up'), postgresql_where=sa.text('needs_follow_up'))
        batch_op.drop_index('ix_responses_settling', sqlite_where=sa.text("state = 'provisional'"), postgresql_where=sa.text("state = 'provisional'"))
        batch_op.drop_index(batch_op.f('ix_responses_person_id'))

    op.drop_table('responses')
