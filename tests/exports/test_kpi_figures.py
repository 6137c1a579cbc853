"""The clean KPIs' arithmetic: weights, bounds, intervals, segments, and what is not shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.exports.kpi_figures import LEAST, Answer, Exposure, Figures, figures, workers
from collector.exports.kpi_sums import Segments, Sums, Weights

VERDICTS = {"clean": 1.0, "suspect": 0.4, "rejected": 0.0}


def answer(score: int, verdict: str = "clean", metric: str = "csat", **more: object) -> Answer:
    given = {
        "survey": "s", "metric": metric, "score": score,
        "weights": Weights.of(VERDICTS[verdict]), "verdict": verdict, "channel": "sms",
        "locale": "en", "segment": "north",
        "subjects": {"agent": "a1", "store": "north"}, **more,
    }  # fmt: skip
    return Answer(**given)  # type: ignore[arg-type]  # spread over the fields


def ask(segment: str | None = "north", **more: object) -> Exposure:
    given = {
        "survey": "s", "metric": "csat", "segment": segment, "subjects": {"store": segment},
        "invited": True, "locale": "en", "channels": {"sms": True}, **more,
    }  # fmt: skip
    return Exposure(**given)  # type: ignore[arg-type]  # spread over the fields


def only(found: list[Figures]) -> Figures:
    (row,) = found
    return row


def test_raw_counts_every_score_and_cleaned_each_with_its_weight() -> None:
    row = only(figures([answer(5), answer(1), answer(5, "suspect"), answer(5, "rejected")], []))
    assert row.raw == 75.0
    assert row.cleaned == pytest.approx(100 * 1.4 / 2.4)
    assert (row.if_suspect_counts, row.if_suspect_does_not) == (pytest.approx(200 / 3), 50.0)
    assert (row.n, row.answered, row.rejected, row.suspect) == (3, 4, 1, 1)
    assert row.effective_n == pytest.approx(2.4**2 / (1 + 1 + 0.16))
    assert (row.share_rejected, row.share_suspect) == (0.25, 0.25)


def test_nps_subtracts_detractors() -> None:
    row = only(figures([answer(n, metric="nps") for n in (10, 9, 8, 6)], []))
    assert (row.raw, row.cleaned, row.unit) == (25.0, 25.0, "points")


def test_nothing_is_divided_by_nothing() -> None:
    row = only(figures([], [], surveys={"s": "csat"}))
    values = (row.raw, row.cleaned, row.low, row.if_suspect_counts, row.represented, row.coverage)
    assert values == (None,) * 6
    assert (row.n, row.eligible, row.answered) == (0, 0, 0)
    assert figures([], [], by="team") == []


def test_all_rejected_leaves_a_raw_value_only() -> None:
    row = only(figures([answer(5, "rejected")], [ask()]))
    assert (row.raw, row.cleaned, row.low, row.represented, row.n) == (100.0, None, None, None, 0)
    assert row.uncovered == 1.0


def test_one_agent_is_not_shown_on_few_answers_and_never_by_nps() -> None:
    few = int(LEAST["agent"]) - 1
    row = only(figures([answer(5)] * few, [], by="agent"))
    assert (row.withheld, row.raw, row.cleaned, row.share_rejected) == ("too_few", None, None, None)
    assert (row.n, row.group) == (few, "a1")
    assert only(figures([answer(5)] * (few + 1), [], by="agent")).withheld == ""
    nps = only(figures([answer(9, metric="nps")] * 99, [], by="agent"))
    assert (nps.withheld, nps.cleaned) == ("out_of_scope", None)
    assert only(figures([answer(5)], [], by="store")).withheld == ""


def test_each_segment_counts_as_much_as_it_has_eligible_interactions() -> None:
    answers = [answer(5, segment="north")] * 30 + [answer(1, segment="south")] * 10
    row = only(figures(answers, [ask("north")] * 50 + [ask("south")] * 50))
    assert row.cleaned == 75.0
    assert row.represented == pytest.approx(50.0)
    assert row.represented_effective_n == pytest.approx(1 / (0.25 / 30 + 0.25 / 10))
    assert row.uncovered == 0.0
    assert row.coverage == pytest.approx(0.4)


def test_segments_with_few_answers_are_put_together_and_a_silent_rest_is_told() -> None:
    answers = [answer(5, segment="north")] * 10 + [answer(1, segment="tiny")]
    row = only(figures(answers, [ask("north")] * 60 + [ask("tiny")] * 10 + [ask("silent")] * 30))
    assert row.represented == pytest.approx(60.0)  # tiny speaks for silent: 40 of 100 at 0
    assert row.uncovered == 0.0
    alone = only(figures([answer(5, segment="north")] * 10, [ask("north")] * 60 + [ask("x")] * 40))
    assert (alone.represented, alone.uncovered) == (100.0, pytest.approx(0.4))


def test_channels_and_languages_have_no_eligible_interactions_of_their_own() -> None:
    tried = ask(channels={"sms": False, "email": True})
    found = figures(
        [answer(5, channel="email")], [tried, ask(invited=False, channels={})], "channel"
    )
    email, sms = found
    assert (email.group, email.invited, email.delivered, email.eligible) == ("email", 1, 1, None)
    assert (sms.group, sms.invited, sms.delivered, sms.answered) == ("sms", 1, 0, 0)
    assert (email.represented, email.coverage) == (None, None)


def test_unknown_groups_come_last_and_are_said_to_be_unknown() -> None:
    found = figures([answer(5, subjects={}), answer(4)], [], by="store")
    assert [row.group for row in found] == ["north", None]


def test_who_did_the_work_counts_not_who_is_credited() -> None:
    assert workers({"agent": {"id": "a1", "credited": "a2"}, "store": "s9", "team": {}}) == {
        "agent": "a1", "store": "s9", "team": None}  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from(sorted(VERDICTS))), min_size=1))
def test_interval_and_segments_stay_within_what_is_possible(scores: list[tuple[int, str]]) -> None:
    row = only(figures([answer(n, v, metric="nps") for n, v in scores], [ask(metric="nps")]))
    assert row.raw is not None
    assert -100 <= row.raw <= 100
    if row.cleaned is None:
        assert row.low is None
        return
    assert row.low is not None
    assert row.high is not None
    assert -100 <= row.low <= row.cleaned <= row.high <= 100
    assert row.represented == pytest.approx(row.cleaned)  # one segment: nothing to mend
    assert 0 < row.effective_n <= row.n + 1e-9


def test_thirty_nps_answers_reach_about_thirty_points_each_way() -> None:
    sums = Sums()
    for index in range(30):
        sums.add((1, 1, 0, -1, -1)[index % 5], Weights.of(1.0), "clean")
    interval = sums.interval((-1, 1))
    assert interval is not None
    assert (interval[1] - interval[0]) / 2 / 1.96 == pytest.approx(15.7, abs=1.5)


def test_an_answer_whose_segment_nobody_was_eligible_in_changes_nothing() -> None:
    segments = Segments()
    segments.eligible("north")
    for _ in range(5):
        segments.answered("north", 1, Weights.of(1.0), "clean")
        segments.answered("erased", 0, Weights.of(1.0), "clean")
    found = segments.represented()
    assert found is not None
    assert found.value is not None
    assert math.isclose(found.value, 100.0)
