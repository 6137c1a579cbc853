"""Contact points are found whatever the case of their letters: Ana@ and ana@ are one mailbox.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa

from collector.model.sql.migrating import build_index, drop_index

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_contact_points_channel_spelling"


def upgrade() -> None:
    build_index(NAME, "contact_points", ["channel", sa.text("lower(address)")])


def downgrade() -> None:
    drop_index(NAME, "contact_points")
