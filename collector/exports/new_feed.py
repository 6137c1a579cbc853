"""Feeds that were restored from a backup, or copied, become others: each gets a new id.

From then on every position that was given before is refused, with what to do, instead of being
followed into numbers that now hold other rows. Called by `collector feed new-id`.
"""

from __future__ import annotations

import secrets

from collector.exports.catalog import DATASETS
from collector.model import locks
from collector.model.base import unit_of_work
from collector.model.feed import FeedHead
from collector.model.transaction import transaction


@transaction
def renew() -> dict[str, str]:
    """Give each dataset's feed a new id, and return them by name. Rows and numbers stay."""
    with unit_of_work() as work:
        made = {}
        for dataset in DATASETS:
            head = locks.one(work.session, FeedHead, dataset.head)
            assert head is not None
            made[dataset.name] = head.feed_id = f"fed_{secrets.token_hex(8)}"
        work.commit()
        return made
