"""Depots, crews, couriers and the people on their rounds."""

from dataclasses import dataclass, field
from itertools import accumulate

from benchmarks.integrity.worlds.couriers.draw import DAY, PRACTICES, Dice, Draw
from benchmarks.integrity.worlds.couriers.places import (
    City,
    Person,
    Phone,
    Where,
    person,
    phone,
    towns,
)


@dataclass
class Depot:
    id: str
    city: City
    wifi: Where
    grade: float


@dataclass
class Courier:
    """An account on the roster and the person who mostly rides under it."""

    id: str
    team: "Team"
    self: Person
    second: Phone
    quality: float
    reach: float
    joined: int
    left: int | None
    great: bool = False
    evasive: bool = False
    bombed: bool = False
    mentions: bool = False
    nights: bool = False
    moves: float = 1.0
    gaming: dict[str, float] = field(default_factory=dict)
    known_numbers: list[str] = field(default_factory=list)
    friends: list[Person] = field(default_factory=list)
    shopkeepers: list[Person] = field(default_factory=list)
    regulars: list[Person] = field(default_factory=list)
    substitute: "Courier | None" = None
    spare: "Courier | None" = None
    let_from: float | None = None
    tenant: float = 0.0

    def skill(self, at: float) -> float:
        """How well whoever rides under this account does at that time."""
        return self.tenant if self.rented(at) else self.quality

    def rented(self, at: float) -> bool:
        return self.let_from is not None and at >= self.let_from


@dataclass
class Team:
    id: str
    depot: Depot
    food: float
    couriers: list[Courier] = field(default_factory=list)
    customers: list[Person] = field(default_factory=list)
    pull: list[float] = field(default_factory=list)
    takers_in: list[Person] = field(default_factory=list)
    towers: list[list[Person]] = field(default_factory=list)
    ward: list[Person] = field(default_factory=list)

    def anybody(self, dice: Dice) -> Person:
        return dice.choices(self.customers, cum_weights=self.pull)[0]


@dataclass
class Company:
    draw: Draw
    depots: list[Depot]
    teams: list[Team]
    couriers: list[Courier]


def company(dice: Dice, draw: Draw) -> Company:
    """The seed's company, before anything is delivered."""
    cities = towns(dice, min(draw.depots, dice.randint(3, 4)))
    depots = [
        Depot(dice.token("dep_"), city := cities[i % len(cities)], city.line(dice), 0.0)
        for i in range(draw.depots)
    ]
    for depot in depots:
        depot.grade = dice.gauss(0.0, 0.16)
    teams = [
        Team(dice.token("crew_"), depots[i % len(depots)], dice.choice((0.1, 0.5, 0.5, 0.9)))
        for i in range(draw.teams)
    ]
    sizes = [4] * len(teams)
    while sum(sizes) < draw.agents:
        spot = dice.randrange(len(sizes))
        sizes[spot] += sizes[spot] < 15
    couriers = []
    for team, size in zip(teams, sizes, strict=True):
        team.couriers = [_courier(dice, draw, team) for _ in range(size)]
        couriers += team.couriers
        _round(dice, draw, team)
    firm = Company(draw, depots, teams, couriers)
    _gamers(dice, firm)
    _odd_couriers(dice, firm)
    return firm


def _courier(dice: Dice, draw: Draw, team: Team) -> Courier:
    city = team.depot.city
    who = person(dice, city, draw.cookie_loss)
    turnover = dice.random()
    kind = dice.random()
    return Courier(
        id=dice.token("rid_"),
        team=team,
        self=who,
        second=phone(dice, city, draw.cookie_loss, cheap=True),
        quality=dice.gauss(0.0, 0.3) - (0.85 if kind < 0.06 else 0.0),
        reach=dice.around(1.0, 0.12),
        moves=dice.uniform(2.5, 6) if dice.hit(0.05) else dice.around(1.0, 0.2),
        joined=draw.start + dice.randint(10, 50) * DAY if turnover < 0.09 else draw.start,
        left=draw.start + dice.randint(35, 80) * DAY if turnover > 0.94 else None,
        known_numbers=[who.contact] if dice.hit(0.72) else [],
    )


def _round(dice: Dice, draw: Draw, team: Team) -> None:
    """The customers of a crew: homes, families and hostels, towers, a ward, takers-in."""
    city, loss = team.depot.city, draw.cookie_loss
    count = round(draw.answers / draw.teams * dice.uniform(1.6, 2.6))
    while len(team.customers) < count:
        first = person(dice, city, loss)
        first.elder = dice.hit(0.017 * draw.odd["helped_elder"])
        team.customers.append(first)
        if dice.hit(0.045 * draw.odd["same_home"]):
            shared = dice.hit(0.3)
            for _ in range(dice.choice((1, 1, 2, 3, 7))):
                other = person(dice, city, loss, first.home)
                other.phone = first.phone if shared else other.phone
                first.habit = other.habit = "same_home"
                team.customers.append(other)
    for _ in range(round(dice.uniform(0, 2.4) * draw.odd["dead_zone_tower"])):
        lobby = city.line(dice)
        block = dice.sample(team.customers, dice.randint(12, 30))
        for who in block:
            who.home, who.on_wifi = lobby, 0.85
        team.towers.append(block)
    if dice.hit(0.3 * draw.odd["ward_orders"]):
        line, tablet = city.line(dice), phone(dice, city, 0.0)
        team.ward = [person(dice, city, loss, line) for _ in range(dice.randint(7, 18))]
        for who in team.ward:
            who.habit, who.on_wifi = "ward_orders", 0.9
            who.phone = tablet if dice.hit(0.4) else who.phone
    for _ in range(round(dice.uniform(0, 3) * draw.odd["neighbour_takes_in"])):
        team.takers_in.append(person(dice, city, loss))
        team.takers_in[-1].habit = "neighbour_takes_in"
    team.pull = list(accumulate(dice.around(1.0, 0.9) for _ in team.customers))


def _gamers(dice: Dice, firm: Company) -> None:
    draw = firm.draw
    infected = {team.id: dice.choice((0.3, 1.0, 1.0, 3.5)) for team in firm.teams}
    pool = [c for c in firm.couriers if c.left is None]
    led = 0
    for _ in range(round(draw.gaming * len(firm.couriers))):
        who = dice.choices(pool, [infected[c.team.id] for c in pool])[0]
        pool.remove(who)
        who.evasive = dice.hit(draw.careful)
        who.quality -= dice.uniform(0.0, 0.35)
        weights = _chances(draw, who.team)
        if led >= 2 or any("dispatcher_rounds" in mate.gaming for mate in who.team.couriers):
            weights["dispatcher_rounds"] = 0.0
        for _ in range(dice.choice((1, 1, 1, 2, 2, 3))):
            name = dice.choices(list(weights), list(weights.values()))[0]
            weights[name] = 0.0
            how = draw.strength[name] * dice.uniform(0.6, 1.5)
            who.gaming[name] = min(0.6, max(0.03, how))
        led += "dispatcher_rounds" in who.gaming
        _helpers(dice, draw, who)


def _chances(draw: Draw, team: Team) -> dict[str, float]:
    """A crew takes to what its work allows: cards with parcels, the app with food."""
    weights = {name: draw.weight[name] for name in PRACTICES}
    cards = 0.15 if team.food > 0.8 else 1.0
    meals = 0.15 if team.food < 0.2 else 1.0
    for name in ("kept_cards", "tame_neighbour", "card_shuffle", "sign_here"):
        weights[name] *= cards
    for name in ("phone_at_door", "pump_orders"):
        weights[name] *= meals
    for name in ("wrong_tongue", "dump_account", "went_silent"):
        weights[name] *= 0.5
    weights["dispatcher_rounds"] *= 0.5 * cards
    return weights


def _helpers(dice: Dice, draw: Draw, who: Courier) -> None:
    """Those who lend a hand: cousins with phones, the kiosk, the regulars, an idle account."""
    city, loss = who.team.depot.city, draw.cookie_loss
    if "pump_orders" in who.gaming:
        phones = [who.second] if not who.evasive else []
        phones += [phone(dice, city, loss, cheap=True) for _ in range(dice.randint(1, 3))]
        for i in range(dice.randint(3, 9) if not who.evasive else dice.randint(8, 20)):
            cousin = person(dice, city, loss, who.self.home if dice.hit(0.4) else None)
            if not who.evasive:
                cousin.phone = phones[i % len(phones)]
            who.friends.append(cousin)
        if not who.evasive and dice.hit(0.5):
            who.friends[0].contact = who.self.contact
    if "tame_neighbour" in who.gaming:
        count = dice.randint(3, 6) if who.evasive else dice.randint(1, 2)
        who.shopkeepers = [person(dice, city, loss) for _ in range(count)]
    if "card_shuffle" in who.gaming:
        who.regulars = dice.sample(who.team.customers, dice.randint(3, 9))
    if "dump_account" in who.gaming:
        near = [c for c in firm_mates(who) if not c.gaming]
        who.spare = dice.choice(near) if near else None


def firm_mates(who: Courier) -> list[Courier]:
    """Colleagues who were there from the first day to the last."""
    mates = [c for c in who.team.couriers if c is not who and c.left is None]
    first = min((c.joined for c in mates), default=0)
    return [c for c in mates if c.joined == first]


def _odd_couriers(dice: Dice, firm: Company) -> None:
    """The beloved, the ones who mention the card, lawful substitutes, the hospital's night rider,
    and those whom somebody bombs."""
    draw = firm.draw
    clean = [c for c in firm.couriers if not c.gaming]
    for who in dice.sample(clean, dice.randint(2, 5)):
        who.great, who.quality, who.reach = True, dice.uniform(1.0, 1.7), dice.uniform(1.3, 2.0)
    plain = [c for c in clean if not c.great]
    for who in dice.sample(plain, min(len(plain), round(5 * draw.odd["mentions_card"]))):
        who.mentions, who.reach = True, who.reach * dice.uniform(1.4, 1.9)
    for who in dice.sample(plain, min(len(plain), round(4 * draw.odd["lawful_substitute"]))):
        mates = firm_mates(who)
        who.substitute = dice.choice(mates) if mates else None
    for team in firm.teams:
        riders = [c for c in team.couriers if not c.gaming and c.left is None]
        if team.ward and riders:
            dice.choice(riders).nights = True
    lessors = [c for c in firm.couriers if c.gaming.get("pump_orders", 0.0) and dice.hit(0.5)]
    for who in lessors + dice.sample(plain, min(len(plain), dice.randint(0, 6))):
        who.let_from = draw.start + dice.uniform(18, 70) * DAY
        who.tenant = dice.gauss(0.0, 0.5)
    with_cards = [c for c in plain if c.team.food < 0.8]
    for who in dice.sample(with_cards, min(len(with_cards), draw.bombed)):
        who.bombed = True
