"""What one revision of an invitation says: how it was asked, and what became of it. Pure.

Takes what was read of it and the row that was published last, gives the values of the row that is
true now. Two that say the same are one: only a difference is published. What is under way at this
very moment (a claim, a message that is being handed over) is not said: it is another in a second.
Used by `publish.py`; what is read: `present.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from channels import status
from collector import clock
from collector.exports import pii_fields
from collector.model.states import CANCELLED, FAILED, LAPSED, SENDING, WAITING

INVITATION, TOMBSTONE = "invitation", "tombstone"
# What a row has by its place in the feed, not by what it says.
PLACE: Final = ("number", "revision", "kind", "published_at")
COUNTED: Final = (
    status.SENT, status.DELIVERED, status.FAILED, status.BOUNCED, status.UNKNOWN, status.NOT_SENT,
)  # fmt: skip
HANDED_OVER: Final = (status.SENT, status.DELIVERED)
IN_PRODUCT: Final = "inapp"
ONLY_MACHINES: Final = "set_aside"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One message of an invitation."""

    invitation_id: str
    channel: str
    status: str
    sent_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation with its event, survey, rule and response, as they stand."""

    invitation_id: str
    status: str
    channels: list[Any]
    locale: str
    created_at: datetime
    sent_at: datetime | None
    send_by: datetime | None
    lapses_at: datetime
    reminded_at: datetime | None
    held_back: str
    survey: str
    survey_version: int
    metric: str
    rule: str
    rule_version: int
    event_source: str
    event_id: str
    event_type: str
    occurred_at: datetime
    subjects: Mapping[str, Any]
    person_id: str
    person_ref: str
    response_id: str | None
    response_state: str | None
    answered_at: datetime | None
    erased_at: datetime | None

    @property
    def erased(self) -> bool:
        """Was the answer taken back, or the person erased?"""
        return self.erased_at is not None or self.person_ref == pii_fields.no_longer(self.person_id)


def row(
    asked: Asked,
    attempts: Iterable[Attempt],
    opened_at: datetime | None,
    before: Mapping[str, Any] | None,
    now: datetime,
) -> dict[str, Any]:
    """What is true of it now, without its place in the feed.

    `opened_at`: the earliest time at which the page behind a tap was opened; `before`: the row that
    was published last.
    """
    over = [one for one in attempts if one.status != status.CLAIMED]
    first = min((one for one in over if one.sent_at), key=_sent, default=None)
    machines = asked.response_state == ONLY_MACHINES
    answered = None if machines else asked.answered_at
    shown = [
        one.settled_at
        for one in over
        if one.channel == IN_PRODUCT and one.status == status.DELIVERED
    ]
    state = WAITING if asked.status == SENDING else asked.status
    said = {
        "invitation_id": asked.invitation_id,
        "survey": asked.survey,
        "survey_version": asked.survey_version,
        "metric": asked.metric,
        "rule": asked.rule,
        "rule_version": asked.rule_version,
        "state": state,
        "held_back": asked.held_back,
        "channels": list(asked.channels),
        "channel": first.channel if first else "",
        "locale": asked.locale,
        "invited_at": asked.created_at,
        "sent_at": asked.sent_at,
        "delivered_at": _earliest(one.settled_at for one in over if one.status == status.DELIVERED),
        "opened_at": _earliest([None if machines else opened_at, *shown]),
        "answered_at": answered,
        "reminded_at": asked.reminded_at,
        "lapses_at": asked.lapses_at,
        "ended_at": _ended(asked, state, over, before, now),
        "messages": len(over),
        "handed_over": sum(one.status in HANDED_OVER for one in over),
        "by_channel": _by_channel(over),
        "response_id": asked.response_id or "",
        "person_id": asked.person_id,
        "event_source": asked.event_source,
        "event_id": asked.event_id,
        "event_type": asked.event_type,
        "occurred_at": asked.occurred_at,
        "subjects": dict(asked.subjects),
    }
    return said | cleared(said) if asked.erased else said


def cleared(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the row of somebody erased says instead."""
    return {**pii_fields.INVITATION, "subjects": pii_fields.about(said["subjects"])}


def differs(said: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    """Is this news to whoever has the row that was published last?"""
    return before is None or any(before[name] != value for name, value in said.items())


def _ended(
    asked: Asked,
    state: str,
    over: list[Attempt],
    before: Mapping[str, Any] | None,
    now: datetime,
) -> datetime | None:
    """When it came to its end; where nothing says so, when that was first seen."""
    if state not in (FAILED, LAPSED, CANCELLED):
        return None
    if state == LAPSED:
        return min(asked.send_by or asked.lapses_at, asked.lapses_at)
    if before is not None and before["state"] == state:
        seen: datetime | None = before["ended_at"]
        return seen
    settled = [one.settled_at for one in over if one.settled_at] if state == FAILED else []
    return max(settled, default=now)


def _by_channel(over: list[Attempt]) -> list[dict[str, Any]]:
    channels: dict[str, list[Attempt]] = {}
    for one in over:
        channels.setdefault(one.channel, []).append(one)
    return [
        {
            "channel": channel,
            "messages": len(tried),
            **{word: sum(one.status == word for one in tried) for word in COUNTED},
            "first_sent_at": _iso(_earliest(one.sent_at for one in tried)),
            "first_delivered_at": _iso(
                _earliest(one.settled_at for one in tried if one.status == status.DELIVERED)
            ),
        }
        for channel, tried in channels.items()
    ]


def _sent(one: Attempt) -> datetime:
    assert one.sent_at is not None
    return one.sent_at


def _earliest(times: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in times if one is not None), default=None)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else clock.iso(at)
