"""Where the newest appeal about each response stands. Reads only; the sequencer asks it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.appeals import Appeal
from collector.model.sql.bulk import one_of


def latest(session: Session, response_ids: Collection[str]) -> dict[str, str]:
    """open, upheld, dismissed or withdrawn, by response id; absent where nobody appealed."""
    rows = session.execute(
        select(Appeal.response_id, Appeal.state)
        .where(one_of(Appeal.response_id, response_ids))
        .order_by(Appeal.opened_at, Appeal.id)
    )
    return {str(response_id): state for response_id, state in rows}
