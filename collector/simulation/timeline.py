"""What a replay plays: events and answers in the order of time, cut into ticks. Pure.

Used by `replay.py`; `replay_files.py` and adaptors make the items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from collector.errors import InvalidInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EventKey = tuple[str, str]  # source, event id


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered about the event that `source` calls `event_id`.

    `idempotency_key` names the answer itself: the same key again is a repetition.
    """

    source: str
    event_id: str
    score: int
    comment: str | None
    idempotency_key: str

    @property
    def about(self) -> EventKey:
        return self.source, self.event_id


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened at `at` (aware): an event (native JSON) or an answer.

    `where` tells a person which line of which file it comes from.
    """

    at: datetime
    where: str
    event: Mapping[str, Any] | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """What is played before the work of the moment `at` is done; nothing in it is later."""

    at: datetime
    items: tuple[Item, ...]


def ticks(items: Iterable[Item], step: timedelta, prompt: bool = False) -> Iterator[Tick]:
    """The items in windows of `step`, empty windows too, and one empty one at the end.

    A window is cut short before an answer about an earlier event of the same window: nobody can
    answer an invitation that has not gone out. What happens at one moment is never cut apart, so a
    tick that was finished can be told from its time. With `prompt` a tick ends with every event:
    its work is done there and then, and not when quiet hours have begun meanwhile. Raises
    InvalidInput (`out_of_order`) naming the place.
    """
    end: datetime | None = None
    played: list[Item] = []
    asked: dict[EventKey, datetime] = {}
    before = EPOCH
    for item in items:
        if item.at < before:
            raise InvalidInput(
                "items must come in the order of time; this one is earlier than the one before it",
                code="out_of_order",
                pointer=item.where,
            )
        before = item.at
        end = end or _end_of_window(item.at, step)
        while item.at > end:
            yield Tick(end, tuple(played))
            played, asked, end = [], {}, end + step
        if prompt and asked and item.at > played[-1].at:
            yield Tick(played[-1].at, tuple(played))
            played, asked = [], {}
        if item.answer is not None and asked.get(item.answer.about, item.at) < item.at:
            earlier = [one for one in played if one.at < item.at]
            yield Tick(earlier[-1].at, tuple(earlier))
            played = played[len(earlier) :]
            asked = {about: at for about, at in asked.items() if at == item.at}
        if item.event is not None:
            asked[str(item.event.get("source")), str(item.event.get("id"))] = item.at
        played.append(item)
    if end is not None:
        yield Tick(end, tuple(played))
        yield Tick(end + step, ())


def _end_of_window(moment: datetime, step: timedelta) -> datetime:
    return EPOCH - ((EPOCH - moment) // step) * step
