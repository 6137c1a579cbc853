"""One number for several customers: a family's, a firm's switchboard, or one hand's?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from collector.integrity.engine.combine import CLEAN, REJECTED
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.small_company import count, mean_p, renamed, served, verdicts


def friends(
    size: int = 6, agents: tuple[int, ...] = (0, 11), *, on_file: bool = True, every: float = 3,
    phone: str | None = "one phone", score: tuple[int, ...] = (5,),
) -> list[Case]:  # fmt: skip
    """Once-only customers, all asked over one number, who answer on one phone (or `phone`)."""
    return [
        served(
            n, agents[n % len(agents)], 10 + every * n, after=(2 + 3 * n) * HOUR,
            score=score[n % len(score)], contact="one number", client="its browser",
            on_file="one number" if on_file else f"own {n}",
            device=phone and phone.format(n), ip=f"road {n}", net=f"road {n}",
        )
        for n in range(size)
    ]  # fmt: skip


def test_a_number_that_was_written_into_the_file_is_rejected_like_one_that_was_not() -> None:
    assert count(verdicts(friends())) == count(verdicts(friends(on_file=False))) == {REJECTED: 6}


def test_four_names_of_two_stores_on_one_number_and_one_phone_are_not_clean() -> None:
    assert CLEAN not in count(verdicts(friends(4, every=5)))


def test_one_more_name_on_the_number_and_the_phone_never_makes_it_milder() -> None:
    before = 0.0
    for size in range(2, 14):
        now = mean_p(verdicts(friends(size)))
        assert now >= before - 0.01, size
        before = now
    assert before > 0.95


def test_number_and_phone_together_are_more_than_either_alone() -> None:
    def nats(cases: list[Case]) -> float:
        found = verdicts(cases)[-1].evidence.get("CONTACT_REUSED", {"nats": 0.0})
        return float(str(found["nats"]))

    own_numbers = [replace(c, contact=f"n{c.id}", on_file=f"n{c.id}") for c in friends()]
    assert nats(friends()) > 3.0
    assert nats(own_numbers) == 0.0
    assert nats(friends(phone="phone {}")) == 0.3


def test_an_unknown_phone_is_neither_one_nor_many() -> None:
    """Who hides the phone gains nothing over a switchboard's people, and loses nothing."""
    unknown, many = (
        [v.evidence["CONTACT_REUSED"]["nats"] for v in verdicts(friends(phone=phone))]
        for phone in (None, "phone {}")
    )
    assert unknown == many
    half = [replace(c, device=None) if n < 2 else c for n, c in enumerate(friends(8))]
    assert verdicts(half)[-1].evidence["CONTACT_REUSED"]["on_one_phone"] == 6


def test_who_owns_the_number_is_not_blamed_for_those_who_were_given_it() -> None:
    owner, *others = friends(7)
    others = [replace(c, on_file=f"own {c.id}") for c in others]
    found = verdicts([owner, *others])
    assert found[0].evidence["CONTACT_REUSED"]["nats"] == 0.3
    assert all(float(str(v.evidence["CONTACT_REUSED"]["nats"])) >= 4.5 for v in found[1:])


def test_what_the_number_and_the_stores_are_called_does_not_matter() -> None:
    first = verdicts(friends())
    second = verdicts(renamed(friends(), lambda v: f"<{v}>", "contact", "on_file", "device", "ip"))
    assert [(v.verdict, v.p) for v in first] == [(v.verdict, v.p) for v in second]


def test_a_colleagues_number_in_several_files_is_no_purchase_of_their_own() -> None:
    def staff(size: int) -> float:
        cases = [replace(c, staff_contact=True) for c in friends(size, phone="phone {}")]
        return float(str(verdicts(cases)[-1].evidence["STAFF_CONTACT"]["nats"]))

    assert [staff(size) for size in (1, 2, 3, 6)] == [2.0, 2.0, 3.5, 3.5]


@pytest.mark.parametrize("score", [(5, 3, 5, 2), (2, 5, 1, 4, 5, 3)], ids=str)
def test_scores_of_many_hands_clear_a_number_and_its_phone(score: tuple[int, ...]) -> None:
    assert set(count(verdicts(friends(8, score=score)))) == {CLEAN}
