"""KPIs from the export alone."""

from __future__ import annotations

import pytest

from collector.exports.kpis import kpis
from tests.exports.rows import row


def test_an_empty_feed_has_no_kpis() -> None:
    assert kpis([]) == []


def test_raw_and_weighted_figures_of_a_survey() -> None:
    rows = [
        row(number=1, score=5, weight=1.0),
        row(number=2, score=4, weight=1.0),
        row(number=3, score=1, weight=0.5),
        row(number=4, score=1, weight=0.0),
    ]
    (kpi,) = kpis(rows)
    assert (kpi.survey, kpi.metric, kpi.answers) == ("delivery", "csat", 4)
    assert kpi.distribution == {1: 2, 2: 0, 3: 0, 4: 1, 5: 1}
    assert (kpi.mean, kpi.headline) == (2.75, 50.0)
    assert (kpi.weight, kpi.weighted_mean, kpi.weighted_headline) == (2.5, 3.8, 80.0)


def test_of_several_revisions_the_newest_holds() -> None:
    first = row(number=1, response_id="rsp_a", score=1)
    edited = row(number=2, response_id="rsp_a", revision=2, score=5)
    (kpi,) = kpis([first, edited])
    assert (kpi.answers, kpi.mean) == (1, 5.0)


def test_answers_of_machines_are_no_answers_and_nothing_divides_by_zero() -> None:
    (kpi,) = kpis([row(score=None, weight=0.0, verdict="rejected")])
    assert (kpi.answers, kpi.mean, kpi.headline) == (0, None, None)
    assert (kpi.weighted_mean, kpi.weighted_headline) == (None, None)


def test_surveys_are_kept_apart_each_with_its_metrics_own_figure() -> None:
    rows = [row(number=1, survey="z")]
    rows += [
        row(number=n, survey="a", metric="nps", scale_low=0, scale_high=10, score=score, weight=1.0)
        for n, score in enumerate((10, 9, 7, 3), start=2)
    ]
    nps, csat = kpis(rows)
    assert (nps.survey, nps.headline, nps.answers) == ("a", pytest.approx(25.0), 4)
    assert len(nps.distribution) == 11
    assert csat.survey == "z"
