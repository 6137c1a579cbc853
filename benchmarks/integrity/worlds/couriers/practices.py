"""What a courier does about the score of one drop: at the door, in the van, by a neighbour."""

from collections import defaultdict
from collections.abc import Callable

from benchmarks.integrity.worlds.couriers import wording
from benchmarks.integrity.worlds.couriers.answering import press, waking
from benchmarks.integrity.worlds.couriers.draw import DAY, HOUR, Dice
from benchmarks.integrity.worlds.couriers.drops import Answer, Drop
from benchmarks.integrity.worlds.couriers.people import Company, Courier
from benchmarks.integrity.worlds.couriers.places import Person, Phone, Seen, Where, seen


class Games:
    """Takes drops away from the customers' own answering, for those couriers who do that."""

    def __init__(self, dice: Dice, firm: Company) -> None:
        self.dice, self.firm = dice, firm
        self.kept = defaultdict[str, list[Drop]](list)
        self.moves: list[tuple[str, Callable[[Drop, Courier, float], bool]]] = [
            ("phone_at_door", self._phone_at_door),
            ("sign_here", self._sign_here),
            ("card_shuffle", self._card_shuffle),
            ("kept_cards", self._keep_card),
            ("stars_please", self._stars_please),
        ]

    def takes(self, drop: Drop) -> bool:
        """Whether somebody's practice decides this drop's answer (or that it has none)."""
        rider = drop.hands
        if drop.practice == "pump_orders":
            self._pumped(drop, rider)
            return True
        if drop.practice == "tame_neighbour":
            self._tame(drop)
            return True
        if not rider.gaming or drop.trap in ("counter_wifi", "staff_lunch"):
            return False
        return any(
            name in rider.gaming and move(drop, rider, rider.gaming[name])
            for name, move in self.moves
        )

    def _forged(self, made: Answer, practice: str, rider: Courier) -> Answer:
        made.label, made.practice, made.evasive = "fabricated", practice, rider.evasive
        return made

    def _top(self, drop: Drop, rider: Courier, doubt: float = 0.16) -> int:
        """The careful leave a four, or a nine, here and there."""
        if rider.evasive and self.dice.hit(doubt):
            return drop.top - 1 if drop.top == 5 or self.dice.hit(0.7) else drop.top - 2
        return drop.top

    def _phone_at_door(self, drop: Drop, rider: Courier, how: float) -> bool:
        """'Let me close it for you': the courier presses on the customer's own phone."""
        dice = self.dice
        if drop.channel != "in_app" or not dice.hit(how):
            return False
        if rider.evasive and drop.mood < -0.9:
            return False
        assert drop.sent is not None
        drop.seconds += round(dice.uniform(12, 70))
        wait = dice.uniform(2, 40) if not rider.evasive else dice.around(45, 0.7)
        dwell = dice.uniform(1.2, 4) if not rider.evasive else dice.uniform(3, 13)
        by = seen(dice, drop.who, "in_app")
        made = press(dice, drop, by, drop.sent + wait, dwell, self._top(drop, rider, 0.1))
        self._forged(made, "phone_at_door", rider)
        if drop.felt <= 3 and dice.hit(0.14):
            at = waking(dice, drop.who.city, made.at + dice.around(3 * HOUR, 1.0))
            own = press(dice, drop, seen(dice, drop.who, "in_app"), at, dice.around(9, 0.5), 1)
            own.score, own.supersedes, drop.would = drop.felt, made, True
            own.comment = wording.remark(dice, 0.3, drop.tongue, 0.1)
        return True

    def _sign_here(self, drop: Drop, rider: Courier, how: float) -> bool:
        """The card's page on the courier's own phone, held out after the signature."""
        dice = self.dice
        if drop.channel != "qr" or drop.reason not in ("handed_over", "redelivery"):
            return False
        if not dice.hit(min(0.9, how * 1.4)):
            return False
        device: str | None = rider.second.web_id
        if rider.evasive and dice.hit(0.7):
            device = None if dice.hit(0.6) else dice.token()
        place = drop.who.city.mobile(dice, rider.second.carrier)
        watched = Seen(place, device, rider.second.web_agent)
        score = 5 if dice.hit(0.74) else max(drop.felt, dice.choice((3, 4, 4)))
        drop.seconds += round(dice.uniform(8, 30))
        made = press(dice, drop, watched, drop.at + dice.uniform(1, 20), dice.around(6, 0.5), score)
        made.label, made.practice, made.evasive = "solicited", "sign_here", rider.evasive
        made.changed = score != drop.felt
        return True

    def _card_shuffle(self, drop: Drop, rider: Courier, how: float) -> bool:
        """Cards of bad drops go to a friendly house along with its own parcel: 'do both, dear'."""
        dice = self.dice
        bad = bool(drop.trouble) or drop.mood < -0.8
        if drop.channel != "qr" or not dice.hit(min(0.92, how * (3.2 if bad else 0.55))):
            return False
        if dice.hit(0.66):
            friend = dice.choice(rider.regulars)
            at = waking(dice, friend.city, drop.at + dice.around(19 * HOUR, 0.7))
            score = drop.top if dice.hit(0.87) else 4
            made = press(dice, drop, seen(dice, friend, "qr"), at, dice.around(10, 0.6), score)
            self._forged(made, "card_shuffle", rider)
            made.comment = wording.remark(dice, self.firm.draw.comments, friend.tongue, 1.0)
        return True

    def _keep_card(self, drop: Drop, rider: Courier, how: float) -> bool:
        if drop.channel != "qr" or not self.dice.hit(min(0.9, how * 1.5)):
            return False
        self.kept[rider.id].append(drop)
        return True

    def _stars_please(self, drop: Drop, rider: Courier, how: float) -> bool:
        """A request with a sad story, a sweet, or the change rounded up."""
        dice = self.dice
        if not dice.hit(how) or (rider.evasive and drop.mood < -0.8):
            return False
        drop.practice = "stars_please"
        if not (drop.would or dice.hit(0.34)):
            return True
        assert drop.sent is not None
        score = drop.felt
        if dice.hit(0.8):
            score = drop.top
        elif drop.top == 10 and score < 9 and dice.hit(0.5):
            score = 9
        who = drop.asked or drop.who
        wait = dice.around(140, 0.9) if dice.hit(0.6) else dice.around(70 * 60, 1.2)
        at = waking(dice, who.city, drop.sent + wait) if wait > HOUR else drop.sent + wait
        made = press(dice, drop, seen(dice, who, drop.channel), at, dice.around(8, 0.7), score)
        made.label, made.practice, made.evasive = "solicited", "stars_please", rider.evasive
        made.changed = score != drop.felt
        if dice.hit(0.05):
            made.comment = wording.say(dice, wording.ASKED, drop.tongue)
        else:
            made.comment = wording.remark(dice, self.firm.draw.comments, drop.tongue, 0.9)
        return True

    def _tame(self, drop: Drop) -> None:
        """The kiosk woman whose number went in as the one who took the parcel."""
        dice, rider, who = self.dice, drop.hands, drop.asked
        assert who is not None
        assert drop.sent is not None
        if dice.hit(0.42 if rider.evasive else 0.76):
            at = drop.sent + min(20 * HOUR, dice.around(28 * 60, 1.0))
            place = who.home if dice.hit(0.7) else None
            by, score = seen(dice, who, "sms", place), self._top(drop, rider, 0.35)
            made = press(dice, drop, by, waking(dice, who.city, at), dice.around(7, 0.5), score)
            self._forged(made, "tame_neighbour", rider)

    def _pumped(self, drop: Drop, rider: Courier) -> None:
        dice, who = self.dice, drop.who
        assert drop.sent is not None
        if not dice.hit(0.72 if rider.evasive else 0.92):
            return
        wait = min(2 * DAY, dice.around(35 * 60, 1.2)) if rider.evasive else dice.uniform(4, 160)
        place = rider.self.home if not rider.evasive and dice.hit(0.45) else None
        dwell = dice.around(6, 0.6) if rider.evasive else dice.uniform(1, 5)
        by = seen(dice, who, "in_app", place)
        made = press(dice, drop, by, drop.sent + wait, dwell, self._top(drop, rider, 0.12))
        self._forged(made, "pump_orders", rider)
        if dice.hit(0.1):
            made.comment = wording.say(dice, wording.FORGED, drop.tongue)

    def scan_kept_cards(self) -> None:
        """Evenings at home, card after card; or spread thin over days by those who take care."""
        dice = self.dice
        for rider in self.firm.couriers:
            heap, city = self.kept[rider.id], rider.team.depot.city
            while heap:
                span = heap[0].at + dice.uniform(1, 6) * DAY
                share = [drop for drop in heap if drop.at <= span][: dice.randint(3, 12)]
                heap = heap[len(share) :]
                night = city.midnight(share[-1].at) + dice.uniform(20.8, 23.4) * HOUR
                at = max(night, share[-1].at + 600)
                own: Phone = rider.second if dice.hit(0.3) else rider.self.phone
                for drop in share:
                    if not dice.hit(0.8):
                        continue
                    if rider.evasive:
                        at = waking(dice, city, drop.at + dice.around(15 * HOUR, 0.8))
                    made = press(dice, drop, self._hider(rider, own), at, dice.uniform(2, 11), 5)
                    made.score = self._top(drop, rider, 0.22)
                    self._forged(made, "kept_cards", rider)
                    if dice.hit(0.07):
                        made.comment = wording.say(dice, wording.FORGED, drop.tongue)
                    at = made.at + dice.uniform(6, 50)

    def _hider(self, rider: Courier, own: Phone) -> Seen:
        dice, city = self.dice, rider.team.depot.city
        if not rider.evasive:
            kept = None if dice.hit(0.12) else own.web_id
            return Seen(rider.self.home, kept, own.web_agent)
        where: Where = city.mobile(dice, dice.choice((own.carrier, rider.second.carrier)))
        agent = dice.choice((rider.self.phone, rider.second)).web_agent
        return Seen(where, None if dice.hit(0.75) else dice.token(), agent)

    def begged_back(self, drop: Drop) -> None:
        """A low score shows in the rider's app; he rings the bell again."""
        dice, rider = self.dice, drop.hands
        how = rider.gaming.get("doorstep_return", 0.0)
        last = drop.answers[-1] if drop.answers else None
        if not how or not last or last.label != "honest" or last.supersedes:
            return
        if last.score > (3 if drop.top == 5 else 6) or not dice.hit(min(0.85, how * 2.6)):
            return
        who: Person = drop.asked or drop.who
        at = waking(dice, who.city, last.at + dice.around(4 * HOUR, 1.1))
        score = drop.top - dice.choice((0, 0, 0, 1, 1))
        made = press(dice, drop, seen(dice, who, drop.channel), at, dice.around(9, 0.5), score)
        made.label, made.practice, made.changed = "solicited", "doorstep_return", True
        made.supersedes, made.evasive = last, rider.evasive
