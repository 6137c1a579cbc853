"""`simulate(seed, folder)`: one company's quarter as the audit's files, and `truth.ndjson` beside.

The audit never reads the truth. Run alone: `python -m benchmarks.integrity.simulator.simulate 7
DIR`.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.integrity.simulator import gaming, mix, robots, words
from benchmarks.integrity.simulator.cases import Case, Life, store_of
from benchmarks.integrity.simulator.files import write
from benchmarks.integrity.simulator.people import Agent, Customer, Device, Store, Town


def simulate(seed: int, folder: Path, *, agents_at_most: int = 1000) -> None:
    """Write one company into `folder` (made if missing). Equal seeds give equal files."""
    random = Random(seed)
    habits = mix.draw(random)
    habits = replace(habits, agents=min(habits.agents, agents_at_most))
    town = Town(random, habits, f"seed{seed}")
    stores = [store_of(random, number, habits, town) for number in range(habits.stores)]
    agents = _hire(random, habits, town, stores)
    life = Life(random, habits, town)
    by_store: dict[str, list[Agent]] = {}
    for agent in agents:
        by_store.setdefault(agent.store.id, []).append(agent)
    _tempt(random, habits, town, agents)
    cheats = gaming.Cheats(random, town, life, by_store)
    cases: list[Case] = []
    for agent in agents:
        cases += _quarter(random, habits, town, life, cheats, agent)
    for _ in range(habits.bombings):
        victim = random.choice(agents)
        mates = [a for a in by_store[victim.store.id] if a is not victim]
        attacker = random.choice(mates) if random.random() < 0.6 else None
        if attacker is not None and not attacker.phrases:
            attacker.phrases = words.phrases(random, attacker.store.locale)
        cases += cheats.bomb(victim, attacker, random.randrange(habits.days - 8))
    for case in cases:
        if "beg" in case.worker.gaming and random.random() < 0.12 * case.worker.intensity:
            robots.overrule(random, case)
        elif not case.invented:
            robots.think_again(random, case, habits.corrections, habits.recovery)
        robots.post_twice(random, case, habits.double_posts)
        robots.scan(random, case, habits.scanner_clicks_all)
        case.answers.sort(key=lambda given: given.at)
    write(folder, cases, agents, habits)


def _hire(random: Random, habits: mix.Mix, town: Town, stores: list[Store]) -> list[Agent]:
    sizes = [random.uniform(0.5, 1.6) for _ in stores]
    agents: list[Agent] = []
    for store, size in zip(stores, sizes, strict=True):
        count = max(8, round(habits.agents * size / sum(sizes)))
        teams = max(1, round(count / random.uniform(8, 13)))
        for number in range(count):
            great = random.random() < habits.great
            quality = random.uniform(0.75, 1.3) if great else random.gauss(0, 0.28)
            tablet = Device(town.fresh("tablet"), "Mozilla/5.0 (iPad; CPU OS 17_2) Counter/1.4")
            agents.append(
                Agent(
                    "", f"{store.id}T{number % teams}", store, quality, great, town.phone(),
                    town.place(), (town.fresh("contact"), town.fresh("contact")),
                    tablet if random.random() < habits.tablets else None,
                    random.lognormvariate(0, 0.35),
                )
            )  # fmt: skip
            if agents[-1].phone.id is None:
                agents[-1].phone.id = town.fresh("device")
        for _ in range(round(habits.regulars * count * 3)):
            store.regulars.append(town.customer(store.locale))
        for _ in range(round(habits.households * count * 3)):
            store.regulars += town.household(store.locale)
    random.shuffle(agents)
    for number, agent in enumerate(agents):
        agent.id = f"A{number:04d}"
    for agent in agents:
        if random.random() < habits.business:
            for _ in range(random.randint(1, 3)):
                agent.accounts += town.office(agent.store.locale, agent)
    return agents


def _tempt(random: Random, habits: mix.Mix, town: Town, agents: list[Agent]) -> None:
    """Some agents game; in some companies a manager leads a whole team into it."""
    for agent in agents:
        if not agent.great and random.random() < habits.gaming:
            gaming.choose(random, agent, habits.evasive)
    if habits.store_leads:
        team = random.choice(agents).team
        kinds = random.choice(
            (frozenset({"beg", "skip"}), frozenset({"self_phone"}), frozenset({"gift"}))
        )
        shared = town.phone()
        for agent in agents:
            if agent.team == team and not agent.great and random.random() < 0.8:
                agent.gaming, agent.intensity = kinds, random.uniform(0.3, 0.7)
                agent.phone = shared if random.random() < 0.6 else agent.phone
    ring: list[Customer] = []
    for agent in agents:
        if not agent.gaming:
            continue
        agent.phrases = words.phrases(random, agent.store.locale)
        count = random.randint(8, 20) if agent.evasive else random.randint(2, 6)
        agent.friends = [town.customer(agent.store.locale) for _ in range(count)]
        if random.random() < 0.25:
            ring = ring or agent.friends
            agent.friends = ring
        if random.random() < 0.3:
            agent.friends[0].contact = agent.contacts[0]


def _quarter(
    random: Random, habits: mix.Mix, town: Town, life: Life, cheats: gaming.Cheats, agent: Agent
) -> list[Case]:
    """All interactions of one agent."""
    first = random.randrange(habits.days // 2) if random.random() < 0.15 else 0
    days = range(first, habits.days)
    count = round(habits.events_per_agent * agent.busy * len(days) / habits.days)
    firm = town.place()
    cases = []
    for _ in range(count):
        case = life.case(agent, _visitor(random, habits, town, agent), random.choice(days))
        if case.customer.kind == "plain" and random.random() < habits.scanner_firms:
            case.customer.mail_scanner = case.customer.mail_scanner or firm
        if random.random() < habits.handed_over:
            case.credited = random.choice(cheats.colleagues[agent.store.id])
        cheats.touch(case)
        cases.append(case)
    if "phantom" in agent.gaming:
        answered = sum(bool(case.answers) for case in cases)
        for _ in range(round(answered * 1.3 * agent.intensity)):
            cases.append(cheats.invent(agent, random.choice(days)))
    return cases


def _visitor(random: Random, habits: mix.Mix, town: Town, agent: Agent) -> Customer:
    if agent.accounts and random.random() < 0.35:
        return random.choice(agent.accounts)
    if agent.store.regulars and random.random() < 0.25:
        return random.choice(agent.store.regulars)
    return town.customer(agent.store.locale)


if __name__ == "__main__":
    simulate(int(sys.argv[1]), Path(sys.argv[2]))
