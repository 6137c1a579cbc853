"""Invitations by link, and the customers who answer them because they like to."""

import math
from datetime import datetime, timedelta

from . import words
from .model import Event, Invitation, Response, World, local, local_clock
from .places import Handset, Spot

QUICK = {"technician_hotspot", "door_press", "parts_pickup_wifi"}


def channel(world: World, case: Event) -> str:
    rng, co = world.rng, world.co
    if case.reason == "parts_order":
        return "in_app"
    if case.trap == "door_press":
        return "qr"
    draw = rng.random()
    if draw < co.qr:
        return "qr"
    if case.customer.country == "CN":
        return "wechat" if draw < co.qr + (1 - co.qr) * co.wechat else "sms"
    return "sms"


def invite(world: World, case: Event, kind: str, prompt: bool, contact: str = "") -> Invitation:
    """A link leaves at once when the order is closed, or with the next batch of the gateway."""
    rng = world.rng
    wait = rng.uniform(2, 40)
    if not prompt and rng.random() < 0.35:
        wait = rng.lognormvariate(math.log(1500), 1.0)
    sent = case.at + timedelta(seconds=int(wait))
    to = contact or case.asked_contact or case.contact
    made = Invitation(case, "sent", None, sent, kind, to)
    world.invitations.append(made)
    return made


def suppress(world: World, case: Event, reason: str, kind: str) -> None:
    world.invitations.append(Invitation(case, "suppressed", reason, None, kind, case.contact))


def delay(world: World, start: datetime, country: str, quick: bool) -> datetime:
    """When somebody opens a message: soon, in the evening, days later; seldom before dawn."""
    rng = world.rng
    if quick:
        return start + timedelta(seconds=8 + rng.lognormvariate(math.log(75), 0.9))
    draw = rng.random()
    if draw < 0.27:
        seconds = rng.lognormvariate(math.log(300), 1.1)
    elif draw < 0.72:
        seconds = rng.lognormvariate(math.log(4.5 * 3600), 0.9)
    else:
        seconds = rng.uniform(0.7, 6.5) * 86400 * rng.random() ** 0.5
    opened = start + timedelta(seconds=3 + min(seconds, 12 * 86400))
    return max(awake(world, opened, country), start + timedelta(seconds=2))


def awake(world: World, at: datetime, country: str) -> datetime:
    """Most people sleep at night and look at the phone in the morning."""
    if local(at, country).hour < 6 and world.rng.random() < 0.82:
        return max(at, local_clock(at, country, world.rng.gauss(8.4, 0.9)))
    return at


def place(world: World, case: Event) -> Spot:
    country = case.customer.country
    if case.trap == "dormitory_batch":
        return case.customer.home if world.rng.random() < 0.85 else world.places.mobile(country)
    return case.customer.home if world.rng.random() < 0.52 else world.places.mobile(country)


def respond(
    world: World,
    made: Invitation,
    score: int,
    opened: datetime,
    spot: Spot,
    phone: Handset,
    comment: str | None = None,
    seconds: float | None = None,
    forgets: bool = False,
) -> Response:
    rng = world.rng
    if seconds is None:
        seconds = 2 + rng.lognormvariate(math.log(9), 0.75)
        if comment:
            seconds += len(comment) * rng.uniform(0.7, 2.5)
    opened = opened.replace(microsecond=0)
    user_agent = phone.agent(made.channel, made.event.customer.country, spot.wifi)
    jar = "wx" if "MicroMessenger" in user_agent else user_agent[:6]
    answer = Response(
        made,
        score,
        opened,
        opened + timedelta(seconds=max(1, int(seconds))),
        spot,
        None if forgets or rng.random() < 0.012 else world.places.hashed(jar, phone.device),
        user_agent,
        comment,
        trap=made.event.trap,
    )
    made.answered = True
    world.responses.append(answer)
    return answer


def freely(world: World, case: Event, made: Invitation) -> Response:
    """The customer's own answer."""
    rng, who = world.rng, case.customer
    assert made.sent is not None
    comment = words.honest(rng, who.country, case.metric, case.true, world.co.comments)
    if case.handler.great and comment is None:
        comment = words.pick(rng, words.GLAD, who.country, 0.06)
    opened = delay(world, made.sent, who.country, case.trap in QUICK)
    spot, phone, seconds = place(world, case), who.handset, None
    if case.trap == "technician_hotspot":
        spot = hotspot(world, case)
    elif case.trap == "parts_pickup_wifi":
        spot = case.agent.team.store.office
    elif case.trap == "kin_phone":
        spot, phone = world.places.mobile(who.country), world.places.handset(who.country)
    elif case.trap == "trade_buyer":
        spot, comment, seconds = who.home, None, rng.uniform(1, 3.2)
        opened = made.sent + timedelta(seconds=rng.lognormvariate(math.log(3000), 1.6))
    elif case.trap == "landlord_units":
        # one evening a week for all links that wait
        spot, comment = who.home, None
        weekday = int(case.contact[:4], 16) % 7
        ahead = (weekday - local(case.at, who.country).weekday()) % 7
        hour = 19.6 + int(case.contact[4:6], 16) / 140 + rng.uniform(0, 0.22)
        opened = local_clock(case.at + timedelta(days=ahead), who.country, hour)
        if opened < made.sent:
            opened += timedelta(days=7)
        seconds = rng.uniform(2, 7)
    answer = respond(world, made, case.true, opened, spot, phone, comment, seconds, who.forgets)
    answer.true = case.true
    return answer


def hotspot(world: World, case: Event) -> Spot:
    """In cellars and new towers there is no signal but that of the technician's phone."""
    week = (case.at - world.co.start).days // 7
    places, who = world.places, case.handler
    net = int(places.hashed("hot", f"{who.agent_id}{week}")[:4], 16) % 9
    ip = places.hashed("ip", f"hot{who.agent_id}{week}")
    return Spot(ip, places.hashed("net", f"carrier-{who.team.store.country}-{net}"), True)
