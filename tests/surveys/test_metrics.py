"""The scales, the bands and the KPI formulas, against figures worked out by hand."""

from __future__ import annotations

import pytest

from collector.errors import InvalidInput
from collector.surveys.metrics import CES, CSAT, METRICS, NPS, Metric, of, scope_problem

BANDS = {
    "nps": ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2,
    "csat": ["dissatisfied"] * 2 + ["neutral"] + ["satisfied"] * 2,
    "ces": ["high_effort"] * 3 + ["neutral"] + ["low_effort"] * 3,
}


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_every_score_of_a_scale_has_its_band(metric: Metric) -> None:
    scores = range(metric.low, metric.high + 1)
    assert [metric.band(score) for score in scores] == BANDS[metric.key]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_score_off_the_scale_is_refused(metric: Metric) -> None:
    for score in (metric.low - 1, metric.high + 1):
        assert not metric.holds(score)
        with pytest.raises(InvalidInput) as refused:
            metric.band(score)
        assert refused.value.code == "score_out_of_range"


def test_nps_is_promoters_minus_detractors_in_points() -> None:
    # 4 promoters, 3 passives, 3 detractors of 10
    assert NPS.headline([9, 10, 9, 10, 7, 8, 7, 6, 0, 3]) == pytest.approx(10.0)
    assert NPS.headline([0]) == -100
    assert NPS.headline([10]) == 100


def test_csat_is_the_share_of_4_and_5_and_ces_that_of_5_to_7() -> None:
    assert CSAT.headline([5, 4, 3, 2, 1, 5, 4, 1]) == pytest.approx(50.0)
    assert CES.headline([7, 6, 5, 4, 3, 1, 1, 1]) == pytest.approx(37.5)


def test_weights_move_the_kpi_and_a_rejected_answer_counts_for_nothing() -> None:
    assert NPS.headline([10, 0], [1, 0]) == 100
    assert CSAT.headline([5, 1], [0.5, 1]) == pytest.approx(100 / 3)


def test_there_is_no_kpi_of_nothing() -> None:
    assert NPS.headline([]) is None
    assert CSAT.headline([5, 1], [0, 0]) is None


@pytest.mark.parametrize("weights", [[1.0], [1.0, 1.0, 1.0], [1.0, -1.0]])
def test_weights_that_do_not_fit_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        CSAT.headline([5, 1], weights)


def test_nps_never_judges_an_agent_and_the_reason_says_what_to_use() -> None:
    assert not NPS.may_judge("agent")
    assert "csat" in scope_problem(NPS, "agent")
    assert scope_problem(CSAT, "agent") == scope_problem(CES, "agent") == ""


def test_an_unknown_metric_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="nps, csat, ces"):
        of("thumbs")
