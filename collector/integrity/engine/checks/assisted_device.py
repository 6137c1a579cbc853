"""ASSISTED_DEVICE (exculpatory): a kiosk or a counter's tablet on which customers answer
themselves.
Page: docs/integrity/assisted_device.md

The scores from the device look like this subject's customers' own, low ones included. The checks on
device, address and browser then say nothing (they ask the same pattern), and this takes off a bit
more, since people standing at a counter do not answer for others: -0.5 to -1.5, growing with the
pattern.
"""

from __future__ import annotations

from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.patterns import pattern
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "ASSISTED_DEVICE", 1, "periodic"


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding in the answer's favour."""
    users = stats.devices.get(case.device or "")
    if users is None or users.count < 3:
        return None
    hand = pattern(stats, users, case.agent)
    if not hand.assisted:
        return None
    figures = {"best": hand.best, "good": hand.good, "rest": hand.rest}
    return Finding(CODE, ORIGIN, max(hand.log_odds / 2, -1.5), figures)
