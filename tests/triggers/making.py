"""Events and rules for tests, in the forms in which people send and write them."""

from __future__ import annotations

import itertools
import zlib
from datetime import UTC, datetime
from typing import Any

from collector.intake.formats.native import read_event
from collector.intake.incoming import IncomingEvent

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def rule(key: str = "delivered", **changes: Any) -> dict[str, Any]:
    """A live rule that asks CSAT over SMS after every delivery, without caps."""
    return {
        "key": key,
        "on": "order.delivered",
        "survey": "delivery",
        "status": "live",
        "channels": ["sms"],
        "caps": {"global_days": 0, "survey_days": 0},
        **changes,
    }


def event(person: Any = "c-1", **changes: Any) -> dict[str, Any]:
    """A usable native event about a person who may be asked; `who` changes fields of the person."""
    who = changes.pop("who", {})
    return {
        "source": "shop",
        "id": f"o-{next(_numbers)}",
        "type": "order.delivered",
        "occurred_at": "2026-03-02T11:00:00Z",
        "person": {
            "ref": person,
            "phone": f"+55119{zlib.crc32(str(person).encode()) % 10**8:08}",
            "email": f"c{zlib.crc32(str(person).encode())}@example.com",
            "consent": {"any": "granted"},
            **who,
        },
        **changes,
    }


def read(raw: dict[str, Any], now: datetime = NOON) -> IncomingEvent:
    """The event as the stages see it; fails the test if it is not usable."""
    incoming = read_event(raw, "", now)
    assert isinstance(incoming, IncomingEvent), incoming
    return incoming
