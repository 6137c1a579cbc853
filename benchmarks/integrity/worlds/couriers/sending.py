"""Which customer is asked, over what, with whose number; and which is kept from being asked."""

from benchmarks.integrity.worlds.couriers.draw import DAY, HOUR, Dice
from benchmarks.integrity.worlds.couriers.drops import Drop
from benchmarks.integrity.worlds.couriers.people import Company

FLAWS = (
    ("invalid_contact", 0.019),
    ("opt_out", 0.014),
    ("customer_declined", 0.009),
    ("policy_exempt", 0.008),
    ("duplicate_case", 0.005),
    ("legal_hold", 0.0015),
    ("test_record", 0.001),
)
CAP_DAYS = {"in_app": 3, "sms": 8, "qr": 0}


class Sender:
    """Walks the drops in order of time, as the survey system and the handheld did."""

    def __init__(self, dice: Dice, firm: Company) -> None:
        self.dice, self.firm = dice, firm
        self.on_file = dict[str, bool]()
        self.last = dict[str, float]()

    def send(self, drop: Drop) -> None:
        dice = self.dice
        drop.invitation = dice.token("inv_")
        drop.channel = self._channel(drop)
        drop.contact = None if drop.channel == "qr" else (drop.asked or drop.who).contact
        if drop.asked and drop.channel == "sms":
            drop.tongue, drop.trap = drop.asked.tongue, drop.trap or "neighbour_takes_in"
        else:
            drop.asked = None
        known = drop.channel == "in_app" or self.on_file.get(drop.who.id, drop.channel == "sms")
        drop.on_file = drop.who.contact if known else None
        self._tastes(drop)
        if drop.real:
            self._gamed(drop)
        self._system(drop)
        drop.sent = None if drop.suppressed else self._when(drop)

    def _channel(self, drop: Drop) -> str:
        dice = self.dice
        if not drop.real:
            return "in_app"
        if drop.reason == "food_drop":
            return "in_app" if dice.hit(0.94) else "sms"
        if drop.who.id not in self.on_file:
            self.on_file[drop.who.id] = dice.hit(self.firm.draw.phone_on_file)
        if drop.reason == "counter_pickup" and dice.hit(0.6):
            return "qr"
        return "sms" if self.on_file[drop.who.id] else "qr"

    def _tastes(self, drop: Drop) -> None:
        """Whether the customer would answer freely, whatever becomes of the request."""
        draw, rider = self.firm.draw, drop.hands
        chance = draw.rate(drop.channel) * rider.reach * drop.reaction
        chance *= 1.0 + 0.3 * (drop.mood > 0.9) + 0.9 * (drop.mood < -1.5)
        if drop.asked:
            chance *= 1.5
        elder = drop.who.elder and drop.channel != "sms"
        if elder and drop.reason in ("food_drop", "handed_over", "redelivery"):
            drop.trap, chance = "helped_elder", 0.45
        drop.would = self.dice.hit(min(0.9, chance))

    def looks_bad(self, drop: Drop) -> bool:
        """What the courier sees at the door, which is not all that the customer feels."""
        return (bool(drop.trouble) and self.dice.hit(0.7)) or drop.mood < -1.2 + self.dice.gauss(
            0.0, 0.35
        )

    def _gamed(self, drop: Drop) -> None:
        dice, rider = self.dice, drop.hands
        if not rider.gaming:
            return
        bad = self.looks_bad(drop)
        if bad and rider.spare and dice.hit(min(0.9, rider.gaming.get("dump_account", 0) * 2.2)):
            drop.account, drop.trap = rider.spare, ""
        silent = rider.gaming.get("went_silent", 0.0)
        if bad and dice.hit(min(0.92, silent * 2.5 * (0.6 if rider.evasive else 1.0))):
            reasons = ["invalid_contact", "customer_declined", "duplicate_case", "opt_out"]
            spread = (4, 4, 3, 2) if rider.evasive else (9, 2, 0, 0)
            drop.suppressed, drop.silenced = dice.choices(reasons, spread)[0], True
        elif bad and dice.hit(min(0.9, rider.gaming.get("wrong_tongue", 0.0) * 2.2)):
            if drop.channel != "qr":
                drop.tongue = dice.choice([t for t in ("en", "es", "id") if t != drop.tongue])
                drop.silenced, drop.asked = not dice.hit(0.3), None
        elif drop.channel == "sms" and drop.reason != "counter_pickup":
            tame = rider.gaming.get("tame_neighbour", 0.0) * (1.7 if bad else 1.0)
            if rider.shopkeepers and dice.hit(min(0.9, tame)):
                drop.asked = dice.choice(rider.shopkeepers)
                drop.contact, drop.tongue = drop.asked.contact, drop.asked.tongue
                drop.practice, drop.evasive, drop.trap = "tame_neighbour", rider.evasive, ""
                drop.reason = "neighbour_drop"

    def _system(self, drop: Drop) -> None:
        dice = self.dice
        if not drop.suppressed:
            pick, so_far = dice.random(), 0.0
            for reason, share in FLAWS:
                so_far += share * (drop.hands.moves if reason == "invalid_contact" else 1.0)
                if pick < so_far:
                    drop.suppressed, drop.silenced = reason, False
                    break
        cap = CAP_DAYS[drop.channel] * DAY
        if drop.at - self.last.get(drop.who.id, -1e12) < cap:
            drop.suppressed, drop.silenced = drop.suppressed or "freq_cap", False
        if not drop.suppressed and cap:
            self.last[drop.who.id] = drop.at

    def _when(self, drop: Drop) -> float:
        dice, city = self.dice, drop.account.team.depot.city
        if drop.channel == "qr":
            return drop.at
        if drop.channel == "in_app":
            return drop.at + dice.uniform(3, 35)
        at = drop.at + dice.uniform(8, 75) * 60
        hour = city.hour(at)
        if hour >= 21.0 or hour < 8.5:
            night = city.midnight(at) + (DAY if hour >= 21.0 else 0)
            at = night + 8.5 * HOUR + dice.uniform(0, 50) * 60
        return at
