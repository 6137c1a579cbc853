"""The bounded surprise equals -ln of the exact tail wherever it is not cut off."""

from __future__ import annotations

import math
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collector.integrity.engine.statistics import binomial_tail, poisson_tail
from collector.integrity.engine.surprise import binomial_surprise, poisson_surprise

MOST = 10.0


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 20_000), st.floats(0.001, 0.9), st.floats(0, 6))
@example(1381, 0.6835349568176621, 0.0)  # k - 1/2 is below the mean
def test_of_a_binomial_count(n: int, p: float, deviations: float) -> None:
    k = min(n, int(n * p + deviations * math.sqrt(n * p * (1 - p))) + 1)
    exact = -math.log(max(binomial_tail(k, n, p), 1e-300))
    said = binomial_surprise(k, n, p, MOST)
    assert said == pytest.approx(min(exact, MOST), abs=0.02) or (said == 0 and exact < math.log(2))


@settings(max_examples=200, deadline=None)
@given(st.floats(0.001, 20_000), st.floats(0, 6))
def test_of_a_poisson_count(mean: float, deviations: float) -> None:
    k = int(mean + deviations * math.sqrt(mean)) + 1
    exact = -math.log(max(poisson_tail(k, mean), 1e-300))
    assert poisson_surprise(k, mean, MOST) == pytest.approx(min(exact, MOST), abs=0.02)


def test_at_the_ends() -> None:
    assert binomial_surprise(3, 10, 0.3, MOST) == 0.0
    assert binomial_surprise(11, 10, 0.3, MOST) == MOST
    assert binomial_surprise(1, 10, 0.0, MOST) == MOST
    assert poisson_surprise(2, 2.0, MOST) == 0.0
    assert poisson_surprise(1, 0.0, MOST) == MOST
    assert binomial_surprise(3000, 3000, 0.9, MOST) == MOST
    assert binomial_surprise(100_000, 100_000, 0.99999, MOST) == pytest.approx(1.0, abs=0.01)


def test_a_hundred_million_cost_no_more_than_a_hundred() -> None:
    began = process_time()
    for _ in range(1000):
        binomial_surprise(30_010_000, 100_000_000, 0.3, MOST)
        poisson_surprise(30_010_000, 30_000_000.0, MOST)
    assert process_time() - began < 1.0
