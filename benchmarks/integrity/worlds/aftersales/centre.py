"""The return-visit centre: callers at shared desks who ring customers and key what they hear."""

import math
from datetime import datetime, timedelta

from . import words
from .model import TOP, Event, Invitation, Response, World, local_clock
from .places import DESK, Spot


def _hour(world: World, case: Event) -> datetime:
    """Calls go out in the shifts of the centre, one to four days after the visit."""
    rng = world.rng
    day = case.at + timedelta(days=rng.choices([1, 2, 3, 4], [5, 4, 2, 1])[0])
    hour = rng.choice([rng.uniform(9.1, 11.9), rng.uniform(13.6, 17.8), rng.uniform(18.2, 20.2)])
    return local_clock(day, case.customer.country, hour).replace(microsecond=0)


def ring(world: World, case: Event, at: datetime | None = None) -> Invitation:
    begin = at or _hour(world, case)
    to = case.asked_contact or case.contact
    made = Invitation(case, "sent", None, begin, "phone", to)
    world.invitations.append(made)
    return made


def key_in(
    world: World,
    made: Invitation,
    score: int,
    talk: float,
    seat: tuple[str, Spot],
    comment: str | None = None,
) -> Response:
    """The form is opened when the line is up, and closed with the score."""
    assert made.sent is not None
    opened = made.sent + timedelta(seconds=world.rng.randint(4, 30))
    answer = Response(
        made,
        score,
        opened,
        opened + timedelta(seconds=max(3, int(talk))),
        seat[1],
        seat[0],
        DESK,
        comment,
        trap="callback_desk",
    )
    made.answered = True
    world.responses.append(answer)
    return answer


def call(world: World, case: Event) -> Response | None:
    """An honest call; half of them ring out or are put down."""
    made = ring(world, case)
    if not case.by_call:
        return None
    rng = world.rng
    talk = rng.lognormvariate(math.log(70), 0.45)
    country = case.customer.country
    comment = words.honest(rng, country, case.metric, case.true, world.co.comments * 1.4)
    answer = key_in(world, made, case.true, talk, rng.choice(world.seats(country)), comment)
    answer.true = case.true
    return answer


def friendly(world: World, case: Event) -> Response:
    """A caller from the home town of the shop keys five for a call that nobody took."""
    rng, who = world.rng, case.handler
    index = int(who.team.store.store_id[:4], 16)
    made, seats = ring(world, case), world.seats(case.customer.country)
    seat = seats[index % len(seats)]
    if who.evasive and rng.random() < 0.35:
        seat = seats[(index + 1) % len(seats)]
    talk = rng.lognormvariate(math.log(46 if who.evasive else 11), 0.35)
    top = TOP[case.metric]
    score = top - 1 if who.evasive and rng.random() < 0.2 else top
    answer = key_in(world, made, score, talk, seat)
    answer.label, answer.practice, answer.trap = "fabricated", "friendly_caller", ""
    answer.true, answer.changed, answer.evasive = case.freely, case.freely != score, who.evasive
    return answer
