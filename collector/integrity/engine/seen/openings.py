"""How long people take from opening a survey to answering it, and who is faster than people. Pure.

Machines that open links answer at once and keep no cookie, whatever they call themselves. Which
speed no person has is learned by channel from answers that came from a known device: people's. Of
the others, those at such a speed are counted against how many there would be if people alone had
sent them. So nothing depends on a list of names, nor on what a channel is called; and where people
press within a moment, or nothing keeps cookies, the two counts agree and nothing is said.
"""

from __future__ import annotations

import math

from collector.integrity.engine.counters import Spread

# In hundredths of a second: half a second and five are worlds apart here.
UNIT = 100.0
PEOPLE_LEAST = 50  # known devices, until a channel says how fast people are
SEEN_LEAST = 5  # too fast ones: fewer may be chance
SENT_MOST = 3.0
FASTEST = 0.05  # of people: only what few of them do is called fast


class Openings:
    """Of one channel: seconds from opening to answering, and from sending, with a known device and
    without.
    """

    __slots__ = ("known", "sent_fast", "sent_known", "unknown")

    def __init__(self) -> None:
        self.known = Spread()
        self.unknown = Spread()
        self.sent_known = Spread()
        self.sent_fast = Spread()  # of those without a device that were too fast

    def add(self, seconds: float, since_sent: float | None, *, device: bool) -> None:
        """Count an answer that came so long after it was opened and sent."""
        value = max(seconds, 0.0) * UNIT
        (self.known if device else self.unknown).add(value)
        if since_sent is not None and (device or self._fast(value)):
            (self.sent_known if device else self.sent_fast).add(max(since_sent, 0.0) * UNIT)

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
        odds = math.log((seen - expected) / expected)
        return odds + self._sent(since_sent), seen, expected

    def _sent(self, since_sent: float | None) -> float:
        """ln of how much likelier these machines than people answer so long after the sending."""
        if since_sent is None or self.sent_fast.count < SEEN_LEAST:
            return 0.0
        value = max(since_sent, 0.0) * UNIT
        machines = (self.sent_fast.near(value) + 0.5) / (self.sent_fast.count + 5)
        people = (self.sent_known.near(value) + 0.5) / (self.sent_known.count + 5)
        return min(max(math.log(machines / people), -SENT_MOST), SENT_MOST)
