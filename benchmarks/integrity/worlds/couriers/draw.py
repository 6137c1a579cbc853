"""What a seed decides about the company: size, channels, who games, how strongly, how odd it is."""

import math
import random
from dataclasses import dataclass

DAY = 86_400
HOUR = 3_600

PRACTICES = (
    "phone_at_door",
    "sign_here",
    "kept_cards",
    "tame_neighbour",
    "pump_orders",
    "stars_please",
    "went_silent",
    "card_shuffle",
    "wrong_tongue",
    "doorstep_return",
    "dump_account",
    "dispatcher_rounds",
)
ODDITIES = (
    "neighbour_takes_in",
    "counter_wifi",
    "staff_lunch",
    "lawful_substitute",
    "same_home",
    "dead_zone_tower",
    "feast_night",
    "helped_elder",
    "made_good",
    "ward_orders",
    "expat_locale",
    "mentions_card",
    "back_from_holiday",
)


class Dice(random.Random):
    """The one source of chance, with the throws that this company needs."""

    def hit(self, chance: float) -> bool:
        return self.random() < chance

    def token(self, prefix: str = "") -> str:
        return f"{prefix}{self.getrandbits(60):015x}"

    def logspan(self, low: float, high: float) -> float:
        return math.exp(self.uniform(math.log(low), math.log(high)))

    def around(self, median: float, spread: float) -> float:
        return median * math.exp(self.gauss(0.0, spread))


@dataclass(frozen=True)
class Draw:
    """One company, as the seed has it."""

    start: int
    days: int
    agents: int
    depots: int
    teams: int
    answers: int
    gaming: float
    careful: float
    weight: dict[str, float]
    strength: dict[str, float]
    odd: dict[str, float]
    phone_on_file: float
    rate_app: float
    rate_sms: float
    rate_qr: float
    base: float
    noise: float
    cookie_loss: float
    comments: float
    scanner: float
    repeats: float
    listened: float
    bombed: int

    def rate(self, channel: str) -> float:
        return {"in_app": self.rate_app, "sms": self.rate_sms, "qr": self.rate_qr}[channel]

    @property
    def end(self) -> int:
        return self.start + self.days * DAY


def draw(dice: Dice) -> Draw:
    """Throw for a company."""
    clean = dice.hit(0.14)
    agents = dice.randint(64, 146)
    teams = max(8, min(17, round(agents / dice.uniform(7.2, 10.5))))
    weight = {name: dice.choice((0.05, 0.5, 1.0, 1.0, 2.0)) for name in PRACTICES}
    strength = {name: dice.logspan(0.06, 0.58) for name in PRACTICES}
    strangeness = dice.uniform(0.45, 1.5)
    return Draw(
        start=1_738_540_800 + dice.randint(0, 66) * 7 * DAY,
        days=dice.choice((89, 90, 90, 91, 92)),
        agents=agents,
        depots=dice.randint(3, 5),
        teams=teams,
        answers=dice.randint(4_400, 7_300),
        gaming=dice.uniform(0.0, 0.012) if clean else dice.uniform(0.085, 0.215),
        careful=dice.uniform(0.1, 0.85),
        weight=weight,
        strength=strength,
        odd={name: strangeness * dice.uniform(0.25, 1.7) for name in ODDITIES},
        phone_on_file=dice.uniform(0.44, 0.78),
        rate_app=dice.uniform(0.19, 0.31),
        rate_sms=dice.uniform(0.12, 0.21),
        rate_qr=dice.uniform(0.07, 0.14),
        base=dice.uniform(0.1, 0.75),
        noise=dice.uniform(0.75, 1.15),
        cookie_loss=dice.uniform(0.15, 0.45),
        comments=dice.uniform(0.08, 0.19),
        scanner=dice.choice((0.0, 0.001, 0.002, 0.004)),
        repeats=dice.uniform(0.002, 0.012),
        listened=dice.uniform(0.008, 0.03),
        bombed=0 if dice.hit(0.25) else dice.randint(1, 3),
    )
