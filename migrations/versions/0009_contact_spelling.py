"""Contact points are found whatever the case of their letters: Ana@ and ana@ are one mailbox.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_contact_points_channel_spelling"


def upgrade() -> None:
    op.create_index(NAME, "contact_points", ["channel", sa.text("lower(address)")])


def downgrade() -> None:
    op.drop_index(NAME, table_name="contact_points")
