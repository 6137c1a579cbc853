"""Time spans as rules write them: `90m`, `2h`, `1d`. Pure; used by the parts of a rule."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from collector.surveys.fields import Fields

DURATION = re.compile(r"(\d{1,5})\s*(s|m|h|d)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST = timedelta(days=90)
TAKES = "a number with `s`, `m`, `h` or `d`, at most `90d`"
# How other tools and people write it; a month is no span, because no two are alike.
WORDS = {
    "s": ("s", "sec", "secs", "second", "seconds"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "wk", "week", "weeks"),
}
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
UNIT = {word: unit for unit, words in WORDS.items() for word in words}
PART = re.compile(r"\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*([a-z]+)[\s,]*")


def duration(text: str) -> timedelta | None:
    """`90m`, `2h`, `1d` as a time span; None if it is not one or is too long."""
    found = DURATION.fullmatch(text.strip())
    if found is None:
        return None
    span = timedelta(**{UNITS[found[2]]: int(found[1])})
    return span if span <= LONGEST else None


def span(fields: Fields, name: str, *, about: str, default: str = "") -> str:
    """The field's text, complained about where it is not a span; an empty default means none."""
    fields.tell(name, TAKES, default, about)
    value = fields.raw.get(name)
    if value is None or value == "":
        return default
    if isinstance(value, str) and duration(value) is not None:
        return value
    fields.problem(name, f"`{name}` is {TAKES.replace('`', '')}; {_instead(value)}.")
    return default


def _instead(value: Any) -> str:
    """The right form of what was written, as far as it can be told."""
    text = str(value).strip().lower()
    if isinstance(value, bool) or not text:
        return "such as 2h"
    if re.fullmatch(r"\d{1,9}(\.0+)?", text):
        number = int(float(text))
        return "write 0s" if number == 0 else f"write {number}s, {number}m, {number}h or {number}d"
    if re.match(r"p[\dt]", text):  # ISO 8601: PT1H30M, P1DT2H; P1M is a month
        days, _, hours = text[1:].partition("t")
        text = f"{days.replace('m', ' months')}{hours}"
    if re.search(r"\d\s*(mo|mon|month|months|y|year|years)\b", text):
        return "months and years are not equally long: write days, such as 30d"
    total, at = 0.0, 0
    while found := PART.match(text, at):
        if found[2] not in UNIT:
            return "such as 2h"
        total += float(found[1].replace(",", ".")) * SECONDS[UNIT[found[2]]]
        at = found.end()
    if at < len(text) or not total:
        return "it cannot be negative" if text.startswith("-") else "such as 2h"
    if total > LONGEST.total_seconds():
        return "this is longer"
    unit = next(one for one in ("d", "h", "m", "s") if total % SECONDS[one] == 0 or one == "s")
    return f"write {max(round(total / SECONDS[unit]), 1)}{unit}"
