"""The part of a rule that says when: quiet hours, days off, dates, fall-back, reminder. Pure.

`check` reads what somebody wrote, `ready` what is stored. Used by `definition.py`; the gates
`timing`, `cancelled` and `calendar`, and `invitations/` (claims, fallback) follow it.

    quiet_hours: {sms: 21:00-08:00, email: none}   # by the person's clock
    not_on: [weekend, holiday]                     # where the person is
    not_before: 2026-11-01                         # dates by the workspace's clock
    not_after: 2026-12-24
    expires_after: 3d                              # after the event, or it is not asked any more
    cancel_on: [order.returned]                    # about the same order, before the ask goes out
    cancel_same: subjects.order.id
    fallback_after: 24h                            # not seen in the product: the next channel
    reminder_after: 3d                             # one, on the same channel
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from collector.rules.quiet_times import (
    DAYS_OFF,
    HOLIDAY,
    NONE,
    Window,
    knows_holidays,
    meant,
    read_window,
)
from collector.rules.spans import duration, span
from collector.surveys import near_misses
from collector.surveys.fields import Fields

LOUD = "21:00-08:00"
DEFAULT_QUIET = {"inapp": NONE, "email": NONE}  # every other channel rings somewhere
SAME = "subjects.order.id"
PATH = re.compile(r"(subjects|context)(\.[A-Za-z_]\w{0,63}){1,5}")
EVENT_TYPE = re.compile(r"[^\W_][\w.:/-]{0,99}")

NAMES = {
    "inapp": "the product itself",
    "sms": "text messages",
    "email": "mail",
    "webhook": "your own gateway",
}
ABOUT = {
    "not_on": "Days off where the person is, on which nothing goes out but in the product. "
    "`holiday` needs the package `holidays` (`collector[calendar]`).",
    "not_before": "The first day on which to ask, by the workspace's clock. What comes sooner "
    "waits for it.",
    "not_after": "The last day on which to ask, by the workspace's clock.",
    "expires_after": "How long after the event it may still be asked; later is too late.",
    "cancel_on": "Event types that make a waiting ask pointless, if they are about the same thing "
    "(`cancel_same`), such as `[order.returned]`.",
    "cancel_same": "What has to be equal in both events for `cancel_on`: a field of both, such as "
    "`context.order`. See [what is the same](matching.md).",
    "fallback_after": "Not seen in the product for so long: ask over the next channel. Only after "
    "`inapp`, where it can be told.",
    "reminder_after": "Not answered for so long: remind once, on the same channel. Not in the "
    "product.",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """`quiet` maps a channel to its quiet hours; spans are None where the rule has none."""

    quiet: Mapping[str, Window | None] = field(default_factory=dict)
    not_on: tuple[str, ...] = ()
    not_before: date | None = None
    not_after: date | None = None
    expires_after: timedelta | None = None
    cancel_on: tuple[str, ...] = ()
    cancel_same: str = SAME
    fallback_after: timedelta | None = None
    reminder_after: timedelta | None = None

    def window(self, channel: str) -> Window | None:
        """The quiet hours of a channel."""
        return self.quiet[channel] if channel in self.quiet else read_window(default(channel))

    def off(self, channel: str) -> tuple[str, ...]:
        """The days off of a channel: the product is quiet by itself when nobody is in it."""
        return () if channel == "inapp" else self.not_on


def default(channel: str) -> str:
    """The quiet hours of a channel where the rule says nothing."""
    return DEFAULT_QUIET.get(channel, LOUD)


def check(fields: Fields, channels: Sequence[str]) -> dict[str, Any]:
    """The fields about time, complete; problems go to the fields' report."""
    quiet = fields.inner(
        "quiet_hours",
        about="When not to write, from and to, by the person's own clock; `none` for at any hour. "
        "`21:00-08:00` is quiet at night.",
    )
    checked: dict[str, Any] = {
        "quiet_hours": {one: _window(quiet, one) for one in channels},
        "not_on": fields.choices("not_on", DAYS_OFF, default=(), about=ABOUT["not_on"]),
        "not_before": _date(fields, "not_before"),
        "not_after": _date(fields, "not_after"),
        "expires_after": span(fields, "expires_after", about=ABOUT["expires_after"]),
        "cancel_on": _types(fields),
        "cancel_same": fields.text(
            "cancel_same",
            most=400,
            default=SAME,
            takes="path in `subjects` or `context`",
            about=ABOUT["cancel_same"],
        ),
        "fallback_after": span(fields, "fallback_after", about=ABOUT["fallback_after"]),
        "reminder_after": span(fields, "reminder_after", about=ABOUT["reminder_after"]),
    }
    quiet.done()
    if HOLIDAY in checked["not_on"] and not knows_holidays():
        fields.problem(
            "not_on", "Public holidays need the package `holidays`: install collector[calendar]."
        )
    if not PATH.fullmatch(checked["cancel_same"]):
        fields.problem("cancel_same", f"`cancel_same` is a path such as {SAME}.")
    first, last = checked["not_before"], checked["not_after"]
    if first and last and first > last:
        fields.problem("not_after", "`not_after` lies before `not_before`.")
    return checked


def ready(stored: Mapping[str, Any]) -> Timing:
    """The stored fields; those that an older version does not have are as by default."""
    quiet = stored.get("quiet_hours") or {}
    return Timing(
        quiet={channel: read_window(text) for channel, text in quiet.items()},
        not_on=tuple(stored.get("not_on") or ()),
        not_before=_stored_date(stored, "not_before"),
        not_after=_stored_date(stored, "not_after"),
        expires_after=duration(stored.get("expires_after") or ""),
        cancel_on=tuple(stored.get("cancel_on") or ()),
        cancel_same=stored.get("cancel_same") or SAME,
        fallback_after=duration(stored.get("fallback_after") or ""),
        reminder_after=duration(stored.get("reminder_after") or ""),
    )


def _window(fields: Fields, channel: str) -> str:
    usual, value = default(channel), fields.raw.get(channel)
    fields.tell(
        channel,
        "`HH:MM-HH:MM` or `none`",
        usual,
        f"For {NAMES.get(channel, channel)}.",
    )
    if value is None:
        return usual
    try:
        if not isinstance(value, str):
            raise ValueError(meant(value))
        read_window(value)
    except ValueError as error:
        fields.problem(channel, f"This cannot be used: {error}.")
        return usual
    return value


def _date(fields: Fields, name: str) -> str:
    value = fields.raw.get(name)
    fields.tell(name, "date, `YYYY-MM-DD`", "", ABOUT[name])
    if isinstance(value, date):  # YAML reads 2026-11-01 as a date
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value)).isoformat() if value not in (None, "") else ""
    except ValueError:
        fields.problem(name, f"`{name}` is a date such as 2026-11-01: year, month, day.")
        return ""


def _types(fields: Fields) -> list[str]:
    fields.tell("cancel_on", "list of event types, at most 20", "", ABOUT["cancel_on"])
    value = fields.raw.get("cancel_on") or []
    known = isinstance(value, list) and all(
        isinstance(one, str) and EVENT_TYPE.fullmatch(one) for one in value
    )
    if not known or len(value) > 20:
        near = near_misses.of_list(value, ())
        fields.problem("cancel_on", f"`cancel_on` is a list of event types, at most 20{near}.")
        return []
    return list(value)


def _stored_date(stored: Mapping[str, Any], name: str) -> date | None:
    text = stored.get(name)
    return date.fromisoformat(text) if text else None
