"""Each case in turn: is it asked about, by whom is it answered, and is the answer revised."""

import math
from datetime import timedelta

from . import centre, words
from .links import awake, channel, freely, invite, place, respond, suppress
from .model import TOP, Agent, Event, Response, World
from .tricks import TRICKS, choose

SYSTEM = {"freq_cap": 0.024, "policy_exempt": 0.007, "legal_hold": 0.001}
PERSON = {
    "customer_declined": 0.009,
    "invalid_contact": 0.011,
    "duplicate_case": 0.005,
    "opt_out": 0.006,
    "test_record": 0.002,
}


def _kept(world: World, case: Event) -> bool:
    """The common reasons for which a case is not asked about, in every crew."""
    draw = world.rng.random()
    for table in (SYSTEM, PERSON):
        for reason, share in table.items():
            if draw < share:
                suppress(world, case, reason, channel(world, case))
                case.by_link = case.by_call = False
                return True
            draw -= share
    return False


def _revise(world: World, case: Event, first: Response) -> None:
    """The second visit puts it right, and the customer says so unasked."""
    rng, who = world.rng, case.customer
    wait = timedelta(hours=rng.lognormvariate(math.log(80), 0.5))
    case.true = min(TOP[case.metric], case.true + rng.choice([1, 2, 2, 3, 4]))
    comment = words.pick(rng, words.MENDED, who.country, 0.25)
    opened = awake(world, first.answered + wait, who.country)
    spot = place(world, case)
    made, phone = first.invitation, who.handset
    answer = respond(world, made, case.true, opened, spot, phone, comment, None, who.forgets)
    answer.supersedes, answer.true = first, case.true
    answer.trap = first.trap = "honest_revision"


def _leaver(world: World, case: Event) -> Agent | None:
    """Somebody of the same land whose login still works though they are gone."""
    country = case.handler.team.store.country
    gone = [
        a
        for a in world.agents
        if a.active_to and a.active_to < case.at and a.team.store.country == country
    ]
    near = [a for a in gone if a.team.store is case.handler.team.store]
    return world.rng.choice(near or gone) if gone else None


def honestly(world: World, case: Event) -> None:
    rng = world.rng
    if _kept(world, case):
        return
    made = invite(world, case, channel(world, case), case.trap == "door_press")
    if case.by_link:
        first = freely(world, case, made)
        share = 0.07 * world.co.odd["honest_revision"]
        if case.bad and not case.trap and rng.random() < share:
            _revise(world, case, first)
    elif case.called:
        centre.call(world, case)


def answer(world: World) -> None:
    world.events.sort(key=lambda case: case.at)
    for case in world.events:
        if case.fate:
            continue
        case.fate = choose(world, case)
        if case.fate == "dump_on_leaver":
            other = _leaver(world, case)
            case.agent = other or case.agent
            case.fate = case.fate if other else ""
        trick = TRICKS.get(case.fate)
        if trick:
            case.trap = ""
            trick(world, case)
        else:
            honestly(world, case)
