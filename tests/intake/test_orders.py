"""What is said about a person ends alike whatever the order in which it arrives."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from collector import clock
from collector.intake import people
from collector.intake.incoming import IncomingEvent, IncomingPerson
from collector.intake.profile import FROM_API, FROM_EVENT, Profile, told
from collector.intake.receive import receive
from collector.model.base import db, unit_of_work
from collector.model.people import Person
from tests.triggers.making import NOON

SIX = range(6)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Fact:
    """What is said, and how long before noon it happened; None: a call, which says it outright."""

    person: IncomingPerson
    ago: int | None = None

    @property
    def call(self) -> bool:
        return self.ago is None


def said(ago: int | None, **what: Any) -> Fact:
    return Fact(IncomingPerson("", **what), ago)


SIX_FACTS = (
    said(60, attributes={"plan": "free", "theme": "dark"}, contacts={"email": "old@example.com"}),
    said(50, attributes={"plan": "pro"}, consent={"email": "granted", "sms": "granted"}),
    said(40, forget=("email",), attributes={"theme": None}, locale="de"),
    said(30, contacts={"email": "old@example.com"}, kind="employee", timezone="Asia/Tokyo"),
    said(30, contacts={"sms": "+5511987654321"}, consent={"email": "denied"}, locale="pt-BR"),
    said(30, consent={"email": "granted"}, attributes={"plan": "trial", "theme": "light"}),
)
HELD = {
    "own": ("employee", "pt-BR", "Asia/Tokyo"),
    "attributes": {"plan": "trial", "theme": "light"},
    "contacts": {"email": "old@example.com", "sms": "+5511987654321"},
    "consent": {"email": "denied", "sms": "granted"},
}

words = st.builds(
    IncomingPerson,
    ref=st.just(""),
    kind=st.sampled_from(["", "customer", "employee"]),
    locale=st.sampled_from(["", "", "de", "pt-BR"]),
    timezone=st.sampled_from(["", "", "Asia/Tokyo", "UTC"]),
    contacts=st.dictionaries(st.just("email"), st.sampled_from(["a@example.com", "b@example.com"])),
    attributes=st.dictionaries(
        st.sampled_from(["plan", "theme"]), st.sampled_from([None, "x", 1, True, [1], {"a": 2}])
    ),
    consent=st.dictionaries(
        st.sampled_from(["sms", "any"]), st.sampled_from(["granted", "denied"])
    ),
    forget=st.sampled_from([(), (), ("email",)]),
)
facts = st.builds(Fact, words, st.sampled_from([None, 10, 20, 20, 30, 40]))
six = st.lists(facts, min_size=6, max_size=6)


def orders(about: Sequence[Fact]) -> list[tuple[int, ...]]:
    """All orders in which these may arrive: calls say what they say when they are made."""
    calls = [at for at in SIX if about[at].call]
    return [
        order
        for order in itertools.permutations(SIX)
        if [at for at in order if about[at].call] == calls
    ]


def known_of(profile: Profile) -> dict[str, Any]:
    return {
        "own": (profile.kind, profile.locale, profile.timezone),
        "attributes": profile.attributes,
        "contacts": profile.addresses,
        "consent": {channel: word.state for channel, word in profile.words.items()},
    }


def kept(refs: Iterable[str]) -> list[dict[str, Any]]:
    db.session.rollback()
    wanted = select(Person).where(Person.ref.in_(list(refs)))
    return [
        {
            "own": (one.kind, one.locale, one.timezone),
            "attributes": one.attributes,
            "contacts": {point.channel: point.address for point in one.contacts},
            "consent": {word.channel: word.state for word in one.consents},
        }
        for one in db.session.scalars(wanted).unique()
    ]


def event_of(fact: Fact, ref: str) -> IncomingEvent:
    at = NOON - timedelta(minutes=fact.ago or 0)
    who = replace(fact.person, ref=ref)
    return IncomingEvent("shop", f"e-{next(_numbers)}", "order.delivered", at, who)


def arrive(about: Sequence[Fact], some: Sequence[tuple[int, ...]]) -> list[str]:
    """Each order happens to a person of its own, what comes n-th of all of them at once."""
    refs = [f"c-{next(_numbers)}" for _ in some]
    for turn in SIX:
        turns = [(about[order[turn]], ref) for order, ref in zip(some, refs, strict=True)]
        with clock.at(NOON + timedelta(minutes=turn)):
            events = [event_of(fact, ref) for fact, ref in turns if not fact.call]
            for start in range(0, len(events), 500):
                receive(events[start : start + 500])
            calls = [replace(fact.person, ref=ref) for fact, ref in turns if fact.call]
            if calls:
                _call(calls)
    return refs


def arrive_at_once(about: Sequence[Fact], some: Sequence[tuple[int, ...]]) -> list[str]:
    """All events of a person in one batch, in this order."""
    refs = [f"c-{next(_numbers)}" for _ in some]
    with clock.at(NOON):
        events = [
            event_of(about[at], ref) for order, ref in zip(some, refs, strict=True) for at in order
        ]
        for start in range(0, len(events), 480):
            receive(events[start : start + 480])
    return refs


def _call(about: Sequence[IncomingPerson]) -> None:
    """As many calls as there are people, in one transaction."""
    with unit_of_work() as work:
        people.keep(work.session, [people.Said(one, clock.now()) for one in about], FROM_API)
        work.commit()


def test_six_facts_end_alike_in_all_720_orders_each_in_a_batch_of_its_own(ctx: Flask) -> None:
    refs = arrive(SIX_FACTS, orders(SIX_FACTS))
    assert len(refs) == 720
    assert kept(refs) == [HELD] * 720


def test_six_facts_end_alike_in_all_720_orders_in_one_batch(ctx: Flask) -> None:
    assert kept(arrive_at_once(SIX_FACTS, orders(SIX_FACTS))) == [HELD] * 720


def test_a_call_among_five_events_holds_wherever_it_comes(ctx: Flask) -> None:
    call = said(
        None, attributes={"plan": None}, contacts={"email": "new@example.com"},
        consent={"sms": "denied"}, forget=("sms",),
    )  # fmt: skip
    among = (*SIX_FACTS[:5], call)
    assert (
        kept(arrive(among, orders(among)))
        == [
            {
                "own": HELD["own"],
                "attributes": {},
                "contacts": {"email": "new@example.com"},
                "consent": {"email": "denied", "sms": "denied"},
            }
        ]
        * 720
    )


@settings(max_examples=40, deadline=None)
@given(six)
def test_any_six_facts_end_alike_in_all_orders(about: list[Fact]) -> None:
    ends = []
    for order in orders(about):
        profile = Profile("per_1", "c-1", NOON - timedelta(hours=9))
        for turn, at in enumerate(order):
            fact = about[at]
            when = NOON + timedelta(minutes=-fact.ago if fact.ago is not None else turn)
            source = FROM_API if fact.call else FROM_EVENT
            profile, _ = told(profile, fact.person, when, source)
        ends.append(known_of(profile))
    assert all(end == ends[0] for end in ends)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(six, st.randoms(use_true_random=False))
def test_any_six_facts_end_alike_in_the_database(
    ctx: Flask, about: list[Fact], chance: Any
) -> None:
    some = orders(about)
    some = chance.sample(some, min(60, len(some)))
    ends = kept(arrive(about, some))
    assert len(ends) == len(some)
    assert all(end == ends[0] for end in ends)
    events = [fact if fact.ago is not None else replace(fact, ago=15) for fact in about]
    at_once, apart = arrive_at_once(events, some), arrive(events, some)
    ends = kept([*at_once, *apart])
    assert len(ends) == 2 * len(some)
    assert all(end == ends[0] for end in ends)


def test_the_same_word_twice_changes_nothing() -> None:
    profile = Profile("per_1", "c-1", NOON)
    for fact in SIX_FACTS:
        once, _ = told(profile, fact.person, NOON, FROM_EVENT)
        assert told(once, fact.person, NOON, FROM_EVENT)[0] == once
