"""Drops of the quarter: who brought what to whom, how it went, and what the customer felt."""

from dataclasses import dataclass, field

from benchmarks.integrity.worlds.couriers.draw import DAY, HOUR, Dice
from benchmarks.integrity.worlds.couriers.people import Company, Courier, Team
from benchmarks.integrity.worlds.couriers.places import Person

CSAT_CUTS = (-2.0, -1.55, -1.05, -0.2)
NPS_CUTS = (-2.5, -2.25, -2.05, -1.9, -1.7, -1.35, -1.05, -0.6, 0.0, 0.5)
SCALES = {"CSAT": [1, 5], "NPS": [0, 10]}
TROUBLES = (("late", 0.075, 1.3), ("damaged", 0.018, 2.2), ("missing_item", 0.02, 1.9))


@dataclass
class Answer:
    """One press, and the truth about it."""

    drop: "Drop"
    opened: float
    at: float
    score: int
    ip: str
    net: str
    device: str | None
    agent: str
    comment: str | None = None
    label: str = "honest"
    practice: str | None = None
    trap: str = ""
    changed: bool = False
    evasive: bool = False
    supersedes: "Answer | None" = None
    id: str = ""


@dataclass
class Drop:
    """A drop that was drawn for the survey."""

    id: str
    at: float
    account: Courier
    hands: Courier
    who: Person
    reason: str
    seconds: int
    mood: float
    trouble: str
    trap: str = ""
    channel: str = ""
    contact: str | None = None
    on_file: str | None = None
    asked: Person | None = None
    tongue: str = ""
    invitation: str = ""
    sent: float | None = None
    suppressed: str | None = None
    silenced: bool = False
    would: bool = False
    settled: int | None = None
    real: bool = True
    practice: str = ""
    evasive: bool = False
    reaction: float = 1.0
    answers: list[Answer] = field(default_factory=list)

    @property
    def metric(self) -> str:
        return "NPS" if self.channel == "sms" else "CSAT"

    @property
    def top(self) -> int:
        return SCALES[self.metric][1]

    @property
    def felt(self) -> int:
        """The score that fits the mood."""
        if self.metric == "NPS":
            return sum(self.mood > cut for cut in NPS_CUTS)
        return 1 + sum(self.mood > cut for cut in CSAT_CUTS)

    @property
    def free(self) -> int | None:
        if not self.real or not self.would:
            return None
        return self.felt if self.settled is None else self.settled


class Book:
    """Makes drops for a company."""

    def __init__(self, dice: Dice, firm: Company) -> None:
        self.dice, self.firm, self.drops = dice, firm, list[Drop]()

    def add(self, at: float, rider: Courier, who: Person, reason: str, lift: float = 0.0) -> Drop:
        dice, draw = self.dice, self.firm.draw
        hands = rider
        if rider.substitute and dice.hit(0.22):
            hands = rider.substitute
        skill, trouble, cost = hands.skill(at), "", 0.0
        for name, chance, price in TROUBLES:
            if dice.hit(chance * (1.4 if skill < -0.5 else 1.0)):
                trouble, cost = name, price
        mood = draw.base + lift + skill + rider.team.depot.grade - cost
        mood += dice.gauss(0.0, draw.noise) - (0.25 if reason == "neighbour_drop" else 0.0)
        base = {"food_drop": 130, "counter_pickup": 65, "safe_place": 55}.get(reason, 95)
        made = Drop(
            id=dice.token("drp_"),
            at=at,
            account=rider,
            hands=hands,
            who=who,
            reason=reason,
            seconds=max(12, round(dice.around(base, 0.5))),
            mood=mood,
            trouble=trouble,
            trap="lawful_substitute" if hands is not rider else who.habit,
            tongue=who.tongue,
        )
        self.drops.append(made)
        return made

    def fill(self) -> list[Drop]:
        """The whole quarter, in order of time."""
        draw, dice = self.firm.draw, self.dice
        share = (draw.rate_app + draw.rate_sms * 0.6 + draw.rate_qr * 0.4) / 2
        ordinary = round(draw.answers / (share * 1.06))
        weights = [dice.around(1.0, 0.3) for _ in self.firm.couriers]
        for rider in dice.choices(self.firm.couriers, weights, k=ordinary):
            self._ordinary(rider)
        for team in self.firm.teams:
            self._towers(team)
            self._ward(team)
        self._feasts()
        self._lunches()
        self._pumped()
        self.drops.sort(key=lambda drop: drop.at)
        return self.drops

    def moment(self, rider: Courier, food: bool) -> float:
        dice, city = self.dice, rider.team.depot.city
        last = rider.left or self.firm.draw.end
        while True:
            day = city.midnight(dice.uniform(rider.joined, last))
            if food:
                hour = dice.gauss(12.6, 1.0) if dice.hit(0.42) else dice.gauss(19.6, 1.4)
            else:
                hour = dice.triangular(8.3, 20.5, 13)
            at = day + hour * HOUR
            sunday = (at + city.offset * HOUR) // DAY % 7 == 3
            if rider.joined <= at < last - HOUR and (not sunday or dice.hit(0.55)):
                return at

    def _ordinary(self, rider: Courier) -> None:
        dice, draw = self.dice, self.firm.draw
        food = dice.hit(rider.team.food)
        who = rider.team.anybody(dice)
        reason = "food_drop"
        if not food:
            reason = dice.choices(
                ("handed_over", "safe_place", "neighbour_drop", "counter_pickup", "redelivery"),
                (52, 21, 13, 5 * draw.odd["counter_wifi"], 6),
            )[0]
        made = self.add(self.moment(rider, food), rider, who, reason)
        if reason == "neighbour_drop" and rider.team.takers_in and dice.hit(0.6):
            made.asked = dice.choice(rider.team.takers_in)
        if reason == "counter_pickup":
            made.trap = "counter_wifi"

    def _towers(self, team: Team) -> None:
        """No signal in the lifts: the courier's app uploads a whole tower's drops at once."""
        dice = self.dice
        for block in team.towers:
            for _ in range(dice.randint(2, 9)):
                rider = dice.choice(team.couriers)
                out = self.moment(rider, food=False)
                for who in dice.sample(block, dice.randint(4, 9)):
                    made = self.add(out + dice.uniform(0, 50), rider, who, "handed_over")
                    made.trap, made.reaction = "dead_zone_tower", 1.8

    def _ward(self, team: Team) -> None:
        dice = self.dice
        rider = next((c for c in team.couriers if c.nights), None)
        for _ in range(dice.randint(25, 70) if rider else 0):
            assert rider is not None
            night = rider.team.depot.city.midnight(self.moment(rider, food=True))
            at = night + dice.triangular(0.2, 4.6, 2.8) * HOUR
            at += DAY if at < rider.joined else 0
            made = self.add(at, rider, dice.choice(team.ward), "food_drop", 0.5)
            made.reaction = 1.6

    def _feasts(self) -> None:
        """Sunset of a feast or the night of a final: everybody eats, and thanks, at one hour."""
        dice, draw = self.dice, self.firm.draw
        for depot in self.firm.depots:
            riders = [c for c in self.firm.couriers if c.team.depot is depot and not c.left]
            riders = [c for c in riders if c.joined == draw.start]
            for _ in range(round(dice.uniform(1, 4) * draw.odd["feast_night"])):
                night = depot.city.midnight(dice.uniform(draw.start + 12 * DAY, draw.end - 2 * DAY))
                sunset = night + dice.uniform(17.6, 20.2) * HOUR
                for rider in dice.sample(riders, min(len(riders), dice.randint(4, 10))):
                    for _ in range(dice.randint(1, 3)):
                        at = max(sunset - dice.uniform(1, 22) * 60, rider.joined)
                        who = rider.team.anybody(dice)
                        made = self.add(at, rider, who, "food_drop", 0.75)
                        made.trap, made.reaction = "feast_night", 1.9

    def _lunches(self) -> None:
        """Couriers eat too, and colleagues bring it."""
        dice, draw = self.dice, self.firm.draw
        for eater in dice.sample(self.firm.couriers, len(self.firm.couriers) // 4):
            for _ in range(round(dice.uniform(1, 7) * draw.odd["staff_lunch"])):
                rider = dice.choice(eater.team.couriers)
                if rider is not eater:
                    at = self.moment(rider, food=True)
                    made = self.add(at, rider, eater.self, "food_drop", 0.35)
                    made.trap, made.reaction = "staff_lunch", 1.4

    def _pumped(self) -> None:
        """Orders that nobody eats, placed to lift an account's stars before the week's cut."""
        dice = self.dice
        cases = len(self.drops) / len(self.firm.couriers)
        for rider in self.firm.couriers:
            for _ in range(round(rider.gaming.get("pump_orders", 0.0) * cases * 0.6)):
                at = self.moment(rider, food=True)
                if not rider.evasive:
                    at += dice.choice((0, 0, 1, 2)) * HOUR
                    at = min(at, self.firm.draw.end - HOUR)
                made = self.add(at, rider, dice.choice(rider.friends), "food_drop", 1.0)
                made.real, made.practice, made.trouble, made.trap = False, "pump_orders", "", ""
                made.hands, made.evasive = rider, rider.evasive
                made.seconds = round(dice.around(75 if rider.evasive else 31, 0.4))
