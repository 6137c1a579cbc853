"""Takes what leads to a person out of the log, when they take their answer back.

Inside the eraser's unit of work (`exports/erase.py`). The entries stay in their place; a cache
that was fed the old ones notices and begins again with the log as it is now. A snapshot that knows
the answer goes at once; one on another machine when a worker there looks next, and it is used by
none.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector.integrity.evidence.facts import PII_FIELDS
from collector.integrity.evidence.snapshot import keeping
from collector.model.integrity import LogEntry


def forget(session: Session, response_id: str) -> None:
    """Every entry about this response without the person's traces."""
    rows = session.execute(
        select(LogEntry.number, LogEntry.body).where(
            LogEntry.kind.in_(("answer", "set_aside")), LogEntry.ref == response_id
        )
    ).all()
    if rows:
        keeping.forget(min(row.number for row in rows))
    for number, body in rows:
        remaining = {name: value for name, value in body.items() if name not in PII_FIELDS}
        session.execute(
            update(LogEntry).where(LogEntry.number == number).values(body=remaining, erased=True),
            execution_options={"synchronize_session": False},
        )
