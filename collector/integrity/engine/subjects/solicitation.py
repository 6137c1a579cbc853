"""Solicitation: does the subject ask for scores? Listened calls, complaints, comments, timing.
Pure.

QA_SOLICITATION and PRESSURE_COMPLAINT come from others than the subject; the rest shows how answers
came in, against the subject's own later answers and against peers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.statistics import beta_binomial_tail, bulk_rate, poisson_tail
from collector.integrity.engine.subjects.peers import Evidence, Rates
from collector.integrity.engine.subjects.sums import BestCounts, Sums

CALLS_LEAST, SPOT_LEAST, LATER_LEAST, LOWS_LEAST = 2, 4, 4, 4
OVERDISPERSED = 30.0
NONE = HitRate()
Found = dict[str, list[Evidence]]


def run(sums: Mapping[str, Sums]) -> Found:
    """The evidence of this family, by subject."""
    found: Found = {name: [] for name in sums}
    members = list(sums.values())
    calls = Rates(members, lambda s: s.calls_solicited, lambda s: s.calls)
    pressure = Rates(members, lambda s: s.pressure_complaints, lambda s: s.cases)
    begging = Rates(members, lambda s: s.begging_comments, lambda s: s.comments)
    raised = Rates(members, lambda s: s.raised, lambda s: s.poor + s.raised)
    spot_rates = _spot_rates(members)
    usual = lift_of([s.on_the_spot for s in members], [s.later for s in members])
    usual_end = lift_of([s.period_end for s in members], [s.rest_of_period for s in members])
    anybody_complained = any(s.pressure_complaints for s in members)
    anybody_begged = any(s.begging_comments for s in members)
    for name, s in sums.items():
        into = found[name]
        if s.calls >= CALLS_LEAST:
            rate = calls.of(s, 0.01)
            p = beta_binomial_tail(s.calls_solicited, s.calls, rate, 60, mid=True)
            into.append(Evidence("QA_SOLICITATION", p, True, {
                "calls_with_asking": s.calls_solicited, "calls_heard": s.calls,
                "usual_percent": round(100 * rate, 1)}))  # fmt: skip
        if anybody_complained and s.cases >= 20:
            expected = s.cases * pressure.of(s, 0.0003)
            p = poisson_tail(s.pressure_complaints, expected, mid=True)
            into.append(Evidence("PRESSURE_COMPLAINT", p, True, {
                "complaints_about_pressure": s.pressure_complaints,
                "expected": round(expected, 2)}))  # fmt: skip
        if anybody_begged and s.comments >= 3:
            expected = s.comments * begging.of(s, 0.002)
            into.append(Evidence(
                "SOLICITED_TEXT", poisson_tail(s.begging_comments, expected, mid=True), True,
                {"comments_saying_so": s.begging_comments, "comments": s.comments}))  # fmt: skip
        if s.poor + s.raised >= LOWS_LEAST:
            rate = raised.of(s, 0.02)
            p = beta_binomial_tail(s.raised, s.poor + s.raised, rate, OVERDISPERSED, mid=True)
            into.append(Evidence("REVISION_RATE", p, False, {
                "low_scores_raised": s.raised, "low_scores": s.poor + s.raised,
                "usual_percent": round(100 * rate, 1)}))  # fmt: skip
        into += _timing(s, spot_rates, usual)
        if s.period_end.answers >= SPOT_LEAST and s.rest_of_period.answers >= 2 * LATER_LEAST:
            into.append(_split("PERIOD_END_LIFT", s.period_end, s.rest_of_period, usual_end))
    return found


def _spot_rates(members: list[Sums]) -> dict[str, float]:
    channels = {channel for s in members for channel in s.spot_by_channel}
    return {
        channel: bulk_rate(
            [s.spot_by_channel.get(channel, NONE).hits for s in members],
            [s.spot_by_channel.get(channel, NONE).trials for s in members],
        )
        for channel in channels
    }


def _timing(s: Sums, rates: Mapping[str, float], usual: float) -> list[Evidence]:
    total = sum(row.trials for row in s.spot_by_channel.values())
    found = []
    if total >= 8:
        spot = sum(row.hits for row in s.spot_by_channel.values())
        expected = sum(row.trials * rates[channel] for channel, row in s.spot_by_channel.items())
        rate = min(max(expected / total, 0.01), 0.99)
        p = beta_binomial_tail(spot, total, rate, OVERDISPERSED, mid=True)
        found.append(Evidence("ON_THE_SPOT_SHARE", p, False, {
            "within_minutes": spot, "answers": total, "expected": round(expected, 1)}))  # fmt: skip
    if s.on_the_spot.answers >= SPOT_LEAST and s.later.answers >= LATER_LEAST:
        found.append(_split("ON_THE_SPOT_BEST", s.on_the_spot, s.later, usual))
    return found


def lift_of(first: list[BestCounts], second: list[BestCounts]) -> float:
    """How much better than expected the first kind is than the second, for everybody together."""

    def lift(rows: list[BestCounts]) -> float:
        return (math.fsum(r.best for r in rows) + 5) / (math.fsum(r.expected for r in rows) + 5)

    return lift(first) / lift(second)


def expected_best(first: BestCounts, second: BestCounts, usual: float) -> float:
    """The share of best scores to expect of the first kind, given the subject's second kind."""
    lift = (second.best + 5.0) / (second.expected + 5.0) * usual
    return min(max(first.expected / max(first.answers, 1) * lift, 0.02), 0.97)


@dataclass(frozen=True, slots=True)
class Unsolicited:
    """Best scores against their base rates where nobody solicits: later answers, on the spot.

    The base rates count everybody's answers, so where many are influenced these are below 1.
    """

    later: float = 1.0
    spot: float = 1.0


def unsolicited(members: list[Sums]) -> Unsolicited:
    """What these subjects show, who are not thought to solicit. Drawn to 1 by five more answers."""

    def lift(rows: list[BestCounts]) -> float:
        return (sum(r.best for r in rows) + 5) / (math.fsum(r.expected for r in rows) + 5)

    return Unsolicited(
        lift([s.hours_later for s in members]), lift([s.on_the_spot for s in members])
    )


def unsolicited_best(s: Sums, usual: Unsolicited) -> float:
    """The share of best scores on the spot if nobody had asked for them.

    The base rate, moved by the subject's own answers of an hour later or more (five more, as good
    as where nobody solicits) and by how much better answers on the spot usually are.
    """
    later, spot = s.hours_later, s.on_the_spot
    lift = (later.best + 5.0 * usual.later) / (later.expected + 5.0) * usual.spot / usual.later
    return min(max(spot.expected / max(spot.answers, 1) * lift, 0.02), 0.97)


def _split(code: str, first: BestCounts, second: BestCounts, usual: float) -> Evidence:
    mean = expected_best(first, second, usual)
    p = beta_binomial_tail(
        first.best, first.answers, mean, min(second.answers, 20) + 6, mid=True
    )  # fmt: skip
    return Evidence(code, p, False, {
        "best": first.best, "of": first.answers, "expected_best": round(mean * first.answers, 1),
    })  # fmt: skip
