"""Tails of the usual distributions, Fisher's method, Benjamini-Hochberg, an empirical null. Pure.

Standard library only. "Upper tail" means P(X >= k); the mid-p version counts the point k itself
half (Lancaster 1961), so that tests of small counts are neither too conservative nor too liberal on
average.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import NormalDist

NORMAL = NormalDist()
SMALLEST = 1e-300


def log_choose(n: float, k: float) -> float:
    """ln of the binomial coefficient; also for real n and k."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def binomial_tail(k: int, n: int, p: float, *, mid: bool = False) -> float:
    """P(X >= k) for X ~ Binomial(n, p)."""
    if k <= 0 and not mid:
        return 1.0
    if k > n:
        return 0.0
    p = min(max(p, 0.0), 1.0)
    if p in (0.0, 1.0):
        at = 0 if p == 0.0 else n
        return 1.0 if at > k else (0.5 if mid else 1.0) if at == k else 0.0
    odds, log_first = p / (1 - p), _log_binomial(k, n, p)
    return _sum_up(k, n, log_first, lambda i: (n - i) / (i + 1) * odds, mid)


def beta_binomial_tail(k: int, n: int, mean: float, strength: float, *, mid: bool = False) -> float:
    """P(X >= k) where the chance itself varies: Beta with this mean and `strength` = a + b."""
    if k > n:
        return 0.0
    mean = min(max(mean, 1e-9), 1 - 1e-9)
    a, b = mean * strength, (1 - mean) * strength
    log_first = log_choose(n, k) + _log_beta(k + a, n - k + b) - _log_beta(a, b)
    return _sum_up(
        k, n, log_first, lambda i: (n - i) / (i + 1) * (i + a) / (n - i - 1 + b), mid
    )  # fmt: skip


def beta_binomial_chance(k: int, n: int, mean: float, strength: float) -> float:
    """P(X = k) for the same; never quite 0."""
    mean = min(max(mean, 1e-9), 1 - 1e-9)
    a, b = mean * strength, (1 - mean) * strength
    value = log_choose(n, k) + _log_beta(k + a, n - k + b) - _log_beta(a, b)
    return max(math.exp(min(value, 0.0)), SMALLEST)


def beta_binomial_log(counts: Sequence[int], weights: Sequence[float]) -> float:
    """ln of the Dirichlet-multinomial probability of an ordered sample with these counts."""
    total, strength = sum(counts), sum(weights)
    value = math.lgamma(strength) - math.lgamma(strength + total)
    for count, weight in zip(counts, weights, strict=True):
        value += math.lgamma(weight + count) - math.lgamma(weight)
    return value


def poisson_tail(k: int, mean: float, *, mid: bool = False) -> float:
    """P(X >= k) for X ~ Poisson(mean)."""
    if mean <= 0:
        return 1.0 if k <= 0 else 0.0
    log_first = k * math.log(mean) - mean - math.lgamma(k + 1)
    last = k + int(10 * math.sqrt(mean + k + 10)) + 10
    return _sum_up(k, last, log_first, lambda i: mean / (i + 1), mid)


def hypergeometric_tail(k: int, drawn: int, marked: int, total: int, *, mid: bool = False) -> float:
    """P(X >= k): `drawn` without putting back, out of `total` of which `marked` are marked."""
    low, high = max(0, drawn - (total - marked)), min(drawn, marked)
    if k > high:
        return 0.0
    k = max(k, low)
    log_first = (
        log_choose(marked, k) + log_choose(total - marked, drawn - k) - log_choose(total, drawn)
    )

    def ratio(i: int) -> float:
        return (marked - i) * (drawn - i) / ((i + 1) * (total - marked - drawn + i + 1))

    return _sum_up(k, high, log_first, ratio, mid)


def _sum_up(k: int, last: int, log_first: float, ratio: Callable[[int], float], mid: bool) -> float:
    """First term by logarithm, the others from their neighbours; stops when they stop mattering."""
    term = total = 1.0
    for i in range(k, last):
        term *= ratio(i)
        total += term
        if term < 1e-14 * total:
            break
    scaled = total - (0.5 if mid else 0.0)
    return min(1.0, math.exp(min(log_first, 0.0)) * scaled) if scaled > 0 else 0.0


def _log_binomial(k: int, n: int, p: float) -> float:
    return log_choose(n, k) + k * math.log(p) + (n - k) * math.log1p(-p)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def chi_square_tail(x: float, half_degrees: int) -> float:
    """P(X >= x) for a chi-square with 2 * `half_degrees` degrees of freedom (closed form)."""
    term = total = 1.0
    for i in range(1, half_degrees):
        term *= x / 2 / i
        total += term
    return min(1.0, math.exp(-x / 2) * total)


def fisher(values: Sequence[float]) -> float:
    """Fisher's method: one p of several independent ones; 1 of none."""
    if not values:
        return 1.0
    x = -2 * sum(math.log(max(value, SMALLEST)) for value in values)
    return chi_square_tail(x, len(values))


def sidak(values: Sequence[float], tests: int) -> float:
    """The smallest of `tests` p-values, paid for; like Bonferroni, without a ceiling of ties."""
    smallest = min(values, default=1.0)
    return -math.expm1(tests * math.log1p(-min(smallest, 1 - 1e-12)))


def benjamini_hochberg(values: Sequence[float], rate: float) -> list[bool]:
    """Which of these p-values are discoveries at this false discovery rate (1995, step-up)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    last = -1
    for rank, index in enumerate(order):
        if values[index] <= rate * (rank + 1) / len(values):
            last = rank
    found = [False] * len(values)
    for index in order[: last + 1]:
        found[index] = True
    return found


def against_empirical_null(values: Sequence[float], minimum: int = 40) -> list[float]:
    """p-values against an empirical null (Efron 2004): if the ordinary members differ more widely
    than chance alone would make them, all are judged by that spread. Never makes a p smaller.
    """
    if len(values) < minimum:
        return list(values)
    scores = [NORMAL.inv_cdf(1 - min(max(value, 1e-15), 1 - 1e-9)) for value in values]
    ordered = sorted(scores)
    middle = ordered[len(ordered) // 2]
    upper = ordered[int(len(ordered) * 0.8)]
    spread = max(1.0, (upper - middle) / 0.8416 if upper > middle else 1.0)
    centre = max(0.0, middle)
    return [
        max(value, 1 - NORMAL.cdf((score - centre) / spread))
        for value, score in zip(values, scores, strict=True)
    ]


def bulk_rate(hits: Sequence[int], trials: Sequence[int]) -> float:
    """The rate of the ordinary members, by a mixture of two binomials (EM), the higher held small.

    A few members with a very high rate hardly move it. 0 where there was nothing to count.
    """
    return bulk_rate_of(Counter(zip(hits, trials, strict=True)))


def bulk_rate_of(alike: Mapping[tuple[int, int], int]) -> float:
    """The same. `alike`: how many members have these hits in these trials."""
    total = sum(n * count for (_, n), count in alike.items())
    marked = sum(k * count for (k, _), count in alike.items())
    if not total or not marked:
        return 0.0
    mean = marked / total
    low, high, share = mean * 0.7, min(0.95, mean * 4 + 0.02), 0.1
    # In one order whoever the members are, so that sums come out alike to the last digit.
    groups = sorted((both, count) for both, count in alike.items() if both[1])
    members = sum(count for _, count in groups)
    for _ in range(25):
        c = d = weight = 0.0
        missed = math.log((1 - high) / (1 - low))
        each = math.log(high / low) - missed
        prior = math.log(share / (1 - share))
        for (k, n), count in groups:
            odds = k * each + n * missed + prior
            if odds > -50:
                part = count / (1 + math.exp(-odds))
                c, d, weight = c + part * k, d + part * n, weight + part
        low = max((marked - c + 0.5 * mean) / (total - d + 0.5), 1e-6)
        high = min(max((c + 1.0 * high) / (d + 1.0), 1.5 * low), 0.95)
        share = min(max(weight / members, 0.01), 0.25)
        if high <= low:
            break
    return min(low, mean)
