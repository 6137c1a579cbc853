"""How long people take from opening a survey to answering it, and who is faster than people. Pure.

Machines that open links answer at once and keep no cookie, whatever they call themselves. Which
speed no person has is learned by channel from answers that came from a known device: people's. Of
the others, those at such a speed are counted against how many there would be if people alone had
sent them. So nothing depends on a list of names, nor on what a channel is called; and where people
press within a moment, or nothing keeps cookies, the two counts agree and nothing is said. People
whose cookie was lost (a page that a hotel's network opened anew) are quick too, but they answer
when people do or later, and give the scores that people give: how well that explains the quick ones
is asked.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from collector.integrity.engine.counters import Spread
from collector.integrity.engine.statistics import beta_binomial_log

# In hundredths of a second: half a second and five are worlds apart here.
UNIT = 100.0
PEOPLE_LEAST = 50  # known devices, until a channel says how fast people are
SEEN_LEAST = 5  # too fast ones: fewer may be chance
SENT_MOST = 3.0
FASTEST = 0.05  # of people: only what few of them do is called fast
SENT_EDGES = (30.0, 120.0, 600.0, 3600.0, 6 * 3600.0)  # seconds
# Who checks links does it when they arrive, or soon after; which of these differs. Dirichlet.
SOON = (16.0, 12.0, 8.0, 4.0, 1.6, 0.4)
SOON_UP_TO = 3600.0
ANY_SCORES = (1.0, 1.0, 1.0)
LIKE_PEOPLE = 30.0  # how widely a part of the people differs from all, as answers
ALIKE_MOST = 6.0


class Habits:
    """Which scores are given, by kind, and how long after the sending."""

    __slots__ = ("kinds", "sent")

    def __init__(self) -> None:
        self.kinds = [0, 0, 0]
        self.sent = [0] * (len(SENT_EDGES) + 1)

    def add(self, kind: int, since_sent: float | None) -> None:
        self.kinds[kind] += 1
        if since_sent is not None:
            self.sent[bisect_right(SENT_EDGES, since_sent)] += 1

    def unlike(self, people: Habits) -> float:
        """ln of how much better a machine's habits explain these answers than people's."""
        return _unlike(self.kinds, people.kinds, ANY_SCORES) + _unlike(self.sent, people.sent, SOON)


def _unlike(seen: Sequence[int], people: Sequence[int], own: Sequence[float]) -> float:
    if not sum(seen):
        return 0.0
    total = sum(people) + 0.5 * len(people)
    theirs = [LIKE_PEOPLE * (count + 0.5) / total for count in people]
    return beta_binomial_log(seen, own) - beta_binomial_log(seen, theirs)


class Openings:
    """Of one channel: seconds from opening to answering, and from sending, with a known device and
    without.
    """

    __slots__ = ("fast", "known", "people", "sent_fast", "sent_known", "unknown")

    def __init__(self) -> None:
        self.known = Spread()
        self.unknown = Spread()
        self.sent_known = Spread()
        self.sent_fast = Spread()  # of those without a device that were too fast
        self.people = Habits()
        self.fast = Habits()

    def add(self, seconds: float, since_sent: float | None, kind: int, *, device: bool) -> None:
        """Count an answer of this kind that came so long after it was opened and sent."""
        value = max(seconds, 0.0) * UNIT
        (self.known if device else self.unknown).add(value)
        if not device and not self._fast(value):
            return
        (self.people if device else self.fast).add(kind, since_sent)
        if since_sent is not None:
            (self.sent_known if device else self.sent_fast).add(max(since_sent, 0.0) * UNIT)

    def rank(self, seconds: float) -> float | None:
        """Which part of the channel's answers came sooner after opening; None while few came."""
        total = self.known.count + self.unknown.count
        if total < PEOPLE_LEAST:
            return None
        value = max(seconds, 0.0) * UNIT
        return (self.known.below(value) + self.unknown.below(value)) / total

    def _fast(self, value: float) -> bool:
        people = self.known.count
        return people >= PEOPLE_LEAST and self.known.up_to(value) <= FASTEST * people

    def odds(self, seconds: float, since_sent: float | None) -> tuple[float, int, float]:
        """(ln of the odds that who answered so fast without a device is no person; how many were
        about as fast without a device; how many people would have been). 0 where nobody can say.
        """
        value = max(seconds, 0.0) * UNIT
        if not self.unknown.count or not self._fast(value):
            return 0.0, 0, 0.0
        # Who is slower than most people is one: their number says how many keep no cookie.
        slow = self.known.quantile(0.5)
        ratio = (self.unknown.above(slow) + 1) / (self.known.above(slow) + 2)
        seen, people = self.unknown.near(value), self.known.near(value)
        expected = (people + 0.5) * ratio
        if seen < SEEN_LEAST or seen <= 2 * expected:
            return 0.0, seen, expected
        unlike = min(max(self.fast.unlike(self.people), -ALIKE_MOST), ALIKE_MOST)
        machines = (1 - expected / seen) / (1 + math.exp(-unlike))
        odds = math.log(machines / (1 - machines))
        return odds + self._sent(since_sent), seen, expected

    def _sent(self, since_sent: float | None) -> float:
        """ln of how much likelier these machines than people answer so long after the sending."""
        if since_sent is None or self.sent_fast.count < SEEN_LEAST:
            return 0.0
        value = max(since_sent, 0.0) * UNIT
        machines = (self.sent_fast.near(value) + 0.5) / (self.sent_fast.count + 5)
        people = (self.sent_known.near(value) + 0.5) / (self.sent_known.count + 5)
        most = SENT_MOST if since_sent <= SOON_UP_TO else 0.0
        return min(max(math.log(machines / people), -SENT_MOST), most)
