"""A feed that was restored from a backup, or copied, becomes another one: it gets a new id.

From then on every position that was given before is refused, with what to do, instead of being
followed into numbers that now hold other rows. Called by `collector feed new-id`.
"""

from __future__ import annotations

import secrets

from collector.model import locks
from collector.model.base import unit_of_work
from collector.model.feed import FeedHead
from collector.model.transaction import transaction


@transaction
def renew() -> str:
    """Give the feed a new id, and return it. Its rows and numbers stay."""
    with unit_of_work() as work:
        head = locks.one(work.session, FeedHead, 1)
        assert head is not None
        head.feed_id = f"fed_{secrets.token_hex(8)}"
        work.commit()
        return head.feed_id
