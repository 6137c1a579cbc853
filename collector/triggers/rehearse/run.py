"""Runs a rehearsal: the recorded events once more through the same gates, with asks of its own.

A generator: gives a `Progress` after every page and a `Report` at the end; whoever stops listening
stops the run. Two worlds are played side by side, the rules as they are and with the draft among
them, each with the asks that it gives itself; asks from before the window are the real ones. What
became of an ask is what became of the real one of the same event. Nothing is written.
Used by the API and the command line. Next: `page.py` knows the people of a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.sms import frame
from channels.sms.text import cost
from collector import clock
from collector.config import settings
from collector.model.events import Event
from collector.surveys.catalog import Survey
from collector.triggers import arbitration, person_loader
from collector.triggers.arbitration import RuleOutcome
from collector.triggers.batch import Batch
from collector.triggers.gates.cancelled import superseded
from collector.triggers.gates.quota import QuotaSlot as Seat
from collector.triggers.gates.situation import Later
from collector.triggers.rehearse import store, window
from collector.triggers.rehearse.page import People
from collector.triggers.rehearse.past import RecordedInvitation
from collector.triggers.rehearse.plan import Book, Plan
from collector.triggers.rehearse.store import Store
from collector.triggers.rehearse.tally import Tally
from collector.triggers.rehearse.window import Moment, Window

LINK_LENGTH = 26


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of so many events are done; `invited` by the rule in question."""

    done: int
    total: int
    invited: int


@dataclass(frozen=True, slots=True)
class Report:
    """The end: everything counted, as JSON."""

    body: dict[str, Any]


class World:
    """One set of rules with the asks and the quota places that it gives."""

    def __init__(self, name: str, book: Book, kept: Store) -> None:
        self.name, self.book, self.kept = name, book, kept
        self.used: Counter[Seat] = Counter()
        self.rules = {rule.key: rule for listed in book.values() for rule, _ in listed}
        self.surveys = {rule.key: survey for listed in book.values() for rule, survey in listed}

    def cancel(self, moment: Moment, people: People) -> None:
        """What waits and is overtaken by this event counts no more."""
        event = moment.event
        later = Later(event.type, event.id, event.occurred_at, event.context, event.subjects)
        for ask in people.given(self.name, event.person_id):
            rule = self.rules.get(ask.rule_key)
            about = people.event_of(ask.event_id)
            if rule is None or about is None or not ask.waiting(moment.decided_at):
                continue
            if superseded(rule, about.occurred_at, about.context, about.subjects, later):
                closed = replace(ask, closed_at=moment.decided_at)
                people.change(self.name, ask, closed)
                self.kept.keep(self.name, closed)

    def decide(self, moment: Moment, people: People) -> dict[str, RuleOutcome]:
        """The rulings about one event, by rule; an invitation counts from here on."""
        event, now = moment.event, moment.decided_at
        listening = self.book.get(event.type, [])
        if not listening:
            return {}
        batch = Batch(
            now,
            people.rows,
            {event.person_id: people.person_context(self.name, event.person_id, now)},
            {event.person_id: people.later(event.person_id, now)},
            self.used,
            person_loader.workspace(),
        )
        situations = batch.situations(event, listening)
        rulings = {ruling.rule.key: ruling for ruling in arbitration.decide(situations)}
        for ruling in rulings.values():
            if ruling.plan is not None:
                if ruling.plan.place is not None:
                    self.used[ruling.plan.place] += 1
                self._give(moment, ruling, people)
        return rulings

    def _give(self, moment: Moment, ruling: RuleOutcome, people: People) -> None:
        assert ruling.plan is not None
        survey = self.surveys[ruling.rule.key]
        ask = RecordedInvitation(
            person_id=moment.event.person_id,
            event_id=moment.event.id,
            rule_key=ruling.rule.key,
            survey_key=survey.key,
            metric=survey.metric.key,
            channels=ruling.plan.channels,
            at=ruling.plan.ask_at,
            decided_at=moment.decided_at,
            lapses_at=ruling.plan.lapses_at,
        ).with_aftermath(people.real(moment.event.person_id, moment.event.id))
        people.give(self.name, ask)
        self.kept.keep(self.name, ask)


def rehearse(plan: Plan) -> Generator[Progress | Report, None, None]:
    """Play the window. Closing the generator ends the run and leaves nothing behind."""
    began = clock.now()
    books = {"live": plan.live, "draft": plan.drafted} if plan.drafted is not None else {}
    calls_off = {one for rule in plan.rules for one in rule.timing.cancel_on}
    wanted = Window(
        plan.begins,
        plan.ends,
        window.types_of(plan.live, plan.drafted or {}, calls_off),
    )
    tally = Tally(plan.key)
    with window.reading() as session, store.temporary() as kept:
        worlds = [World(name, book, kept) for name, book in (books or {"live": plan.live}).items()]
        total = window.count(session, wanted)
        done = invited = 0
        with closing(window.pages(session, wanted)) as pages:
            for page in pages:
                names = [world.name for world in worlds]
                people = People(session, kept, names, page, calls_off, plan)
                for _, together in groupby(page, key=lambda moment: moment.decided_at):
                    invited += _play(list(together), worlds, people, tally, plan, calls_off)
                done += len(page)
                yield Progress(done, total, invited)
        yield Report(
            {
                "rule": plan.key,
                "version": plan.version,
                "window": {"from": clock.iso(plan.begins), "to": clock.iso(plan.ends)},
                "events": done,
                **tally.report(),
                "history": _history(session, plan),
                "assumptions": list(ASSUMPTIONS),
                "seconds": round((clock.now() - began).total_seconds(), 3),
            }
        )


ASSUMPTIONS = (
    "People are taken as they are known now; of consents and opt-outs the last change is undone "
    "for events before it. `uncertain` counts the events for which that made a difference to what "
    "was known.",
    "An ask that really went out keeps what became of it. One that only this run gives counts for "
    "every pause, and as neither answered nor ignored.",
    "Quotas begin empty at the beginning of the window: begin it with a period.",
    "Text messages as fall-back are counted as if every earlier channel had failed.",
)


def _play(
    together: list[Moment],
    worlds: list[World],
    people: People,
    tally: Tally,
    plan: Plan,
    calls_off: Iterable[str],
) -> int:
    """All events of one moment: first what they call off, then what is decided about them."""
    invited = 0
    for moment in together:
        if moment.event.type in calls_off:
            for world in worlds:
                world.cancel(moment, people)
    for moment in together:
        event = moment.event
        rulings = [world.decide(moment, people) for world in worlds]
        if not any(rulings):
            continue
        tally.uncertain += not people.certain(event.person_id, moment.decided_at)
        before, after = rulings[0], rulings[-1]
        for key, ruling in before.items():
            held = people.recorded(event.id, key)
            if held is not None:
                tally.checked(event.id, ruling, held)
        if len(worlds) > 1:
            for key in sorted({*before, *after}):
                tally.compared(event.id, key, before.get(key), after.get(key))
        drafted = after.get(plan.key)
        if drafted is not None:
            survey = worlds[-1].surveys[plan.key]
            locale = people.rows[event.person_id].locale
            segment = people.segment(worlds[-1].name, plan, moment)
            tally.drafted(
                event.id,
                drafted,
                segment,
                lambda s=survey, one=locale: segments(s, one),  # type: ignore[misc]
            )
            invited += drafted.plan is not None
    return invited


def segments(survey: Survey, locale: str) -> int:
    """What the text message of this survey costs in that language, with a link like any."""
    return _segments(survey, locale or survey.wording().locale, settings().base_url)


@cache
def _priced(text: str, locale: str, link: str) -> int:
    return cost(frame.text(text, locale, link)).segments


def _segments(survey: Survey, locale: str, base_url: str) -> int:
    link = f"{base_url}/t/{'x' * LINK_LENGTH}"
    return _priced(survey.wording(locale).sms, locale, link)


def _history(session: Session, plan: Plan) -> dict[str, Any]:
    """How far back the caps look, and whether the records reach that far."""
    needed = plan.begins - plan.looks_back
    first = session.execute(select(func.min(Event.received_at))).scalar_one()
    return {
        "needs_days": plan.looks_back.days,
        "needed_from": clock.iso(needed),
        "reaches_back_to": clock.iso(first) if first else None,
        "complete": first is not None and first <= needed,
    }
