"""Setting the combiner's constants on other worlds finds what is better and leaves no trace."""

from __future__ import annotations

import pytest

from benchmarks.integrity import fitting
from benchmarks.integrity.companies import Company
from benchmarks.integrity.curves.cheats import cheat
from benchmarks.integrity.curves.judging import judge
from benchmarks.integrity.curves.quiet import Habits, quiet
from benchmarks.integrity.fitting import Watched, current, fit, settings, watching, worth
from collector.integrity.engine import combine as combiner
from collector.integrity.engine.finding import CONTACT, ORIGIN, ROBOT, Finding
from tests.integrity.bench.companies import company

GAMED, HONEST = ("gamed",), ("own", "honest")


def answers(strength: float, tags: tuple[str, ...], count: int) -> list[tuple[object, ...]]:
    found = (Finding("A", ORIGIN, strength), Finding("B", CONTACT, 1.0))
    return [(found, 0.0, tags)] * count


def test_a_lower_bar_is_found_where_it_lets_more_be_seen_and_hurts_nobody() -> None:
    world = Watched("w", [*answers(3.3, GAMED, 50), *answers(0.5, HONEST, 500)])  # type: ignore[list-item]
    chosen, before, after = fit([world])
    assert after > before
    with settings(chosen):
        assert worth([world]) == pytest.approx(after)


def test_nothing_moves_where_it_would_hurt_the_honest() -> None:
    world = Watched("w", [*answers(4.5, GAMED, 50), *answers(3.3, HONEST, 500)])  # type: ignore[list-item]
    chosen, _, _ = fit([world])
    with settings(chosen):
        found = [combiner.combine(a[0], 0.0).verdict for a in world.answers if a[2] == HONEST]
    assert "rejected" not in found


def test_settings_are_put_back_also_after_an_error() -> None:
    before = current()
    assert {"PRIOR", "REJECTED_FROM"} <= set(before)
    seen = []

    def fails() -> None:
        with settings({"PRIOR": -9.0, "CAPS.origin": 0.5}):
            seen.append(current()["CAPS.origin"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert seen == [0.5]
    assert current() == before


def test_what_was_watched_gives_the_verdicts_that_the_audit_gave() -> None:
    made = quiet(Habits(agents=10, each=24))
    ids = cheat(made, "own_phone", "A05", 0.4)
    truth = company().truth
    truth.responses.clear()
    truth.responses.update({
        number: {"label": label, "changed": False, "agent_id": "A"}
        for number, (label, _) in made.labels.items()
    })  # fmt: skip
    with watching(Company("w", 1, company().folder, truth, ())) as watched:
        judged = judge(made)
    again = [combiner.combine(f, reputation).verdict for f, reputation, _ in watched.answers]
    assert again.count("rejected") == sum(judged.rank(i) == 2 for i in judged.verdicts) > 0
    assert len(ids) >= again.count("rejected")
    assert fitting.engine.combine is combiner.combine


def test_answers_on_which_all_settings_agree_are_only_counted() -> None:
    sure = (Finding("DUPLICATE", ROBOT, 1.0, certain=True),)
    world = Watched("w", [*[(sure, 0.0, GAMED)] * 5, *answers(0.2, HONEST, 7)])  # type: ignore[list-item]
    in_between = answers(3.3, GAMED, 3)
    world.answers += in_between  # type: ignore[arg-type]
    (narrow,) = fitting.narrowed([world])
    assert narrow.answers == in_between
    assert worth([narrow]) == pytest.approx(worth([world]))
