"""An ask as it looked at some moment of the past: gone out yet? answered yet? closed unsent? Pure.

A decision counts earlier asks as they stood then, not as they stand now. `recorded.py` reads what
became of the real ones; an ask that only the dry run gives has no aftermath: it counts for every
pause, and as neither answered nor ignored, because nobody can know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from collector.triggers.history import PastInvitation


@dataclass(frozen=True, slots=True)
class RecordedInvitation:
    """One ask with the moments at which things happened to it. `closed_at`: when it lapsed or was
    called off without having gone out, after which it counts for nothing."""

    person_id: str
    event_id: str
    rule_key: str
    survey_key: str
    metric: str
    channels: tuple[str, ...]
    at: datetime
    decided_at: datetime
    lapses_at: datetime
    sent_at: datetime | None = None
    closed_at: datetime | None = None
    answered_at: datetime | None = None
    score: int | None = None
    real: bool = False

    def waiting(self, now: datetime) -> bool:
        """Could it still be called off? One that only the dry run gives goes out as planned."""
        if self.closed_at is not None and self.closed_at <= now:
            return False
        goes_out = self.sent_at if self.real else self.at
        return goes_out is None or goes_out > now

    def with_aftermath(self, real: RecordedInvitation | None) -> RecordedInvitation:
        """The same ask, to which happened what happened to the real one of the same event."""
        if real is None or real.survey_key != self.survey_key:
            return self
        return replace(
            self,
            lapses_at=real.lapses_at,
            sent_at=real.sent_at,
            closed_at=real.closed_at,
            answered_at=real.answered_at,
            score=real.score,
            real=True,
        )


def seen_at(past: RecordedInvitation, now: datetime) -> PastInvitation | None:
    """The ask as a decision at `now` would see it; None if it does not count then."""
    if past.decided_at > now or (past.closed_at is not None and past.closed_at <= now):
        return None
    answered = past.answered_at is not None and past.answered_at <= now
    return PastInvitation(
        past.survey_key,
        past.at,
        past.metric,
        past.sent_at is not None and past.sent_at <= now,
        past.lapses_at,
        past.answered_at if answered else None,
        past.score if answered else None,
        past.channels,
    )


def of_person(
    person_id: str,
    own: Mapping[str, Sequence[RecordedInvitation]],
    sharers: Mapping[str, set[str]],
    now: datetime,
) -> tuple[PastInvitation, ...]:
    """A person's own asks, and those of others over a contact point that both have.

    `sharers` maps the other person to the channels that they share.
    """
    mine = [ask for past in own.get(person_id, ()) if (ask := seen_at(past, now))]
    return (*mine, *_of_others(own, sharers, now))


def _of_others(
    own: Mapping[str, Sequence[RecordedInvitation]], sharers: Mapping[str, set[str]], now: datetime
) -> Iterable[PastInvitation]:
    for other, channels in sorted(sharers.items()):
        for past in own.get(other, ()):
            ask = seen_at(past, now)
            through = tuple(one for one in past.channels if one in channels)
            if ask is not None and through:
                yield PastInvitation(ask.survey_key, ask.at, channels=through, own=False)
