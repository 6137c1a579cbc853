"""Hands that reach over many drops: the shift lead's tablet, rivals' spite, machines."""

from benchmarks.integrity.worlds.couriers import wording
from benchmarks.integrity.worlds.couriers.answering import press
from benchmarks.integrity.worlds.couriers.draw import DAY, HOUR, Dice
from benchmarks.integrity.worlds.couriers.drops import Drop
from benchmarks.integrity.worlds.couriers.people import Company, Courier
from benchmarks.integrity.worlds.couriers.places import Seen, Where, phone

MACHINES = (
    "Mozilla/5.0 (compatible; SafeLinkProbe/2.4; +https://safelink.invalid/probe)",
    "okhttp/4.12.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/126.0.0.0 Safari/537.36",
    "MsgPreview/1.1",
)


class Rings:
    """Answers to whole heaps of drops at once."""

    def __init__(self, dice: Dice, firm: Company, drops: list[Drop]) -> None:
        self.dice, self.firm = dice, firm
        self.sent = [drop for drop in drops if drop.sent is not None and drop.real]

    def run(self) -> None:
        for rider in self.firm.couriers:
            if "dispatcher_rounds" in rider.gaming:
                self._lead(rider, rider.gaming["dispatcher_rounds"])
            if rider.bombed:
                self._spite(rider)
        self._machines()

    def _lead(self, lead: Courier, how: float) -> None:
        """Cards that came back to the depot, scanned by the lead before the week's close."""
        dice, city = self.dice, lead.team.depot.city
        cards = [d for d in self.sent if d.channel == "qr" and d.hands.team is lead.team]
        cards = [d for d in cards if not d.answers]
        want = round(min(len(cards) * 0.5, how * len(cards) * 0.55))
        next_free = dict[int, float]()
        for drop in sorted(dice.sample(cards, want), key=lambda d: d.at):
            week = int((drop.at - self.firm.draw.start) // (7 * DAY))
            close = city.midnight(self.firm.draw.start + (week + 1) * 7 * DAY - HOUR)
            at = max(next_free.get(week, close + dice.uniform(20.5, 22.5) * HOUR), drop.at + 900)
            where, own = lead.team.depot.wifi, lead.second
            if lead.evasive:
                at = drop.at + dice.uniform(3, 60) * HOUR
                where = city.mobile(dice, own.carrier) if dice.hit(0.7) else where
            device = None if dice.hit(0.6 if lead.evasive else 0.1) else own.web_id
            by = Seen(where, device, own.web_agent)
            score = 4 if dice.hit(0.2 if lead.evasive else 0.05) else 5
            made = press(dice, drop, by, at, dice.uniform(2, 9), score)
            made.label, made.practice, made.evasive = (
                "fabricated",
                "dispatcher_rounds",
                lead.evasive,
            )
            next_free[week] = made.at + dice.uniform(8, 70)

    def _spite(self, victim: Courier) -> None:
        """A rival crew photographs cards in the lobbies; or the man who rented the account and
        was thrown out still has last month's cards."""
        dice, city = self.dice, victim.team.depot.city
        cards = [d for d in self.sent if d.channel == "qr" and d.hands is victim]
        if len(cards) < 6:
            victim.bombed = False
            return
        begin = dice.uniform(cards[0].at + 5 * DAY, cards[-1].at)
        cards = [d for d in cards if d.at < begin][-dice.randint(8, 36) :]
        if not cards:
            victim.bombed = False
            return
        phones = [phone(dice, city, 0.2, cheap=True) for _ in range(dice.randint(1, 4))]
        line, quiet = city.line(dice), dice.hit(0.5)
        at = begin
        for drop in cards:
            one = dice.choice(phones)
            where = line if dice.hit(0.3) else city.mobile(dice, one.carrier)
            device = None if dice.hit(one.forgets) else one.web_id
            by = Seen(where, device, one.web_agent)
            made = press(dice, drop, by, at, dice.around(7, 0.5), 2 if dice.hit(0.12) else 1)
            made.label, made.evasive = "bombing", quiet
            made.practice = "evicted_renter" if len(phones) == 1 else "rival_crew"
            if dice.hit(0.2):
                made.comment = wording.say(dice, wording.SPITE, city.tongue(dice))
            at = made.at + (dice.around(4 * HOUR, 0.8) if quiet else dice.uniform(15, 600))

    def _machines(self) -> None:
        """Filters and previews that follow a link in a text and press what they find."""
        dice = self.dice
        nets = [dice.token() for _ in range(3)]
        for drop in self.sent:
            assert drop.sent is not None
            if drop.channel == "sms" and dice.hit(self.firm.draw.scanner):
                by = Seen(Where(dice.token(), dice.choice(nets)), None, dice.choice(MACHINES))
                opened = drop.sent + dice.uniform(0.8, 9)
                made = press(dice, drop, by, opened, dice.uniform(0, 1.4), dice.choice((0, 10, 10)))
                made.label = "scanner"
