"""IN_HAND: answers while the subject still stands there, more than its peers get.
Page: docs/integrity/in_hand.md

Somebody presses the score on the customer's own phone, or has it pressed: the right device, the
right number, within moments of the case, and again and again. Some honest customers answer as soon,
so one such answer says nothing; the subject's number of them does. Two steps, each said:

- does the subject do it? -ln of the chance of so many so soon, given what is usual in the store and
  the company and how widely honest subjects differ, at most twenty to one; what those scores say
  (one hand, many, or many who were watched; `score_pattern.py`) and how practised the presses are
  (`seen/pace.py`); against three subjects in a hundred;
- is this one of them? As likely as the part of them that is more than usual, of all of them or of
  those about as soon, whichever is less.

Asked for what is among the channel's soonest 1, 2, 4 and 8 in a hundred, the most telling counts.
At most 6. Nothing where the browser is too often the same (CLIENT_CONCENTRATION): that phone is the
subject's own, held out, and customers press on it what they mean. Nothing either where several are
asked over one number: a crew or a party answers as one.
"""

from __future__ import annotations

import math

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.checks.origin import client_concentration
from collector.integrity.engine.combine import PRIOR
from collector.integrity.engine.counters import Spread
from collector.integrity.engine.finding import HAND, Finding
from collector.integrity.engine.score_pattern import score_pattern
from collector.integrity.engine.seen.moments import BANDS, at_once, common_to
from collector.integrity.engine.seen.pace import pace
from collector.integrity.engine.statistics import beta_binomial_tail

CODE = "IN_HAND"
CAP, LEAST, MINIMUM = 6.0, 1.0, 8
OWN_PHONE = 1.0
SUBJECTS = math.log(0.03 / 0.97)  # who does it, before anything is known
SPREAD = 30.0  # how widely honest subjects differ, as answers
# Some subjects' customers are as quick for no bad reason (they are asked to answer while they stand
# there, and do): one in twenty. What separates the two is whose scores these are.
SURPRISE_MOST = math.log(20)
SHARE_MOST = 0.97


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score given far sooner than is usual on its channel."""
    case, stats = assessment.case, assessment.stats
    rank = stats.seen.moments.rank(case) if case.good else None
    if (
        rank is None
        or rank > BANDS[-1]
        or not at_once(case)
        or assessment.shared_device is not None
        or assessment.shared_contact
    ):
        return None
    browser = client_concentration.check(assessment)
    if browser is not None and browser.log_odds >= OWN_PHONE:
        return None
    mine = stats.profiles[case.agent].quick.of(case.channel)
    here = stats.stores[case.store].quick.of(case.channel)
    usual_rates = stats.usual_quick.get(case.channel or "", BANDS)
    chosen: Finding | None = None
    for place, band in enumerate(BANDS):
        seen, trials = mine[place].hits, mine[place].trials
        if rank > band or seen < MINIMUM:
            continue
        usual = usual_rates[place]
        store = here[place].rate_without(mine[place], usual, 40)
        rate = max(min(max(usual, store), 2 * usual), 0.002)
        if seen <= 2 * rate * trials:
            continue
        surprise = min(
            -math.log(max(beta_binomial_tail(seen, trials, rate, SPREAD), 1e-9)), SURPRISE_MOST
        )
        cluster = stats.clusters.get((common_to(case.channel, place), case.agent))
        hand = 0.0
        if cluster is not None:
            # Whoever answers so soon may be watched while pressing.
            hand = score_pattern(stats, {case.agent: cluster.counts}, counter=1.0).log_odds
            hand += pace([cluster.counts])
        does = 1 / (1 + math.exp(-(SUBJECTS + surprise + hand)))
        likely = does * max(min(1 - rate * trials / seen, SHARE_MOST, _here(assessment)), 0.01)
        log_odds = min(math.log(likely / (1 - likely)) - PRIOR, CAP)
        if log_odds < LEAST or (chosen is not None and log_odds <= chosen.log_odds):
            continue
        figures = {
            "seconds_after_case": round(case.since_event or 0.0), "as_soon": seen, "of": trials,
            "expected": round(rate * trials, 1), "soonest_percent": round(100 * band),
        }  # fmt: skip
        chosen = Finding(CODE, HAND, log_odds, figures)
    return chosen


def _here(assessment: Assessment) -> float:
    """Which part of the subject's answers about as soon as this one is more than usual: behind the
    quickest ones, which nobody else has, lie honest customers'.
    """
    case, moments = assessment.case, assessment.stats.seen.moments
    own = moments.by_subject.get((case.channel or "", case.agent))
    if own is None:
        return SHARE_MOST
    place = Spread.place(max(case.since_event or 0.0, 0.0))
    near = range(max(place - 1, 0), place + 2)
    seen = sum(own.bins.get(one, 0) for one in near)
    expected = own.answers * moments.compared_with(case.channel).part(near)
    return 1 - expected / max(seen, 1)


CHECK = Check(CODE, version=3, cost="periodic", check=check)
