"""Solicitation: does the subject ask for scores? Listened calls, complaints, comments, timing.
Pure.

QA_SOLICITATION and PRESSURE_COMPLAINT come from others than the subject; the rest shows how answers
came in, against the subject's own later answers and against peers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collector.integrity.engine.statistics import beta_binomial_tail, bulk_rate, poisson_tail
from collector.integrity.engine.subjects.peers import Evidence, Rates
from collector.integrity.engine.subjects.sums import Sums

CALLS_LEAST, SPOT_LEAST, LATER_LEAST, LOWS_LEAST = 2, 4, 4, 4
OVERDISPERSED = 30.0
Found = dict[str, list[Evidence]]


def run(sums: Mapping[str, Sums]) -> Found:
    """The evidence of this family, by subject."""
    found: Found = {name: [] for name in sums}
    members = list(sums.values())
    calls = Rates(members, lambda s: s.calls_solicited, lambda s: s.calls)
    pressed = Rates(members, lambda s: s.pressed, lambda s: s.cases)
    begged = Rates(members, lambda s: s.begged, lambda s: s.comments)
    raised = Rates(members, lambda s: s.raised, lambda s: s.lows + s.raised)
    spot_rates = _spot_rates(members)
    usual = lift_of([s.spot for s in members], [s.later for s in members])
    usual_end = lift_of([s.end for s in members], [s.rest for s in members])
    anybody_pressed = any(s.pressed for s in members)
    anybody_begged = any(s.begged for s in members)
    for name, s in sums.items():
        into = found[name]
        if s.calls >= CALLS_LEAST:
            rate = calls.of(s, 0.01)
            p = beta_binomial_tail(s.calls_solicited, s.calls, rate, 60, mid=True)
            into.append(Evidence("QA_SOLICITATION", p, True, {
                "calls_with_asking": s.calls_solicited, "calls_heard": s.calls,
                "usual_percent": round(100 * rate, 1)}))  # fmt: skip
        if anybody_pressed and s.cases >= 20:
            expected = s.cases * pressed.of(s, 0.0003)
            p = poisson_tail(s.pressed, expected, mid=True)
            into.append(Evidence("PRESSURE_COMPLAINT", p, True, {
                "complaints_about_pressure": s.pressed,
                "expected": round(expected, 2)}))  # fmt: skip
        if anybody_begged and s.comments >= 3:
            expected = s.comments * begged.of(s, 0.002)
            into.append(Evidence(
                "SOLICITED_TEXT", poisson_tail(s.begged, expected, mid=True), True,
                {"comments_saying_so": s.begged, "comments": s.comments}))  # fmt: skip
        if s.lows + s.raised >= LOWS_LEAST:
            rate = raised.of(s, 0.02)
            p = beta_binomial_tail(s.raised, s.lows + s.raised, rate, OVERDISPERSED, mid=True)
            into.append(Evidence("REVISION_RATE", p, False, {
                "low_scores_raised": s.raised, "low_scores": s.lows + s.raised,
                "usual_percent": round(100 * rate, 1)}))  # fmt: skip
        into += _timing(s, spot_rates, usual)
        if s.end[0] >= SPOT_LEAST and s.rest[0] >= 2 * LATER_LEAST:
            into.append(_split("PERIOD_END_LIFT", s.end, s.rest, usual_end))
    return found


def _spot_rates(members: list[Sums]) -> dict[str, float]:
    channels = {channel for s in members for channel in s.spot_by_channel}
    return {
        channel: bulk_rate(
            [s.spot_by_channel.get(channel, [0, 0])[1] for s in members],
            [s.spot_by_channel.get(channel, [0, 0])[0] for s in members],
        )
        for channel in channels
    }


def _timing(s: Sums, rates: Mapping[str, float], usual: float) -> list[Evidence]:
    total = sum(row[0] for row in s.spot_by_channel.values())
    found = []
    if total >= 8:
        spot = sum(row[1] for row in s.spot_by_channel.values())
        expected = sum(row[0] * rates[channel] for channel, row in s.spot_by_channel.items())
        rate = min(max(expected / total, 0.01), 0.99)
        p = beta_binomial_tail(spot, total, rate, OVERDISPERSED, mid=True)
        found.append(Evidence("ON_THE_SPOT_SHARE", p, False, {
            "within_minutes": spot, "answers": total, "expected": round(expected, 1)}))  # fmt: skip
    if s.spot[0] >= SPOT_LEAST and s.later[0] >= LATER_LEAST:
        found.append(_split("ON_THE_SPOT_BEST", s.spot, s.later, usual))
    return found


def lift_of(first: list[list[float]], second: list[list[float]]) -> float:
    """How much better than expected the first kind is than the second, for everybody together."""

    def lift(rows: list[list[float]]) -> float:
        return (math.fsum(r[1] for r in rows) + 5) / (math.fsum(r[2] for r in rows) + 5)

    return lift(first) / lift(second)


def expected_best(first: list[float], second: list[float], usual: float) -> float:
    """The share of best scores to expect of the first kind, given the subject's second kind."""
    lift = (second[1] + 5.0) / (second[2] + 5.0) * usual
    return min(max(first[2] / max(first[0], 1) * lift, 0.02), 0.97)


@dataclass(frozen=True, slots=True)
class Calm:
    """Best scores against their base rates where nobody solicits: later answers, on the spot.

    The base rates count everybody's answers, so where many are influenced these are below 1.
    """

    later: float = 1.0
    spot: float = 1.0


def calm(members: list[Sums]) -> Calm:
    """Of these subjects, who are not thought to solicit. Drawn to 1 with five expected answers."""

    def lift(rows: list[list[float]]) -> float:
        return (sum(row[1] for row in rows) + 5) / (math.fsum(row[2] for row in rows) + 5)

    return Calm(lift([s.free for s in members]), lift([s.spot for s in members]))


def freely_best(s: Sums, usual: Calm) -> float:
    """The share of best scores on the spot if nobody had asked for them.

    The base rate, moved by the subject's own answers of an hour later or more (five more, as good
    as where nobody solicits) and by how much better answers on the spot usually are.
    """
    lift = (s.free[1] + 5.0 * usual.later) / (s.free[2] + 5.0) * usual.spot / usual.later
    return min(max(s.spot[2] / max(s.spot[0], 1) * lift, 0.02), 0.97)


def _split(code: str, first: list[float], second: list[float], usual: float) -> Evidence:
    mean = expected_best(first, second, usual)
    p = beta_binomial_tail(
        round(first[1]), round(first[0]), mean, min(second[0], 20) + 6, mid=True
    )  # fmt: skip
    return Evidence(code, p, False, {
        "best": round(first[1]), "of": round(first[0]), "expected_best": round(mean * first[0], 1),
    })  # fmt: skip
