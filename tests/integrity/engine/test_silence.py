"""When a check has nothing to say: low scores are nobody's boosting, the unknown is nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from collector.integrity.engine.combine import REJECTED
from collector.integrity.engine.gained import PUBLIC_FROM, Gained
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics
from tests.integrity.engine.conftest import HOUR, answer, judge
from tests.integrity.engine.found import nats
from tests.integrity.engine.small_company import DAY, quiet, served

SENTENCE = "everything was explained to me twice and with great patience, I will come again"


def from_home(score: float, **given: Any) -> list[Case]:
    """Ten customers of one agent at one address, a minute apart; `score` is the last one's."""
    cases = [
        served(
            n, 3, 20 + n // 5, after=20 * HOUR + 60.0 * n, ip="home", net="home", comment=SENTENCE
        )
        for n in range(10)
    ]
    return [*cases[:-1], replace(cases[-1], score=score, **given)]


@pytest.mark.parametrize("code", ["NETWORK_CONCENTRATION", "RAPID_RUN", "TEMPLATE_TEXT"])
def test_a_low_score_is_not_made_up_in_favour_whatever_it_shares(code: str) -> None:
    *others, low = from_home(1.0)
    assert nats(code, others[-1], *others[:-1], low, beside=quiet()) > 0
    assert nats(code, low, *others, beside=quiet()) == 0


def again(customer: str | None, **given: Any) -> float:
    """What is said of a second answer on a phone of one's own."""
    first = answer(1, customer=customer, device="own phone")
    second = answer(2, customer=customer, device="own phone", agent="A1", **given)
    return nats("KNOWN_CUSTOMER", second, first)


def test_a_customer_who_comes_again_on_the_same_phone_is_known() -> None:
    assert again("C7") < 0


def test_nobody_is_known_of_whom_customer_or_phone_is_unknown() -> None:
    assert again(None) == 0
    assert (
        nats("KNOWN_CUSTOMER", answer(2, customer="C7", device=None), answer(1, customer="C7")) == 0
    )


def test_a_revision_is_not_another_invitation() -> None:
    assert again("C7", invitation="I1") == 0


def test_what_was_answered_through_another_invitation_is_a_duplicate() -> None:
    case = answer(1, same_as="R000000")
    assert judge([case])[case.id].verdict == REJECTED
    other = replace(case, same_as=None)
    assert judge([other])[case.id].verdict != REJECTED


def test_only_who_writes_that_a_score_was_asked_for_is_taken_to_say_so() -> None:
    for comment, says in (("he asked me for a 10", True), (SENTENCE, False), (None, False)):
        case = answer(1, comment=comment)
        assert ("SOLICITED_TEXT" in judge([case])[case.id].evidence) == says


def test_a_low_score_that_became_a_good_one_is_not_raised_to_the_best() -> None:
    first = answer(1, score=1.0)
    assert nats("UPWARD_REVISION", replace(first, id="good", score=4.0,
                answered=first.answered + HOUR), first) == 0  # fmt: skip


def test_who_has_nearly_all_of_the_teams_customers_has_all_on_the_shops_device() -> None:
    cases = [served(n, 3, n / 2, device="the shop's" if n % 2 else f"own {n}") for n in range(120)]
    few = [served(200 + n, 4, 9 + n) for n in range(4)]
    assert nats("DEVICE_SHARED", cases[-1], *cases[:-1], *few) == 0


def waiting(customers: int) -> list[Case]:
    """Which answers are looked at again when a phone of so many customers gains one."""
    stats, gained = RunningStatistics(), Gained()
    cases = [answer(n, device="phone") for n in range(customers + 1)]
    for case in cases[:-1]:
        stats.add(case)
    gained.wait(cases[0], stats)
    stats.add(cases[-1])
    gained.used(cases[-1])
    return list(gained.look(stats))


def test_a_phone_that_gains_a_customer_is_looked_at_again_unless_it_is_a_public_one() -> None:
    assert [case.id for case in waiting(2)] == ["R000000"]
    assert waiting(PUBLIC_FROM + 2) == []


def test_an_answer_that_is_final_is_not_looked_at_again() -> None:
    stats, gained = RunningStatistics(), Gained()
    cases = [answer(n, device="phone", answered=n * DAY + 1.0) for n in range(3)]
    for case in cases:
        stats.add(case)
    gained.wait(cases[0], stats)
    gained.used(cases[2])
    gained.let_go(cases[0])
    assert list(gained.look(stats)) == []
