"""A small company for tests of the clean KPIs: answers, silence and held-back asks by store."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from collector import clock
from collector.exports import publish
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.ids import new_id
from collector.model.surveys import SurveyVersion
from tests import factories
from tests.factories import NOON

LATER = NOON + timedelta(hours=1)
_numbers = itertools.count(1)


class World:
    """One survey; every method makes one interaction in `store`, handled by `agent`."""

    def __init__(self, metric: str = "csat") -> None:
        self.survey: SurveyVersion = factories.survey_version(db.session, metric=metric)

    @property
    def key(self) -> str:
        return self.survey.key

    def asked(self, store: str = "north", agent: str = "a1", **event: Any) -> Any:
        """Invited, message handed over; no answer."""
        made = factories.sent_invitation(db.session, survey=self.survey)
        self._about(made.event_id, store, agent, **event)
        return made

    def _about(self, event_id: str, store: str, agent: str, **event: Any) -> None:
        row = db.session.get_one(Event, event_id)
        row.subjects = {
            "store": {"id": store, "credited": "elsewhere"},
            "agent": {"id": agent, "credited": agent}, "team": {"id": "t1", "credited": "t1"},
        }  # fmt: skip
        for name, value in event.items():
            setattr(row, name, value)

    def answer(
        self, score: int | None, store: str = "north", agent: str = "a1", *,
        verdict: str = "clean", weight: float = 1.0, event: dict[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """An answer with its verdict, yet to be published."""
        asked = self.asked(store, agent, **(event or {}))
        made = factories.response(db.session, asked, score=score, needs_verdict=False)
        reasons = [] if verdict == "clean" else ["DEVICE_SHARED"]
        factories.verdict(
            db.session, made.id, verdict=verdict, weight=weight, reasons=reasons, created_at=NOON
        )
        return made.id

    def held(self, reason: str, store: str = "north", agent: str = "a1") -> None:
        """Held back with this reason."""
        of = factories.person(db.session)
        rule = factories.rule(db.session, self.key)
        event = factories.event(db.session, of.id)
        self._about(event.id, store, agent)
        db.session.add(Decision(
            id=new_id("dec"), event_id=event.id, rule_key=rule.key,
            rule_version_id=rule.version_id, survey_key=self.key, person_id=of.id,
            outcome="held_back", reason=reason, facts={}, decided_at=NOON,
        ))  # fmt: skip

    def publish(self) -> None:
        db.session.commit()
        with clock.at(LATER):
            publish.run_batch(1000)
        db.session.rollback()
