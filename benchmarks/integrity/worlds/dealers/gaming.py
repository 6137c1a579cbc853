"""What tempted staff do to a case before the survey leaves: numbers, cards, reasons."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.cases import Case, local, score, utc, visit
from benchmarks.integrity.worlds.dealers.people import LAST, Agent, Store, Team, token
from benchmarks.integrity.worlds.dealers.profile import Profile
from benchmarks.integrity.worlds.dealers.visits import HOLIDAY, stranger

SOUR = -0.55  # from here down somebody at the counter smells trouble


def _own_number(rng: Random, case: Case, agent: Agent) -> bool:
    if agent.evasive and case.feel > 0.6 and rng.random() < 0.6:
        return False  # that one will praise anyway
    number, _ = rng.choice(agent.sims)
    case.on_file = token(rng) if case.channel == "email" else number
    case.sent_to = case.on_file
    return True


def _bound(rng: Random, case: Case, agent: Agent) -> bool:
    if case.reason != "delivery" and rng.random() < 0.8:
        return False
    case.channel, case.sent_to = "wechat", rng.choice(agent.accounts)
    return True


def _in_hand(case: Case, profile: Profile) -> bool:
    near = case.channel in ("wechat", "qr") or (not case.store.zh and case.channel == "sms")
    return near and (profile.instant or case.nps)


def _prescreen(rng: Random, case: Case, agent: Agent) -> bool:
    if case.feel > SOUR:
        return False
    menu = ("customer_declined", "invalid_contact", "duplicate_case", "opt_out", "test_record")
    weights = (5, 3, 2, 1, 0.4) if agent.evasive else (9, 1, 1, 0, 0)
    case.suppress = rng.choices(menu, weights)[0]
    return True


def _park(rng: Random, case: Case, agent: Agent) -> bool:
    if case.feel > SOUR:
        return False
    case.on_file = token(rng) if agent.evasive and rng.random() < 0.7 else case.store.switchboard
    case.sent_to, case.no_survey = case.on_file, True
    if case.channel == "wechat":
        case.channel = "sms"
    return True


def _wash(rng: Random, profile: Profile, case: Case, more: list[Case]) -> bool:
    """A card for a free wash on arrival takes the survey; the repair meets the cap of 30 days."""
    if case.reason not in ("repair", "warranty_claim", "bodywork"):
        return False
    morning = utc(local(case.at, case.store).replace(hour=8, minute=45), case.store)
    early = case.at - timedelta(hours=rng.uniform(1.2, 5.5))
    if early < morning:
        return False
    wash = visit(rng, profile, early, case.agent, case.who, "free_check")
    wash.on_file, wash.channel, wash.real = case.on_file, case.channel, False
    wash.feel += 0.4
    wash.free, wash.practice = score(wash, wash.feel), "wash_card_first"
    more.append(wash)
    return True


def _borrow(rng: Random, case: Case, teams: list[Team]) -> bool:
    """Trouble is entered under somebody else's login."""
    if case.feel > SOUR + 0.25:
        return False
    mates = [a for t in teams for a in t.agents if a is not case.worker and a.here(case.at)]
    if not mates:
        return False
    young = sorted(mates, key=lambda a: a.start)[-2:]
    case.agent = rng.choice(young if rng.random() < 0.6 else mates)
    return True


def _ghosts(rng: Random, profile: Profile, agent: Agent, count: int) -> list[Case]:
    """Cards for friends of the car club who never came; then an envelope of money in the group."""
    out: list[Case] = []
    store = agent.team.store
    free = list(agent.friends)
    rng.shuffle(free)
    while count > 0:
        size = min(count, rng.randint(2, 4) if agent.evasive else rng.randint(3, 9))
        count -= size
        day = rng.choice((rng.randrange(2, 88), rng.choice((25, 26, 54, 55, 56, 83, 84, 85))))
        if day in HOLIDAY:
            day += 11
        base = LAST - timedelta(days=90 - day) + timedelta(hours=rng.uniform(9.5, 16))
        call = base + timedelta(hours=rng.uniform(0.5, 9 if agent.evasive else 3))
        for _ in range(size):
            who = free.pop() if free else rng.choice(agent.friends)
            if rng.random() < 0.15:
                who = stranger(rng, profile, store)
            at = utc(base + timedelta(minutes=rng.uniform(-25, 25)), store)
            if not agent.here(at):
                continue
            reason = "test_drive" if agent.team.sales else "free_check"
            case = visit(rng, profile, at, agent, who, reason)
            case.seconds = rng.randint(420, 1500) if agent.evasive else rng.randint(35, 260)
            case.real, case.would, case.channel = False, False, "wechat"
            case.practice = "red_packet_ghosts"
            case.wish = utc(call + timedelta(minutes=rng.expovariate(1 / 7)), store)
            agent.done.add("red_packet_ghosts")
            out.append(case)
    return out


def tempt(rng: Random, profile: Profile, cases: list[Case], stores: list[Store]) -> list[Case]:
    """Go over the cases of who games; returns those that come on top."""
    more: list[Case] = []
    seen: dict[str, tuple[Agent, int]] = {}
    for case in cases:
        agent = case.worker
        if not agent.practices or case.trap or case.no_survey or case.agent is not agent:
            continue
        seen[agent.id] = (agent, seen.get(agent.id, (agent, 0))[1] + 1)
        for name, strength in agent.practices.items():
            roll, done = rng.random(), False
            if name in ("gift_for_full_marks", "phone_in_hand") and roll < strength:
                done = not (agent.evasive and case.feel < -1.0)
                done = done and (name != "phone_in_hand" or _in_hand(case, profile))
            elif name == "own_numbers" and roll < strength:
                done = _own_number(rng, case, agent)
            elif name == "car_bound_to_own_wechat" and roll < strength:
                done = _bound(rng, case, agent)
            elif name == "prescreen" and roll < strength * 2.2:
                done = _prescreen(rng, case, agent)
            elif name == "switchboard_parking" and roll < strength * 2:
                done = _park(rng, case, agent)
            elif name == "wash_card_first" and roll < strength * 1.7:
                done = _wash(rng, profile, case, more)
            elif name == "borrowed_job_card" and roll < strength * 1.8:
                near = case.store.workshop if rng.random() < 0.5 else [agent.team]
                done = _borrow(rng, case, near)
            if done:
                case.practice = name
                agent.done.add(name)
                break
    for agent, count in seen.values():
        if often := agent.practices.get("red_packet_ghosts"):
            share = 0.3 if agent.team.sales else 0.14
            more += _ghosts(rng, profile, agent, round(count * often * share))
    return more
