"""Did one hand give the low scores that came from one place, or the subject's own customers? Pure.

Asked by `checks/attack/attack_burst.py`. What the subject's own customers would do is the base rate
of store and metric, moved by the subject's low scores from elsewhere and by how the store's other
subjects fared on the same days: in an outage everybody's customers are displeased, at a counter's
tablet as well. Only answers near in time count, so that what a phone did before or after does not
hide what it did then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.concentration import concentration
from collector.integrity.engine.counters import REST
from collector.integrity.engine.profiles import PoorAnswer
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.engine.score_pattern import score_pattern
from collector.integrity.engine.statistics import beta_binomial_log
from collector.integrity.engine.usage_index import Origin

# Weights of low and other scores where somebody fills in against the subject: the mirror of
# `score_pattern.MADE_UP`, three in a hundred put in for looks.
AGAINST = (10.3, 0.35)
OWN_STRENGTH = 12.0  # as in `score_pattern.py`: moods of one place differ that much
CAP = 6.7
# A couple, or a family at one table, is displeased together: two are hardly two witnesses.
WHOLE_FROM = 5
# The attacker's own phone may be busy boosting somebody else: then its share says nothing, and the
# scores alone must tell. Not so where others' customers answer for themselves: an agent whom many
# dislike has low scores in a row at a kiosk, too.
SHARE_SILENT, SHARE_SILENT_MOST = 0.5, 0.8
LIFT_MOST = 2.0
DAY_PRIOR = 15
A_HAND_MOST = 2


def of_one_hand(
    assessment: Assessment, near: Sequence[PoorAnswer], within: float, name: str,
    figures: dict[str, object],
) -> float:  # fmt: skip
    """Nats for one hand against many. `within`: seconds that hold the low scores `near`; `name`:
    the field that holds the place.
    """
    case, stats = assessment.case, assessment.stats
    key = getattr(case, name)
    index = {"device": stats.devices, "ip": stats.ips, "net": stats.nets}[name]
    origin = index.get(key)
    if origin is None:
        return 0.0
    lows = {low.respondent: low.device for low in near if getattr(low, name) == key}
    count = len(lows)
    if name != "device":
        # One phone at a shop's wifi is hardly more than one customer there, whatever it did: it is
        # weighed as a phone, and is no reproach to who sits beside it.
        hands = Counter(device or f"of {customer}" for customer, device in lows.items())
        count = sum(min(used, A_HAND_MOST) for used in hands.values())
    if count < 2:
        return 0.0
    figures[f"same_{name}"] = count
    surprise, _ = concentration(assessment, origin)
    sure = min(max((surprise - 1.0) / 2.0, 0.0), 1.0)
    if name == "device" and count >= 3 and sure < SHARE_SILENT_MOST and not _public(
        assessment, origin
    ):  # fmt: skip
        sure = max(sure, min(SHARE_SILENT + 0.1 * (count - 3), SHARE_SILENT_MOST))
    if not sure:
        return 0.0
    there = _dated(assessment, origin, within)
    others = sum(kind != REST for _, kind in there)
    usual = _own_rate(assessment, [day for day, kind in there if kind == REST], _tied(near))
    own = (OWN_STRENGTH * usual, OWN_STRENGTH * (1 - usual))
    log_odds = beta_binomial_log((count, others), AGAINST) - beta_binomial_log((count, others), own)
    # Who gives a low score at a counter's tablet before leaving is there, and is a customer.
    log_odds = log_odds + min(assessment.presence_at(origin).log_odds, 0.0) if log_odds > 0 else 0.0
    if log_odds <= 0:
        return 0.0  # before asking for all of its customers' other answers, which is dear
    whole = min(count / WHOLE_FROM, 1.0)
    return min(log_odds, CAP) * whole * sure * assessment.strangers(origin, 1.0)


def _public(assessment: Assessment, origin: Origin) -> bool:
    """Do other subjects' customers answer there themselves, as at a counter's tablet?"""
    others = {
        subject: row for subject, row in origin.by_subject.items()
        if subject != assessment.case.agent
    }  # fmt: skip
    return bool(others) and score_pattern(assessment.stats, others).assisted


def _dated(assessment: Assessment, origin: Origin, within: float) -> list[tuple[int, int]]:
    """Day and kind of score of the subject's customers there, near the answer in time."""
    case = assessment.case
    today, days = int(case.arrived // DAY), int(within // DAY)
    return [
        (usage[0], usage[3]) for usage in origin.customers.values()
        if usage[2] == case.agent and abs(usage[0] - today) <= days
    ]  # fmt: skip


def _tied(near: Sequence[PoorAnswer]) -> int:
    """How many low scores share a device or an address with another: not what is usual."""
    used = Counter(key for low in near for key in (low.device, low.ip))
    return sum(
        any(key and used[key] > 1 for key in (low.device, low.ip)) for low in near
    )  # fmt: skip


def _own_rate(assessment: Assessment, days: Sequence[int], tied: int) -> float:
    """How often the subject's own customers give a low score, on these days. `tied`: see above."""
    case, stats = assessment.case, assessment.stats
    scores = stats.profiles[case.agent].scores
    here = stats.expected(case)[1]
    elsewhere = max(scores.rest - tied, 0)
    expected = max(scores.expected_rest - tied * here, 0.0)
    lift = min(max((elsewhere + 3.0) / (expected + 3.0), 0.5), LIFT_MOST)
    usual = min(max(here * lift, 0.02), 0.9)
    if not days:
        return usual
    return min(sum(_on_day(assessment, day, usual) for day in days) / len(days), 0.95)


def _on_day(assessment: Assessment, day: int, usual: float) -> float:
    """The same on one day: as bad as the store's other subjects had it, never better than usual."""
    poor, _, trials = _others_on(assessment, day)
    return max(usual, (poor + DAY_PRIOR * usual) / (trials + DAY_PRIOR))


def _others_on(assessment: Assessment, day: int) -> tuple[int, int, int]:
    """Of the store's other subjects that day: poor scores, those in made-up sessions, answers."""
    case, stats = assessment.case, assessment.stats
    store = stats.days.get((case.store, day))
    if store is None:
        return 0, 0, 0
    mine = stats.profiles[case.agent].poor.get(day, ())
    quick = sum(low.phantom_like for low in mine)
    return (
        max(store.poor - len(mine), 0), max(store.quick - quick, 0),
        max(store.trials - len(mine), 0),
    )  # fmt: skip


def bad_days(assessment: Assessment, within: float, usual_quick: float) -> tuple[float, float]:
    """(How many times worse than usual the store's other subjects fared in these days, the part of
    low scores in sessions that look made up).
    """
    at = assessment.case.answered
    here = assessment.stats.expected(assessment.case)[1]
    days = range(int((at - within) // DAY), int((at + within) // DAY) + 1)
    rows = [_others_on(assessment, day) for day in days]
    poor, quick, trials = (sum(row[place] for row in rows) for place in range(3))
    worse = (poor + DAY_PRIOR * here) / ((trials + DAY_PRIOR) * here)
    return max(worse, 1.0), max((quick + DAY_PRIOR * usual_quick) / (poor + DAY_PRIOR), usual_quick)
