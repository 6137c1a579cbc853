"""What is looked for often is found without reading what piles up.

Revision 0012, after 0010. The index on contact points has a person's id behind the address, so that
the first sharers of an address are read without the rest.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

SPELLING = ("ix_contact_points_channel_spelling", "contact_points")
SHARERS = ("ix_contact_points_sharers", "contact_points")


def upgrade() -> None:
    op.create_index(*SHARERS, ["channel", sa.text("lower(address)"), "person_id"])
    op.drop_index(SPELLING[0], table_name=SPELLING[1])


def downgrade() -> None:
    op.create_index(*SPELLING, ["channel", sa.text("lower(address)")])
    op.drop_index(SHARERS[0], table_name=SHARERS[1])
