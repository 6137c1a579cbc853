"""What is set aside, what is not, and the laws that hold for every verdict."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.integrity.engine.combine import CLEAN, REJECTED
from collector.integrity.engine.engine import Engine
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR, START, answer, judge

HONEST = [answer(number) for number in range(400)]


def with_phone(agent: str = "A3", count: int = 12, first: int = 1000) -> list[Case]:
    """An agent who has the survey sent to own numbers and answers on one phone."""
    return [
        answer(
            first + n, agent=agent, score=5.0, device=f"phone of {agent}", ip=f"home of {agent}",
            contact=f"number {n % 3} of {agent}", answered=START + (20 + 9 * n) * HOUR,
        )
        for n in range(count)
    ]  # fmt: skip


def test_honest_answers_stay_clean() -> None:
    assert {v.verdict for v in judge(HONEST).values()} == {CLEAN}


def test_answers_from_the_agents_own_phone_are_set_aside_with_their_numbers() -> None:
    verdicts = judge([*HONEST, *with_phone()])
    mine = [verdicts[c.id] for c in with_phone()]
    assert sum(v.verdict == REJECTED for v in mine) >= 10
    assert "DEVICE_SHARED" in mine[-1].reasons
    assert mine[-1].evidence["DEVICE_SHARED"]["customers"] == 12


def test_a_kiosk_for_everybody_is_left_alone() -> None:
    kiosk = [replace(c, device="kiosk", ip="shop", channel="in_app") for c in HONEST]
    assert {v.verdict for v in judge(kiosk).values()} == {CLEAN}


def test_a_tablet_with_scores_of_many_hands_is_left_alone() -> None:
    mine = [answer(1000 + n, agent="A3", device="tablet", score=(5.0, 3.0, 5.0, 1.0, 4.0)[n % 5])
            for n in range(20)]  # fmt: skip
    verdicts = judge([*HONEST, *mine])
    assert {verdicts[c.id].verdict for c in mine} == {CLEAN}


def test_an_office_with_its_account_manager_is_left_alone() -> None:
    office = [answer(1000 + n, agent="A3", customer=f"clerk {n % 4}", device=f"desk {n % 4}",
                     ip="office", net="office", cases_then=n // 4 + 1, cases_later=6)
              for n in range(24)]  # fmt: skip
    verdicts = judge([*HONEST, *office])
    assert {verdicts[c.id].verdict for c in office} == {CLEAN}


def test_the_second_of_two_equal_posts_is_set_aside_and_the_first_counts() -> None:
    first = HONEST[5]
    again = replace(first, id="R999999", answered=first.answered + 3)
    verdicts = judge([*HONEST, again])
    assert verdicts[first.id].verdict == CLEAN
    assert (verdicts["R999999"].verdict, verdicts["R999999"].reasons) == (REJECTED, ("DUPLICATE",))


def test_a_change_of_mind_is_not_a_duplicate() -> None:
    first = HONEST[5]
    later = replace(
        first, id="R999999", answered=first.answered + 40, score=3.0, supersedes=first.id
    )
    verdicts = judge([*HONEST, later])
    assert {verdicts[first.id].verdict, verdicts["R999999"].verdict} == {CLEAN}


def test_a_gateway_that_clicks_every_link_is_set_aside_and_the_person_after_it_counts() -> None:
    clicks = [answer(1000 + n, invitation="mail", channel="email", score=float(n + 1), device=None,
                     client="gateway", ip="gateway", sent=START, answered=START + 4 + n * 0.2,
                     opened=START + 4 + n * 0.2) for n in range(5)]  # fmt: skip
    person = answer(2000, invitation="mail", channel="email", sent=START, answered=START + 5 * HOUR)
    verdicts = judge([*HONEST, *clicks, person])
    assert {verdicts[c.id].verdict for c in clicks} == {REJECTED}
    assert verdicts[person.id].verdict == CLEAN


def test_bombing_from_one_phone_is_set_aside_for_the_victim() -> None:
    bombs = [answer(1000 + n, agent="A3", score=1.0, device="angry phone", ip="lair", net="lair",
                    answered=START + (200 + n) * HOUR) for n in range(9)]  # fmt: skip
    verdicts = judge([*HONEST, *bombs])
    assert all("ATTACK_BURST" in verdicts[c.id].reasons for c in bombs)


def test_a_bad_day_of_the_whole_store_is_not_an_attack() -> None:
    outage = [replace(c, score=1.0) if 150 <= n < 200 else c for n, c in enumerate(HONEST)]
    assert {v.verdict for v in judge(outage).values()} == {CLEAN}


mixtures = st.lists(
    st.builds(
        answer, st.integers(0, 4000), score=st.sampled_from([1.0, 2.0, 4.0, 5.0]),
        device=st.sampled_from([None, "a", "b", "c"]), ip=st.sampled_from([None, "x", "y"]),
        contact=st.sampled_from([None, "p", "q", "r"]), channel=st.sampled_from(
            [None, "sms", "email", "in_app"]), comment=st.sampled_from(
            [None, "", "好", "服务非常好，很专业", "客服让我打10分"]),
        sent=st.sampled_from([None, START]), occurred=st.sampled_from([None, START]),
        customer=st.sampled_from([None, "m", "n", "o"]), seconds=st.sampled_from([None, 5.0]),
    ),
    min_size=1, max_size=60, unique_by=lambda c: c.id,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(mixtures)
def test_no_verdict_but_clean_is_without_a_reason_and_weights_fit(cases: list[Case]) -> None:
    for verdict in judge(cases).values():
        assert bool(verdict.reasons) == (verdict.verdict != CLEAN)
        assert set(verdict.reasons) <= set(verdict.evidence)
        assert verdict.weight == {CLEAN: 1.0, REJECTED: 0.0}.get(verdict.verdict, verdict.weight)
        assert 0.0 <= verdict.weight <= 1.0


@settings(max_examples=30, deadline=None)
@given(mixtures)
def test_judging_again_changes_nothing(cases: list[Case]) -> None:
    engine = Engine()
    for case in sorted(cases, key=lambda c: (c.answered, c.id)):
        list(engine.advance_to(case.answered))
        engine.answer(case)
    now = max(case.answered for case in cases)
    assert [engine.judge(c, now) for c in cases] == [engine.judge(c, now) for c in cases]


@settings(max_examples=30, deadline=None)
@given(mixtures)
def test_more_nights_in_between_end_with_the_same_verdicts(cases: list[Case]) -> None:
    assert judge(cases) == judge(cases, (1, 2, 5, 12, 30, 60, 90))


def test_the_names_of_agents_do_not_matter() -> None:
    cases = [*HONEST, *with_phone()]
    renamed = {f"A{n}": f"A{(n + 4) % 10}" for n in range(10)}
    swapped = [replace(c, agent=renamed[c.agent], worker=renamed[c.worker]) for c in cases]
    first, second = judge(cases), judge(swapped)
    assert {k: (v.verdict, v.p) for k, v in first.items()} == {
        k: (v.verdict, v.p) for k, v in second.items()
    }


def test_taking_one_agents_answers_away_leaves_verdicts_of_others_who_share_nothing() -> None:
    cases = [*HONEST, *with_phone("A3")]
    before = judge(cases)
    after = judge([c for c in cases if c.agent != "A7"])
    assert {k: v.verdict for k, v in after.items()} == {k: before[k].verdict for k in after}
