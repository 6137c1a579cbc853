"""How surprising a count is: -ln of an upper tail, bounded, in O(1) whatever the counts. Pure.

Small counts are summed exactly; where the tail is near 1, or so small that the result would be cut
off at `most`, a bound says so without a sum; large counts use the saddlepoint approximation with
the continuity correction of Daniels (1987), whose error is far below what two digits show.
"""

from __future__ import annotations

import math

from collector.integrity.engine.statistics import NORMAL, log_choose

LARGE = 250.0  # variance from which on the sum is not taken term by term
LEAST = 1e-12
NEAR = 0.015  # of the mean, in standard deviations: there 1 / u - 1 / w has too few digits
ENOUGH = 1e-10  # of a sum, relative


def binomial_surprise(k: int, n: int, p: float, most: float) -> float:
    """-ln P(X >= k) for X ~ Binomial(n, p), at most `most`; 0 where k is no more than n p.

    The median is never below floor(n p), so that what is called 0 is less than ln 2.
    """
    if k <= n * p:
        return 0.0
    if k > n or p <= 0.0:
        return most
    q, x = 1 - p, k - 0.5
    log_first = log_choose(n, k) + k * math.log(p) + (n - k) * math.log1p(-p)
    if _certain(log_first, (n - k) * p / ((k + 1) * q), most):
        return most
    if n * p * q < LARGE:
        term = total = 1.0
        odds = p / q
        for i in range(k, n):
            term *= (n - i) / (i + 1) * odds
            total += term
            if term < ENOUGH * total:
                break
        return min(-log_first - math.log(total), most)
    if k == n:
        return min(-log_first, most)
    entropy = x * math.log(x / (n * p)) + (n - x) * math.log((n - x) / (n * q))
    slope = math.log(x * q / ((n - x) * p))
    return min(_saddle(entropy, slope, x * (n - x) / n), most)


def poisson_surprise(k: int, mean: float, most: float) -> float:
    """-ln P(X >= k) for X ~ Poisson(mean), at most `most`; 0 where k is no more than the mean."""
    if k <= mean:
        return 0.0
    if mean <= 0.0:
        return most
    log_first = k * math.log(mean) - mean - math.lgamma(k + 1)
    if _certain(log_first, mean / (k + 1), most):
        return most
    if mean < LARGE:
        term = total = 1.0
        i = k
        while term >= ENOUGH * total:
            i += 1
            term *= mean / i
            total += term
        return min(-log_first - math.log(total), most)
    x = k - 0.5
    return min(_saddle(x * math.log(x / mean) - x + mean, math.log(x / mean), x), most)


def _certain(log_first: float, ratio: float, most: float) -> bool:
    """Is the tail below e^-most, by the geometric series above it?"""
    return ratio < 1 and log_first - math.log1p(-ratio) < -most


def _saddle(entropy: float, slope: float, variance: float) -> float:
    """-ln of Lugannani & Rice's tail at x = k - 1/2; x half a step below the mean or more."""
    w = math.copysign(math.sqrt(2 * max(entropy, 0.0)), slope)
    if abs(w) < NEAR:
        return -math.log(0.5 - w / math.sqrt(2 * math.pi))
    u = 2 * math.sinh(slope / 2) * math.sqrt(variance)
    density = math.exp(-entropy) / math.sqrt(2 * math.pi)
    tail = NORMAL.cdf(-w) + density * (1 / u - 1 / w)
    return -math.log(max(tail, LEAST))
