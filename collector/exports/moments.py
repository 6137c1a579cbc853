"""A day or a time as people write it in a parameter. Pure; loads nothing, for commands that start
at once. Used for the period of KPIs and for windows of the feed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from collector.errors import InvalidInput


def moment(text: str, pointer: str) -> datetime | None:
    """Midnight in UTC of a day, or a time (UTC where it says none); None for ''.

    Raises InvalidInput for anything else.
    """
    if not text:
        return None
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            "Give a date (2026-03-31, UTC) or a time (2026-03-31T08:00:00Z).",
            code="bad_time", pointer=pointer,
        ) from error  # fmt: skip
