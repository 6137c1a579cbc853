"""Honest answers, the odd ones among them: when, from where and with what words."""

from collections import defaultdict

from benchmarks.integrity.worlds.couriers import wording
from benchmarks.integrity.worlds.couriers.draw import DAY, HOUR, Dice
from benchmarks.integrity.worlds.couriers.drops import Answer, Drop
from benchmarks.integrity.worlds.couriers.people import Company
from benchmarks.integrity.worlds.couriers.places import City, Person, Seen, Where, seen


def waking(dice: Dice, city: City, at: float) -> float:
    """Most who are asleep answer after breakfast."""
    hour = city.hour(at)
    if hour < 6.4 and dice.hit(0.82):
        return city.midnight(at) + (6.4 + dice.uniform(0.1, 3.5)) * HOUR
    return at


def press(dice: Dice, drop: Drop, by: Seen, opened: float, dwell: float, score: int) -> Answer:
    """A press on a drop's question; the caller says the truth about it."""
    assert drop.sent is not None
    opened = max(opened, drop.sent + 0.8)
    answer = Answer(
        drop=drop,
        opened=opened,
        at=opened + max(0.2, dwell),
        score=score,
        ip=by.where.ip,
        net=by.where.net,
        device=by.device,
        agent=by.agent,
    )
    drop.answers.append(answer)
    return answer


class Honest:
    """The customers of a company, answering because they want to."""

    def __init__(self, dice: Dice, firm: Company) -> None:
        self.dice, self.firm = dice, firm

    def answer(self, drop: Drop) -> None:
        dice = self.dice
        who = drop.asked or drop.who
        assert drop.sent is not None
        trap, wait = self._wait(drop)
        place = None
        if trap == "counter_wifi" and dice.hit(0.75):
            place = drop.account.team.depot.wifi
        if trap == "staff_lunch" and dice.hit(0.5):
            place = drop.account.team.depot.wifi
        if trap in ("dead_zone_tower", "ward_orders") and dice.hit(0.8):
            place = who.home
        opened = waking(dice, who.city, drop.sent + wait) if wait > HOUR else drop.sent + wait
        dwell = dice.around(5.5 if drop.channel == "in_app" else 11.0, 0.7)
        happy = (drop.felt - (drop.top == 5)) / (drop.top - (drop.top == 5))
        comment = wording.remark(dice, self.firm.draw.comments, drop.tongue, happy)
        if trap == "feast_night" and happy > 0.7 and dice.hit(0.2):
            comment = wording.say(dice, wording.FEAST, drop.tongue)
        if trap == "loved_round" and happy > 0.7 and dice.hit(0.1):
            comment = wording.say(dice, wording.FANS, drop.tongue)
        if trap == "helped_elder":
            comment, dwell = None, dice.uniform(9, 55)
        dwell += dice.around(22, 0.6) if comment else 0
        made = press(dice, drop, seen(dice, who, drop.channel, place), opened, dwell, drop.felt)
        made.comment, made.trap = comment, trap
        self._afterwards(made, who, happy)

    def _wait(self, drop: Drop) -> tuple[str, float]:
        """The oddity to note, and the seconds between the request and the look at it."""
        dice, rider = self.dice, drop.hands
        trap = drop.trap or ("loved_round" if rider.great else "")
        trap = trap or ("mentions_card" if rider.mentions else "")
        trap = trap or ("rented_account" if rider.rented(drop.at) else "")
        if not trap and drop.tongue != drop.account.team.depot.city.tongues[0][0]:
            trap = "expat_locale"
        if trap == "helped_elder":
            return trap, dice.uniform(4, 75)
        if trap == "feast_night":
            return trap, dice.uniform(9, 48) * 60
        if trap == "dead_zone_tower" and drop.channel != "sms":
            return trap, dice.around(190, 0.9)
        if trap == "counter_wifi":
            return trap, dice.around(150, 0.9)
        if drop.channel == "in_app":
            kind = dice.random()
            if kind < 0.07:
                return trap or "eager_tap", dice.uniform(1.5, 22)
            if kind < 0.3:
                return trap, dice.uniform(20, 420)
            if kind < 0.72:
                return trap, dice.around(55 * 60, 1.1)
            return trap, min(9 * DAY, dice.around(30 * HOUR, 0.9))
        if drop.channel == "sms":
            return trap, min(7 * DAY, dice.around(600, 1.75))
        return trap, min(10 * DAY, dice.around(75 * 60, 1.9))

    def _afterwards(self, made: Answer, who: Person, happy: float) -> None:
        """A slip of the thumb set right, a press sent twice, a wrong made good."""
        dice, drop, draw = self.dice, made.drop, self.firm.draw
        by = Seen(Where(made.ip, made.net), made.device, made.agent)
        if dice.hit(draw.repeats) and drop.channel != "sms":
            twin = press(dice, drop, by, made.opened, 1, made.score)
            twin.at = made.at + dice.choice((dice.uniform(0.2, 6), dice.around(1500, 0.8)))
            twin.label, twin.comment, twin.device = "duplicate", made.comment, made.device
        elif dice.hit(0.004):
            slip = drop.top if made.score < drop.top else made.score - 1
            again = press(dice, drop, by, made.opened, 1, made.score)
            again.at, again.supersedes, again.trap = made.at + dice.uniform(3, 90), made, ""
            made.score, made.trap, again.trap = slip, "slip", "slip"
        elif happy < 0.6 and drop.trouble and dice.hit(0.07 * draw.odd["made_good"]):
            later = waking(dice, who.city, made.at + dice.around(5 * HOUR, 0.8))
            score = drop.top - dice.choice((0, 0, 1, 1, 2))
            by = seen(dice, who, drop.channel)
            moved = press(dice, drop, by, later, dice.around(14, 0.5), max(score, made.score))
            moved.supersedes, moved.trap, made.trap = made, "made_good", "made_good"
            moved.comment = wording.say(dice, wording.MOVED, drop.tongue) if dice.hit(0.3) else None
            drop.settled = moved.score

    def holidays(self, drops: list[Drop]) -> list[Drop]:
        """A few come home to a heap of cards and go through it in one sitting."""
        dice, draw = self.dice, self.firm.draw
        heaps = defaultdict[str, list[Drop]](list)
        for drop in drops:
            if drop.channel == "qr" and drop.sent and not drop.practice and not drop.trap:
                heaps[drop.who.id].append(drop)
        done = []
        for heap in heaps.values():
            away = heap[0].at + dice.uniform(6, 17) * DAY
            heap = [drop for drop in heap if drop.at <= away]
            if len(heap) < 2 or not dice.hit(0.2 * draw.odd["back_from_holiday"]):
                continue
            who = heap[0].who
            at = waking(dice, who.city, heap[-1].at + dice.uniform(0.2, 4) * DAY)
            by = seen(dice, who, "qr")
            for drop in heap:
                drop.would = True
                made = press(dice, drop, by, at, dice.around(8, 0.6), drop.felt)
                made.trap = "back_from_holiday"
                at = made.at + dice.around(16, 0.7)
                done.append(drop)
        return done
