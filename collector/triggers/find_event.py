"""An event by our id or by its sender's own. Reads only; used by explain and the API."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.errors import InvalidInput, NotFound
from collector.model.events import Event
from collector.rules.same_value import text


def find_event(session: Session, name: str, source: str = "") -> Event:
    """The event called `name`, ours (`evt_…`) or the caller's own id of it.

    Raises NotFound (`unknown_event`), and InvalidInput (`ambiguous_event`) where two sources use
    that id and `source` does not say which is meant.
    """
    found = session.get(Event, name)
    if found is not None:
        return found
    wanted = select(Event).where(Event.event_id == text(name))
    if source:
        wanted = wanted.where(Event.source == source)
    rows = session.scalars(wanted.order_by(Event.source).limit(2)).all()
    if len(rows) > 1:
        raise InvalidInput(
            "Several sources have an event with this id; say which `source` is meant.",
            code="ambiguous_event", pointer="/source",
        )  # fmt: skip
    if not rows:
        raise NotFound("There is no event with this id.", code="unknown_event")
    return rows[0]
