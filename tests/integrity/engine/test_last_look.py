"""An answer is judged last with what a whole quarter shows; and sooner where its phone or number
gains a customer.
"""

from __future__ import annotations

from collector.integrity.engine.combine import CLEAN, REJECTED
from collector.integrity.engine.engine import AGES, Judged
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import KEPT_DAYS
from tests.integrity.engine.conftest import run
from tests.integrity.engine.quarter import DAY, low, quiet

QUIET = quiet()


def over_months(days: tuple[float, ...]) -> list[Case]:
    """One number and one phone in the name of a customer now and then, whose own is on file."""
    return [
        low(9000 + n, "A05", day, score=5.0, contact="one number", device="one phone",
            on_file=f"own {n}")
        for n, day in enumerate(days)
    ]  # fmt: skip


def of(said: list[Judged], case: Case) -> list[Judged]:
    return [one for one in said if one.case.id == case.id]


def test_what_is_shared_is_remembered_until_the_last_night() -> None:
    assert AGES[-1] < KEPT_DAYS


def test_what_came_in_the_second_month_says_what_the_first_was() -> None:
    cases = over_months((2, 40, 50, 60, 64, 68))
    said = run([*QUIET, *cases])
    first = of(said, cases[0])
    assert [one.verdict.verdict for one in first if one.age == 30] == [CLEAN]
    assert first[-1].final
    assert first[-1].verdict.verdict == REJECTED


def test_it_is_looked_at_in_the_night_after_the_phone_gained_a_customer() -> None:
    cases = over_months((2, 40, 50, 60, 64, 68))
    said = run([*QUIET, *cases])
    looks = [one.age for one in of(said, cases[0]) if 30 < one.age < 90]
    assert looks == [38, 48, 58, 62, 66]
    rejected = [one.age for one in of(said, cases[0]) if one.verdict.verdict == REJECTED]
    assert rejected[0] < 90


def test_a_phone_that_is_everybodys_is_not_looked_at_for_ever() -> None:
    kiosk = [
        low(9000 + n, f"A{n % 20:02d}", 1 + n / 2, score=(5.0, 4.0, 2.0)[n % 3], device="kiosk")
        for n in range(140)
    ]
    said = run([*QUIET, *kiosk])
    assert max(len(of(said, case)) for case in kiosk) == 1 + len(AGES)
    assert {one.verdict.verdict for one in said if one.final} == {CLEAN}


def test_the_last_verdict_is_said_once_and_of_every_answer() -> None:
    cases = [*QUIET, *over_months((2, 5, 40))]
    final = [one for one in run(cases) if one.final]
    assert sorted(one.case.id for one in final) == sorted(case.id for case in cases)
    assert all(one.age == AGES[-1] for one in final)
    assert DAY == 86400.0
