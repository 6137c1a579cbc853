"""When a Segment message happened: the sender's time, corrected by how wrong its clock is. Pure.

As Segment documents it (https://segment.com/docs/connections/spec/common/#timestamps):
`timestamp = receivedAt - (sentAt - originalTimestamp)`. Clients write the original time into
`timestamp`; a message that Segment itself passed on carries `receivedAt`, and its `timestamp` is
corrected already. Used by `segment.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector import clock
from collector.rules.values import Problems


@dataclass(frozen=True, slots=True)
class When:
    """`text` is the corrected time, or what was written where that is no time; `stamp` is what the
    sender wrote ("" for nothing), by which a repetition is told."""

    text: Any
    stamp: str


def read_time(
    raw: Mapping[str, Any], pointer: str, now: datetime, sent_at: Any, notes: Problems
) -> When:
    """`sent_at` is the batch's; a message's own comes first. An unusable one is noted."""
    name = "timestamp" if raw.get("receivedAt") else "originalTimestamp"
    name = name if raw.get(name) is not None else "timestamp"
    written = raw.get(name)
    if written is None:
        return When(clock.iso(now), "")
    original = Problems().moment(written, f"{pointer}/{name}")
    sent_at = raw.get("sentAt") or sent_at
    if original is None or sent_at is None or raw.get("receivedAt"):
        return When(written, str(written))
    sent = notes.moment(sent_at, f"{pointer}/sentAt")
    if sent is None:
        return When(written, str(written))
    try:
        return When((now - (sent - original)).isoformat(), str(written))
    except OverflowError:
        return When(written, str(written))
