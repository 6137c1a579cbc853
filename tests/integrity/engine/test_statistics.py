"""The statistics against values known from tables, R and SciPy, and their laws."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.integrity.engine import statistics as s


def test_binomial_tails_are_those_of_r() -> None:
    # R: pbinom(2, 10, 0.1, lower.tail = FALSE)
    assert s.binomial_tail(3, 10, 0.1) == pytest.approx(0.0701908264, rel=1e-9)
    assert s.binomial_tail(3, 10, 0.1, mid=True) == pytest.approx(
        0.0701908264 - 0.5 * 0.057395628, rel=1e-8
    )


def test_poisson_tails_are_those_of_r() -> None:
    # R: ppois(2, 1, lower.tail = FALSE)
    assert s.poisson_tail(3, 1.0) == pytest.approx(0.0803013971, rel=1e-9)
    assert s.poisson_tail(0, 1.0) == pytest.approx(1.0)
    assert s.poisson_tail(1, 0.0) == 0.0


def test_hypergeometric_tails_are_those_of_r() -> None:
    # R: phyper(2, 10, 40, 5, lower.tail = FALSE)
    assert s.hypergeometric_tail(3, 5, 10, 50) == pytest.approx(0.0482603, rel=1e-5)
    assert s.hypergeometric_tail(6, 5, 10, 50) == 0.0


def test_the_beta_binomial_with_a_flat_chance_is_uniform() -> None:
    assert s.beta_binomial_tail(2, 10, 0.5, 2.0) == pytest.approx(9 / 11, rel=1e-9)


def test_a_strong_beta_binomial_is_a_binomial() -> None:
    assert s.beta_binomial_tail(3, 10, 0.1, 1e7) == pytest.approx(0.07019083, rel=1e-4)


def test_fishers_method_of_two_values_in_closed_form() -> None:
    product = 0.05 * 0.05
    assert s.fisher([0.05, 0.05]) == pytest.approx(product * (1 - math.log(product)))
    assert s.fisher([]) == 1.0


def test_benjamini_and_hochbergs_own_example() -> None:
    # Table 1 of the 1995 paper: four discoveries at 5 %.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
         0.4262, 0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    assert s.benjamini_hochberg(p, 0.05) == [True] * 4 + [False] * 11


def test_the_bulk_rate_is_hardly_moved_by_a_few() -> None:
    hits, trials = [3] * 90 + [40] * 10, [100] * 100
    assert s.bulk_rate(hits, trials) == pytest.approx(0.03, abs=0.004)
    assert s.bulk_rate([0, 0], [0, 0]) == 0.0


def test_an_empirical_null_never_makes_a_value_smaller() -> None:
    values = [i / 1000 for i in range(1, 400)]
    assert all(
        after >= before
        for before, after in zip(values, s.against_empirical_null(values), strict=True)
    )


def two_sigma_wide(members: int) -> list[float]:
    """p-values of members who differ twice as widely as chance makes them."""
    normal = NormalDist()
    return [1 - normal.cdf(2 * normal.inv_cdf((i + 0.5) / members)) for i in range(members)]


def test_a_bulk_that_spreads_twice_as_wide_is_judged_by_its_own_spread() -> None:
    values = two_sigma_wide(200)
    assert sum(s.benjamini_hochberg(values, 0.05)) > 10
    judged = s.against_empirical_null(values)
    assert sum(s.benjamini_hochberg(judged, 0.05)) == 0
    # What is left is what chance makes of two hundred: the smallest is about 1 / 400.
    assert min(judged) == pytest.approx(1 / 400, rel=0.1)


def test_too_few_members_show_no_spread_of_their_own() -> None:
    values = two_sigma_wide(39)
    assert s.against_empirical_null(values) == values
    assert s.against_empirical_null(two_sigma_wide(40)) != two_sigma_wide(40)


@given(n=st.integers(1, 60), p=st.floats(0.01, 0.99))
def test_tails_fall_and_begin_at_one(n: int, p: float) -> None:
    tails = [s.binomial_tail(k, n, p) for k in range(n + 2)]
    assert tails[0] == 1.0
    assert tails[-1] == 0.0
    assert all(first >= second - 1e-12 for first, second in pairwise(tails))


@given(st.lists(st.floats(1e-9, 1.0), min_size=1, max_size=8))
def test_paying_for_the_best_of_many_never_helps(values: list[float]) -> None:
    assert s.sidak(values, len(values)) >= min(values) - 1e-12
