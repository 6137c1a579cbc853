"""What the place that rules are used in has and knows: channels, numbers, event types, languages.

Reads only. For `rules/advice.py`, which says what of a rule cannot work here; asked by the command
line and the API when a rule is written or looked at, never while deciding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels import locales
from collector import clock
from collector.config import Settings, settings
from collector.errors import Problem
from collector.invitations.transports import channels, kinds
from collector.model.base import db
from collector.model.events import Event
from collector.model.people import Person
from collector.model.senders import Sender
from collector.rules import advice
from collector.rules.advice import Deployment

LATELY: Final = 2_000
"""So many of the last events and people are looked at, whatever there is."""
CHANGED_TYPES: Final = 200


def of_settings(chosen: Settings) -> Deployment:
    """What settings alone tell, without a database."""
    return Deployment(channels=kinds(chosen), not_to=_unreached(chosen), today=clock.now().date())


def here(rules: Iterable[Mapping[str, Any]] = ()) -> Deployment:
    """What is known in the running app, of the event types that these rules name."""
    session = cast(Session, db.session())
    named = {one for rule in rules for one in (rule["on"], *rule["cancel_on"])}
    return Deployment(
        channels=frozenset(channels()),
        stopped={
            row.channel: row.stop_code
            for row in session.execute(
                select(Sender.channel, Sender.stop_code).where(Sender.stopped_at.is_not(None))
            )
        },
        not_to=_unreached(settings()),
        types=frozenset(one for one in named if _was_sent(session, one)),
        sent=_sent_lately(session) if named else (),
        speak=_spoken(session),
        today=clock.now().date(),
    )


def warnings_of_rule(rule: Mapping[str, Any], survey: Mapping[str, Any] | None) -> list[Problem]:
    """What of a rule in use is surely not meant, here and now."""
    return advice.of_rule(rule, here=here([rule]), survey=survey)


def warnings_of_survey(survey: Mapping[str, Any]) -> list[Problem]:
    """The same of a survey."""
    return advice.of_survey(survey, here=here())


def _unreached(chosen: Settings) -> tuple[str, ...]:
    return tuple(chosen.sms_not_to)


def _was_sent(session: Session, event_type: str) -> bool:
    wanted = select(Event.id).where(Event.type == event_type).limit(1)
    return session.scalar(wanted) is not None


def _sent_lately(session: Session) -> tuple[str, ...]:
    last = select(Event.type).order_by(Event.occurred_at.desc()).limit(LATELY).subquery()
    found = session.scalars(select(last.c.type).distinct().order_by(last.c.type))
    return tuple(found)[:CHANGED_TYPES]


def _spoken(session: Session) -> dict[str, int]:
    last = select(Person.locale).order_by(Person.id.desc()).limit(LATELY)
    counted = Counter(locales.language(one or "") for one in session.scalars(last))
    counted.pop("", None)
    return dict(counted)
