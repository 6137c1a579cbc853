"""Laws of the engine, whatever it is fed: who may change whose verdict, and what may not matter.

"Sharing evidence" is defined in docs/integrity/README.md: a device, address, network, contact
point, customer, invitation or wording in common. What is usual in store and company is held as it
is by putting strangers' answers in the place of those that are taken away.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from collector.integrity.engine.combine import CLEAN, Verdict
from collector.integrity.engine.engine import Engine
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.subjects import company
from collector.integrity.engine.subjects.company import Concluded
from collector.integrity.engine.subjects.findings import find
from collector.integrity.engine.subjects.sums import Ledger, around
from tests.integrity.engine.conftest import HOUR, START, answer, judge, run
from tests.integrity.engine.test_findings import peer

AGENTS = tuple(f"A{n}" for n in range(5))
COMMENTS = (None, None, "非常满意，服务态度很好", "the best service i ever had here", "ok",
            "he asked me for a 10")  # fmt: skip


@st.composite
def companies(draw: st.DrawFn) -> list[Case]:
    """A few hundred answers of five agents; some share phones, places, numbers and words."""
    random = Random(draw(st.integers(0, 2**32)))
    pool = draw(st.integers(1, 6))
    habit = draw(st.floats(0.0, 0.9))

    def of(name: str, agent: str) -> str | None:
        """Something of one's own, of the agent's, or of a few people of different agents."""
        if random.random() > habit:
            return f"{name} {random.random()}"
        owner = agent if random.random() < 0.8 else random.choice("xyz")
        return random.choice((None, f"{name} {owner} {random.randrange(pool)}"))

    cases = []
    for number in range(draw(st.integers(20, 160))):
        agent = random.choice(AGENTS)
        at = START + random.randrange(60 * 24) * HOUR + random.choice((0, 5, 300))
        channel = random.choice(("sms", "email", "in_app"))
        delay = random.choice((4.0, 40.0, 9000.0))
        cases.append(answer(
            number, agent=agent, answered=at, opened=at - random.choice((0, 8)), channel=channel,
            score=float(random.choice((1, 2, 4, 5, 5, 5, 5))), device=of("phone", agent),
            ip=of("ip", agent), net=of("net", agent), contact=of("number", agent),
            customer=of("customer", agent), client=f"browser {random.randrange(3)}",
            invitation=f"I{number}", comment=random.choice(COMMENTS), sent=at - delay,
            occurred=at - delay - 60, seconds=random.choice((2.0, 200.0, 400.0)),
            team=f"T{int(agent[1]) % 2}", store=f"S{int(agent[1]) % 2}",
            signals=random.choice(((), (Signal("complaint", None, at + HOUR),))),
        ))  # fmt: skip
    return cases


def things(cases: list[Case], agent: str) -> set[tuple[str, object]]:
    """All that could tie answers to this agent to somebody else's."""
    names = ("device", "ip", "net", "contact", "customer", "invitation", "comment")
    return {
        (name, getattr(case, name))
        for case in cases if case.agent == agent
        for name in names if getattr(case, name)
    }  # fmt: skip


def strangers(cases: list[Case], agent: str) -> list[Case]:
    """The same answers to this agent, by people who have nothing in common with anybody."""

    def stranger(number: int, case: Case) -> Case:
        if case.agent != agent:
            return case
        own = {name: value and f"{name} of stranger {number}" for name, value in (
            ("device", case.device), ("ip", case.ip), ("net", case.net),
            ("contact", case.contact), ("comment", case.comment),
        )}  # fmt: skip
        if case.contact and case.contact == case.on_file:
            own["on_file"] = own["contact"]
        return replace(case, customer=f"stranger {number}", **own)

    return [stranger(number, case) for number, case in enumerate(cases)]


def concluded(cases: list[Case]) -> Concluded:
    """What is said of the subjects in the end."""
    engine = Engine()
    ledgers = [Ledger(kind) for kind in company.KINDS]
    for case in sorted(cases, key=lambda c: (c.answered, c.id)):
        said = [*engine.advance_to(case.answered), engine.answer(case)]
        for judged in said:
            for ledger in ledgers if judged.final else ():
                ledger.add_judged(judged, around(judged.case, engine.stats))
    for judged in engine.finish():
        for ledger in ledgers if judged.final else ():
            ledger.add_judged(judged, around(judged.case, engine.stats))
    return company.conclude(ledgers)


@settings(max_examples=25, deadline=None)
@given(companies())
def test_every_verdict_but_clean_has_reasons_and_every_reason_has_figures(
    cases: list[Case],
) -> None:
    for judged in run(cases):
        verdict = judged.verdict
        assert bool(verdict.reasons) == (verdict.verdict != CLEAN)
        for code in verdict.reasons:
            assert set(verdict.evidence[code]) - {"nats"}


@settings(max_examples=25, deadline=None)
@given(companies(), st.sampled_from(AGENTS))
def test_nobody_can_change_the_verdicts_of_those_with_whom_nothing_is_shared(
    cases: list[Case], taken: str
) -> None:
    before, after = judge(cases), judge(strangers(cases, taken))
    shared = things(cases, taken)
    apart = {name for name in AGENTS if name != taken and not things(cases, name) & shared}
    for case in cases:
        if case.agent in apart:
            assert after[case.id] == before[case.id]


def test_the_law_above_is_not_empty_and_not_true_of_those_who_share() -> None:
    boosted = [
        answer(500 + n, agent="A3", score=5.0, device="phone", answered=START + n * HOUR)
        for n in range(12)
    ]
    bystander = [answer(600 + n, agent="A4", score=5.0, device="phone") for n in range(12)]
    cases = [*(answer(n) for n in range(200)), *boosted, *bystander]
    before, after = judge(cases), judge(strangers(cases, "A4"))
    assert any(before[c.id] != after[c.id] for c in boosted)
    assert all(before[c.id] == after[c.id] for c in cases if c.agent not in ("A3", "A4"))


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(companies(), st.permutations(["Z9", "a", "A10", "中", "A2"]))
def test_names_of_agents_do_not_matter_however_they_sort(
    cases: list[Case], names: list[str]
) -> None:
    new = dict(zip(AGENTS, names, strict=True))
    renamed = [replace(c, agent=new[c.agent], worker=new[c.worker]) for c in cases]
    assert judge(renamed) == judge(cases)
    first, second = concluded(cases), concluded(renamed)
    assert first.teams == second.teams
    assert {
        new[name]: adjustment for name, adjustment in first.agents.adjustments.items()
    } == second.agents.adjustments
    for name, found in first.agents.findings.items():
        assert second.agents.findings[new[name]] == replace(found, subject=new[name])


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(companies(), st.integers(0, 9))
def test_looking_in_between_changes_nothing_and_twice_is_the_same(
    cases: list[Case], seed: int
) -> None:
    quiet = judge(cases)
    random, engine, final = Random(seed), Engine(), {}
    ordered = sorted(cases, key=lambda c: (c.answered, c.id))
    for case in ordered:
        final.update({j.case.id: j.verdict for j in engine.advance_to(case.answered) if j.final})
        engine.answer(case)
        other = random.choice(ordered)
        assert engine.judge(other, case.answered) == engine.judge(other, case.answered)
    final.update({j.case.id: j.verdict for j in engine.finish() if j.final})
    assert final == quiet


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(companies(), st.sampled_from(AGENTS))
def test_another_scale_for_one_agent_changes_nothing(cases: list[Case], agent: str) -> None:
    before = judge(cases)
    after = judge([
        replace(c, low=0.0, high=10.0, score=(c.score - 1) * 2.5) if c.agent == agent else c
        for c in cases
    ])  # fmt: skip
    for case in cases:
        first, second = before[case.id], after[case.id]
        if case.agent == agent:
            first, second = _unscaled(first), _unscaled(second)
        assert first == second


def _unscaled(verdict: Verdict) -> Verdict:
    """Without the scores themselves, which the figures of two checks quote."""
    return replace(verdict, evidence={
        code: {name: value for name, value in figures.items()
               if name not in ("from", "scores_within_seconds")}
        for code, figures in verdict.evidence.items()
    })  # fmt: skip


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(companies())
def test_few_answers_never_make_a_finding(cases: list[Case]) -> None:
    kept: list[Case] = []
    for _, mine in groupby(sorted(cases, key=lambda c: c.agent), key=lambda c: c.agent):
        kept += list(mine)[:4]
    assert not any(f.flagged for f in concluded(kept).agents.findings.values())


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.permutations(range(60)), st.integers(0, 59))
def test_findings_do_not_hang_on_how_subjects_are_called(order: list[int], cherry: int) -> None:
    sums = {f"A{n:02d}": peer(n) for n in range(60)}
    sums["A07"] = replace(sums["A07"], held=20, held_troubled=18)
    sums[f"A{cherry:02d}"] = replace(sums[f"A{cherry:02d}"], late=9, late_troubled=7)
    renamed = {f"A{order[n]:02d}": sums[f"A{n:02d}"] for n in range(60)}
    first, second = find(sums), find(renamed)
    for n in range(60):
        other = second[f"A{order[n]:02d}"]
        assert other == replace(first[f"A{n:02d}"], subject=other.subject)
