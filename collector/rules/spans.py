"""Time spans as rules write them: `90m`, `2h`, `1d`. Pure; used by the parts of a rule."""

from __future__ import annotations

import re
from datetime import timedelta

from collector.surveys.fields import Fields

DURATION = re.compile(r"(\d{1,5})\s*(s|m|h|d)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=90)


def duration(text: str) -> timedelta | None:
    """`90m`, `2h`, `1d` as a time span; None if it is not one or is too long."""
    found = DURATION.fullmatch(text.strip())
    if found is None:
        return None
    span = timedelta(**{UNITS[found[2]]: int(found[1])})
    return span if span <= LONGEST else None


def span(fields: Fields, name: str, default: str = "") -> str:
    """The field's text, complained about where it is not a span; an empty default means none."""
    text = fields.text(name, most=10, default=default)
    if text and duration(text) is None:
        fields.problem(name, f"`{name}` is a number with s, m, h or d, at most 90d, such as 2h.")
    return text
