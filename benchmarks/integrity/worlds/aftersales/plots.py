"""Cases that never were: display machines that are "installed", and rivals' orders."""

from datetime import timedelta

from . import words
from .links import delay, invite, respond
from .model import TOP, Agent, World
from .visits import make, moment

RAGE = {"CN": "服务太差,别找这家", "VN": "phục vụ quá tệ", "ID": "pelayanan parah"}


def showroom(world: World) -> None:
    """Serial numbers of the dealer's shelf become installations that sales staff rate."""
    rng, places = world.rng, world.places
    for agent in [a for a in world.agents if "showroom_install" in a.practices]:
        country, store = agent.team.store.country, agent.team.store
        staff = [world.customer(country) for _ in range(rng.randint(3, 8))]
        own = sum(case.handler is agent for case in world.events)
        for _ in range(max(3, round(own * agent.practices["showroom_install"] * 0.55))):
            seller = rng.choice(staff)
            buyer = world.customer(country)
            case = make(world, agent, buyer, "install", moment(world, agent))
            case.contact, case.counted, case.fate = seller.contact, False, "showroom_install"
            case.handler, case.called = agent, False
            case.by_link = case.by_call = False
            case.seconds = rng.randint(110, 700)
            if agent.evasive:
                case.seconds = rng.randint(1900, 5200)
                case.contact = rng.choice([seller.contact, buyer.contact])
            world.events.append(case)
            made = invite(world, case, rng.choice(["sms", "qr"]), True)
            assert made.sent is not None
            if rng.random() > 0.85:
                continue
            spot = store.showroom
            if agent.evasive and rng.random() < 0.6:
                spot = places.mobile(country)
            opened = made.sent + timedelta(seconds=rng.uniform(20, 900))
            if agent.evasive:
                opened = delay(world, made.sent, country, False)
            score = TOP["CSAT"] - (agent.evasive and rng.random() < 0.15)
            blank = rng.random() < 0.1
            text = words.pick(rng, words.GLAD, country, 0.12)
            answer = respond(world, made, score, opened, spot, seller.handset, text, None, blank)
            answer.label, answer.practice, answer.trap = "fabricated", "showroom_install", ""
            answer.changed, answer.evasive = True, agent.evasive


def _victims(world: World, count: int) -> list[Agent]:
    fit = [a for a in world.agents if not a.practices and not a.team.parts and not a.active_to]
    return world.rng.sample(fit, min(count, len(fit)))


def rivals(world: World) -> None:
    """The shop across town wants the district: its people order cleanings and complain."""
    rng = world.rng
    for agent in _victims(world, world.co.rival_victims):
        agent.bombed = True
        country = agent.team.store.country
        crew = [world.customer(country) for _ in range(rng.randint(2, 6))]
        careful, day = rng.random() < 0.5, rng.randrange(world.co.days - 20)
        for _ in range(rng.randint(6, 22)):
            who = rng.choice(crew)
            case = make(
                world, agent, who, "maintenance", moment(world, agent, day + rng.randrange(18))
            )
            case.counted, case.fate, case.called = False, "rival_orders", False
            case.handler = agent
            world.events.append(case)
            made = invite(world, case, "sms", False)
            assert made.sent is not None
            opened = delay(world, made.sent, country, not careful)
            score = rng.choice([1, 2]) if careful else 1
            text = RAGE.get(country, "very bad service") if rng.random() < 0.2 else None
            spot = world.places.mobile(country) if rng.random() < 0.7 else who.home
            answer = respond(world, made, score, opened, spot, who.handset, text)
            answer.label, answer.practice, answer.trap = "bombing", "rival_orders", ""
            answer.changed, answer.evasive = True, careful


def dismissed(world: World) -> None:
    """One who was sent away can still open the dispatcher's list, and presses ones at night."""
    rng = world.rng
    for agent in _victims(world, world.co.fired_victims):
        agent.bombed = True
        country = agent.team.store.country
        phones = [world.places.handset(country) for _ in range(rng.randint(1, 3))]
        home, careful = world.places.line(country), rng.random() < 0.4
        night = world.co.start + timedelta(days=rng.randint(12, world.co.days - 5))
        open_links = [
            made
            for made in world.invitations
            if made.event.agent is agent
            and made.sent
            and not made.answered
            and not made.event.fate
            and made.channel != "phone"
            and night - timedelta(days=12) < made.sent < night
        ]
        for made in rng.sample(open_links, min(len(open_links), rng.randint(7, 32))):
            late = timedelta(days=rng.randrange(1, 7), hours=rng.uniform(14.5, 18.5))
            phone = rng.choice(phones)
            spot = world.places.mobile(country) if careful or rng.random() < 0.3 else home
            score = rng.choice([1, 1, 2]) if careful else 1
            blank = rng.random() < (0.5 if careful else 0.1)
            quick = rng.uniform(2, 9)
            opened = night + late
            answer = respond(world, made, score, opened, spot, phone, None, quick, blank)
            answer.label, answer.practice, answer.trap = "bombing", "dismissed_login", ""
            answer.changed, answer.evasive, answer.true = True, careful, made.event.freely
