"""What some people do to scores, seen from the desk of the one who does it.

`tamper` changes a visit after it has happened honestly; `invent` makes one up; `bomb` hurts
somebody else.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.integrity.foreign import speech
from benchmarks.integrity.foreign.honest import DAY, HOUR, RANGE, Honest, Reply, Visit
from benchmarks.integrity.foreign.world import Person, Spot, Worker, World

SYSTEM = ("freq_cap", "policy_exempt", "legal_hold")


def tempt(r: Random, world: World) -> None:
    """Who does what. Nobody who is great needs to."""
    habits = world.habits
    kinds, weights = list(habits.practices), list(habits.practices.values())
    shared: list[Person] = []
    for worker in world.workers:
        if worker.great or r.random() > habits.gaming / 0.95:
            continue
        does = {r.choices(kinds, weights)[0]}
        while r.random() < 0.35:
            does.add(r.choices(kinds, weights)[0])
        worker.does, worker.careful = frozenset(does), r.random() < habits.evasive
        worker.force = r.uniform(0.25, 0.9) * (0.65 if worker.careful else 1.0)
        worker.lines = tuple(r.sample(speech.MADE_UP[worker.shop.tongue], r.randint(1, 3)))
        count = r.randint(5, 14) if worker.careful else r.randint(2, 7)
        worker.friends = [world.person(worker.shop) for _ in range(count)]
        if habits.ring and r.random() < 0.3:
            shared = shared or worker.friends
            worker.friends = shared


class Cheating:
    """Applies the practices."""

    def __init__(self, r: Random, world: World, honest: Honest) -> None:
        self.r, self.world, self.honest = r, world, honest
        self.dens: dict[str, list[Spot]] = {}
        self.handsets: dict[str, list[tuple[str | None, str]]] = {}

    def tamper(self, visit: Visit) -> None:
        r, me = self.r, visit.worker
        if not me.does or visit.held in SYSTEM:
            return
        feared = visit.went >= 2 if r.random() < 0.85 else r.random() < 0.3
        for kind in sorted(me.does):
            if visit.held is not None:
                return
            if kind == "skip" and feared and r.random() < 0.3 + 0.6 * me.force:
                visit.held, visit.replies = r.choice(("customer_declined", "invalid_contact")), []
                visit.hidden = True
            elif kind == "late" and feared and r.random() < 0.3 + 0.6 * me.force:
                self._delay(visit)
            elif kind == "reassign" and feared and r.random() < 0.2 + 0.6 * me.force:
                others = [w for w in me.shop.staff if w is not me]
                mates = [w for w in others if w.team == me.team]
                visit.credit = r.choice(mates if mates and r.random() < 0.5 else others)
            elif kind in ("beg", "gift"):
                self._ask(visit, kind)
            elif kind == "revise":
                self._nag(visit)
            elif kind in ("self_phone", "friends") and r.random() < 0.4 * me.force:
                self._stand_in(visit, kind)

    def _delay(self, visit: Visit) -> None:
        wait = self.r.uniform(1.5, 9) * DAY
        visit.sent += wait
        visit.replies = [] if self.r.random() < 0.45 else visit.replies
        for reply in visit.replies:
            reply.at, reply.opened = reply.at + wait, reply.opened + wait

    def _ask(self, visit: Visit, kind: str) -> None:
        r, me = self.r, visit.worker
        if r.random() > 0.3 + 0.6 * me.force:
            return
        for index, (at, what, value, tags) in enumerate(visit.noted):
            if what == "qa" and r.random() < 0.6:
                visit.noted[index] = (at, what, value, (*tags, "survey_solicitation"))
        if r.random() < 0.01:
            visit.noted.append((visit.at + 20 * HOUR * r.random(), "complaint", 1.0, ("survey",)))
        if not visit.replies:
            if r.random() > (0.15 if kind == "beg" else 0.25):
                return
            visit.truth = visit.truth or self.honest.reply(visit)
            visit.replies = [replace(visit.truth)]
        reply, best = visit.replies[0], RANGE[visit.metric][1]
        if reply.label == "fabricated":
            return
        reply.at = visit.sent + r.gammavariate(2, 60) + 8
        reply.opened = reply.at - r.gammavariate(1.5, 3)
        reply.label = "solicited"
        if reply.score < best and r.random() < (0.4 if kind == "beg" else 0.55):
            reply.score, reply.moved = best, True
        if r.random() < 0.06:
            reply.text = r.choice(speech.TOLD[me.shop.tongue])

    def _nag(self, visit: Visit) -> None:
        """Phones whoever was unhappy until the score is changed."""
        r, me = self.r, visit.worker
        low, best = RANGE[visit.metric]
        if not visit.replies or visit.replies[0].score > (low + best) / 2:
            return
        if r.random() > 0.3 + 0.6 * me.force:
            return
        first = visit.replies[0]
        at = first.at + r.uniform(0.3, 30) * HOUR
        visit.replies.append(replace(
            first, score=best, at=at, opened=at - 5, after=first, label="solicited", moved=True,
        ))  # fmt: skip

    def _stand_in(self, visit: Visit, kind: str) -> None:
        r, me = self.r, visit.worker
        if visit.went == 0 and r.random() < 0.5:
            return
        device, browser, spot = self._kit(me)
        wait = r.gammavariate(1.3, 240) + 10
        if kind == "friends":
            friend = r.choice(me.friends)
            device, browser, spot = (
                friend.device,
                friend.browser,
                self.honest.whereabouts(friend, me.shop),
            )
            if me.careful and r.random() < 0.6:
                device = None if r.random() < 0.4 else self.world.new("d")
            visit.number, wait = friend.number, r.paretovariate(0.9) * 300
            visit.channel = "sms" if visit.channel == "email" else visit.channel
        elif visit.channel != "in_app" or r.random() < 0.5:
            visit.channel = "sms" if r.random() < 0.6 else "in_app"
            visit.number = (
                self.world.new("t") if me.careful and r.random() < 0.7 else r.choice(me.numbers)
            )
        if r.random() < 0.25:  # all of the day together, before going home
            evening = (21 - me.shop.offset) % 24 * HOUR + visit.at // DAY * DAY
            wait = max(evening + r.uniform(0, 1500) - visit.sent, wait)
        visit.replies = [
            self.fake(visit, me, device, browser, spot, visit.sent + min(wait, 3 * DAY))
        ]

    def _kit(self, me: Worker) -> tuple[str | None, str, Spot]:
        """The phone and the net of who does it; the careful have several of both."""
        r, world = self.r, self.world
        if not me.careful:
            spot = r.choices((me.shop.wifi, me.phone.home, world.road(me.shop)), (4, 2, 4))[0]
            return me.phone.device, me.phone.browser, spot
        sets = self.handsets.setdefault(me.id, [
            (me.phone.device, me.phone.browser),
            *((world.new("d"), world.browser(me.shop.tongue)) for _ in range(r.randint(1, 4))),
        ])  # fmt: skip
        dens = self.dens.setdefault(me.id, [me.phone.home, world.home(me.shop.city)])
        device, browser = r.choice(sets)
        if r.random() < 0.6:  # private window
            device = None if r.random() < 0.5 else world.new("d")
        return device, browser, world.road(me.shop) if r.random() < 0.6 else r.choice(dens)

    def fake(
        self, visit: Visit, me: Worker, device: str | None, browser: str, spot: Spot, at: float,
    ) -> Reply:  # fmt: skip
        r, best = self.r, RANGE[visit.metric][1]
        below = r.random() < (0.25 if me.careful else 0.06)
        text = speech.tweak(r, r.choice(me.lines)) if me.lines and r.random() < 0.4 else ""
        return Reply(
            best - below, at, at - r.gammavariate(1.2, 2.5), device, browser, spot, text,
            "fabricated", moved=True,
        )  # fmt: skip

    def invent(self, me: Worker, day: int) -> Visit:
        """A customer who does not exist."""
        r = self.r
        visit = self.honest.visit(me, self.world.person(me.shop), day)
        visit.invented, visit.truth, visit.held, visit.noted = True, None, None, []
        visit.channel, visit.reason, visit.credit = "in_app", "question", me
        visit.seconds = r.uniform(10, 75) if not me.careful else r.uniform(20, 240)
        visit.sent = visit.at + r.expovariate(1 / 30) + 2
        kit = self._kit(me)
        wait = r.gammavariate(1.5, 30) + 5 if not me.careful else r.gammavariate(1.5, 120) + 5
        visit.replies = [self.fake(visit, me, *kit, visit.sent + wait)]
        return visit

    def bomb(self, victim: Worker, by: Worker | None, day: int) -> list[Visit]:
        """Somebody gives another the lowest scores, for some days."""
        r, world, visits = self.r, self.world, []
        angry = [world.person(victim.shop) for _ in range(r.randint(1, 3))]
        lair = world.home(victim.shop.city)
        for _ in range(r.randint(5, 14)):
            visit = self.invent(victim, min(day + r.randint(0, 5), 89))
            reply = visit.replies[0]
            reply.score = RANGE[visit.metric][0] + (r.random() < 0.2)
            reply.label, reply.text = "bombing", r.choice(speech.HATE[victim.shop.tongue])
            if by is not None:
                reply.device, reply.browser, reply.spot = self._kit(by)
            else:
                one = r.choice(angry)
                reply.device, reply.browser, reply.spot = one.device, one.browser, lair
            visits.append(visit)
        return visits
