"""Is there enough time to every other ask, of this survey and of any? Pure.

Counted for the person and for the contact point: two accounts with one phone are one person to
pester. A reminder is no ask of its own, so it is not counted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from collector import clock
from collector.triggers.gates.situation import PASS, Check, Situation
from collector.triggers.gates.timing import latest
from collector.triggers.history import PastInvitation

Limit = tuple[Sequence[PastInvitation], timedelta]


def global_cap(seen: Situation) -> Check:
    """Is there enough time to every other ask, of whatever survey?"""
    return _cap("global_cap", "capped_global", seen, _globally(seen))


def survey_cap(seen: Situation) -> Check:
    """Is there enough time to every other ask of this survey?"""
    asks, apart = _globally(seen)
    same = [ask for ask in asks if ask.survey_key == seen.rule.survey_key]
    limit = same, seen.rule.policy.survey_cap
    # Putting it off must not bring it too near to an ask of another survey.
    return _cap("survey_cap", "capped_survey", seen, limit, (asks, apart))


def counted(seen: Situation) -> list[PastInvitation]:
    """The person's asks, and those of others that use a contact point which this one would use."""
    if not seen.person.asks:
        return []
    using = set(seen.channels)
    return [ask for ask in seen.person.asks if ask.own or using.intersection(ask.channels)]


def _globally(seen: Situation) -> Limit:
    return counted(seen), seen.rule.policy.global_cap


def _cap(gate: str, reason: str, seen: Situation, limit: Limit, *others: Limit) -> Check:
    apart = limit[1]
    nearest = _near(seen.ask_at, limit)
    if nearest is None:
        return Check(gate, PASS, {"days": apart.days})
    again = nearest.at + apart
    facts = {
        "days": apart.days,
        "survey": nearest.survey_key,
        "asked_at": clock.iso(nearest.at),
        "again_at": clock.iso(again),
        "shared": not nearest.own,
    }
    if seen.rule.policy.delays:
        again = _free(again, (limit, *others))
        if again < latest(seen):
            return Check(gate, PASS, {**facts, "again_at": clock.iso(again)}, ask_at=again)
    return Check(gate, reason, facts)


def _free(at: datetime, limits: Sequence[Limit]) -> datetime:
    """The first moment from `at` on that is far enough from every ask."""
    moved = True
    while moved:
        moved = False
        for limit in limits:
            while (other := _near(at, limit)) is not None:
                at, moved = other.at + limit[1], True
    return at


def _near(at: datetime, limit: Limit) -> PastInvitation | None:
    """The latest ask that is too near to that moment."""
    asks, apart = limit
    near = [ask for ask in asks if abs(at - ask.at) < apart]
    return max(near, key=lambda ask: ask.at, default=None)
