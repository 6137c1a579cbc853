"""When a Segment message happened: the sender's time, corrected by how wrong its clock is. Pure.

As Segment documents it (https://segment.com/docs/connections/spec/common/#timestamps):
`timestamp = receivedAt - (sentAt - originalTimestamp)`. Clients write the original time into
`timestamp`; a message that Segment itself passed on carries `receivedAt`, and its `timestamp` is
corrected already. A clock that was never set (1970) is corrected like any other. A time that
cannot be used is noted, and the message counts as of when it came. Used by `segment.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from collector import clock
from collector.intake.formats.fitting import epoch_number
from collector.intake.formats.native import AHEAD
from collector.rules.values import EARLIEST, Problems

MILLISECONDS: Final = 1e11  # a number from here on counts them: as seconds it is the year 5138
MICROSECONDS: Final = 1e14


@dataclass(frozen=True, slots=True)
class When:
    """`text` is the corrected time; `stamp` is what the sender wrote ("" for nothing), by which a
    repetition is told."""

    text: str
    stamp: str


def read_time(
    raw: Mapping[str, Any], pointer: str, now: datetime, sent_at: Any, notes: Problems
) -> When:
    """`sent_at` is the batch's; a message's own comes first. An unusable one is noted."""
    passed_on = bool(raw.get("receivedAt"))
    name = "timestamp" if passed_on else "originalTimestamp"
    name = name if raw.get(name) is not None else "timestamp"
    written = raw.get(name)
    if written is None:
        return When(clock.iso(now), "")
    at, stamp = f"{pointer}/{name}", str(written)
    moment = _moment(written, at, notes)
    if moment is None:
        return When(clock.iso(now), stamp)
    own = raw.get("sentAt")
    sent_at = sent_at if own is None else own
    if sent_at is not None and not passed_on:
        sent = _moment(sent_at, f"{pointer}/sentAt", notes)
        if sent is not None:
            moment = _minus(now, sent, moment)
    return When(clock.iso(_plausible(moment, at, now, notes)), stamp)


def _plausible(moment: datetime, at: str, now: datetime, notes: Problems) -> datetime:
    if moment > now + AHEAD:
        notes.add(at, "in_the_future", "This time is yet to come; when the message came counts.")
    elif moment < EARLIEST:
        notes.add(at, "bad_time", "The clock was not set; when the message came counts.")
    else:
        return moment
    return now


def _minus(now: datetime, sent: datetime, original: datetime) -> datetime:
    try:
        return now - (sent - original)
    except OverflowError:
        return original


def _moment(value: Any, pointer: str, notes: Problems) -> datetime | None:
    """Segment asks for ISO 8601 in UTC; clients also write numbers, HTTP dates and no offset."""
    number = epoch_number(value)
    try:
        if number is not None:
            scale = 1e6 if number >= MICROSECONDS else 1e3 if number >= MILLISECONDS else 1
            return datetime.fromtimestamp(number / scale, UTC)
        if isinstance(value, str):
            read = _written(value.strip())
            if read.tzinfo is None:
                notes.add(pointer, "no_offset", "This time has no offset; it was taken as UTC.")
                read = read.replace(tzinfo=UTC)
            return read.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass
    notes.add(
        pointer,
        "bad_time",
        "This must be a time with an offset, such as 2026-03-02T12:00:00Z; when the message came "
        "counts instead.",
    )
    return None


def _written(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.upper().replace(",", "."))
    except ValueError:
        return parsedate_to_datetime(text)  # Mon, 02 Mar 2026 12:00:00 GMT (RFC 5322)
