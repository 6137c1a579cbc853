"""Honest oddities far beyond what a company has: nobody is rejected at any rate of them.

Tablets for an agent, a pair, a team or a store; technicians who carry theirs along; phones that
look alike; homes; firms with one switchboard or one person who answers for all of its cars.
`COLLECTOR_TEST_FULL=1` draws ten times as many companies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest

from collector.integrity.engine.combine import REJECTED, SUSPECT
from collector.integrity.engine.records import Case
from tests.how_much import FULL
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.small_company import count, quiet, served, verdicts

DRAWN = 20 if FULL else 2
ORDINARY, GOOD, GREAT = 0.5, 0.75, 0.9


def score(random: Random, best: float) -> float:
    """One customer's, where this part gives the best score."""
    drawn = random.random()
    if drawn < best:
        return 5.0
    return 4.0 if drawn < best + (1 - best) * 0.45 else float(random.choice((1, 2, 3, 3)))


def told(
    drawing: Callable[[Random], Iterable[Case]], beside: Iterable[Case] | None = None
) -> Counter[str]:
    """The verdicts of `DRAWN` companies."""
    found: Counter[str] = Counter()
    for seed in range(DRAWN):
        found += count(verdicts(drawing(Random(seed)), beside))
    return found


@pytest.mark.parametrize("best", [ORDINARY, GOOD, GREAT])
@pytest.mark.parametrize("size", [6, 24, 80])
@pytest.mark.parametrize("agents", [1, 2, 5, 10, 20])
def test_a_tablet_on_which_customers_answer_before_they_leave(
    agents: int, size: int, best: float
) -> None:
    def tablet(random: Random) -> list[Case]:
        return [
            served(n, random.randrange(agents), 3 + 50 * n / size, score=score(random, best),
                   after=random.expovariate(1 / 900) + 60, device="tablet", ip="shop", net="shop",
                   client="tablet", channel=random.choice(("sms", "in_app", "qr")))
            for n in range(size)
        ]  # fmt: skip

    found = told(tablet)
    assert found[REJECTED] == 0
    assert found[SUSPECT] <= 0.02 * found.total()


@pytest.mark.parametrize("best", [ORDINARY, GOOD, GREAT])
def test_technicians_who_all_carry_a_tablet_along(best: float) -> None:
    def everybody(random: Random) -> list[Case]:
        return [
            served(agent * 24 + n, agent, 2.5 * n + 0.01 * agent, score=score(random, best),
                   after=random.expovariate(1 / 600) + 30, device=f"tablet {agent}",
                   ip=f"at {random.random()}", net=f"cell {random.randrange(40)}", client="tablet")
            for agent in range(20) for n in range(24)
        ]  # fmt: skip

    assert told(everybody, [])[REJECTED] == 0


@pytest.mark.parametrize("best", [GOOD, GREAT])
def test_a_workshop_that_asks_when_the_car_is_fetched_the_next_day(best: float) -> None:
    def fetched(random: Random) -> list[Case]:
        cases = []
        for n in range(30):
            case = served(n, 3, 3 + 1.7 * n, score=score(random, best), device="tablet",
                          after=random.uniform(20, 30) * HOUR, ip="shop", net="shop")  # fmt: skip
            cases.append(replace(case, sent=case.answered - random.uniform(60, 900)))
        return cases

    assert told(fetched)[REJECTED] == 0


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.15, 0.4])
def test_phones_that_look_alike(rate: float) -> None:
    def alike(random: Random) -> list[Case]:
        kinds = max(int(len(quiet()) * rate / 6), 1)
        return [
            replace(c, device=f"kind {random.randrange(kinds)}") if random.random() < rate else c
            for c in quiet()
        ]

    found = told(alike, [])
    assert found[REJECTED] + found[SUSPECT] == 0


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
def test_phones_that_do_not_say_who_they_are(rate: float) -> None:
    def unknown(random: Random) -> list[Case]:
        return [replace(c, device=None) if random.random() < rate else c for c in quiet()]

    found = told(unknown, [])
    assert found[REJECTED] + found[SUSPECT] == 0


@pytest.mark.parametrize("together", [True, False], ids=["one visit", "apart"])
@pytest.mark.parametrize("size", [2, 3, 4])
def test_homes_with_one_number_and_one_phone(size: int, together: bool) -> None:
    def homes(random: Random) -> list[Case]:
        cases = []
        for home in range(8):
            store, day = random.randrange(2), 3 + 50 * random.random()
            one = random.randrange(10)
            for n in range(size):
                agent = 10 * store + (one if together else random.randrange(10))
                cases.append(served(
                    home * 10 + n, agent, day + (0 if together else 8 * random.random()),
                    after=random.expovariate(1 / 20_000) + 300, score=score(random, GOOD),
                    **dict.fromkeys(("device", "ip", "net", "contact", "on_file"), f"home {home}"),
                ))  # fmt: skip
        return cases

    assert told(homes)[REJECTED] == 0


@pytest.mark.parametrize("manager", [True, False], ids=["account manager", "whoever is there"])
@pytest.mark.parametrize("times", [1, 2, 5])
@pytest.mark.parametrize("people", [4, 8, 20])
def test_a_firm_with_one_switchboard_and_a_phone_on_every_desk(
    people: int, times: int, manager: bool
) -> None:
    def firm(random: Random) -> list[Case]:
        return [
            served(
                person * 10 + n, 3 if manager else random.randrange(20), 3 + 50 * random.random(),
                after=random.expovariate(1 / 20_000) + 300, score=score(random, GOOD),
                customer=f"clerk {person}", cases_then=n + 1, cases_later=times,
                device=f"desk {person}", ip="firm", net="firm", contact="board", on_file="board",
            )
            for person in range(people) for n in range(times)
        ]  # fmt: skip

    assert told(firm)[REJECTED] == 0


@pytest.mark.parametrize("cars", [4, 8, 14, 30])
def test_one_keeper_who_answers_for_all_cars_of_a_firm(cars: int) -> None:
    """Always in one sitting at the end of the week, always content, whoever served the car."""

    def fleet(random: Random) -> list[Case]:
        cases = []
        for n in range(cars):
            day = random.uniform(3, 50)
            friday = (7 - day % 7) * 24 * HOUR + n * 40
            cases.append(served(
                n, random.randrange(10), day, after=friday, score=5, ip="firm", net="firm",
                device="keeper's", contact="keeper", on_file="keeper",
            ))  # fmt: skip
        return cases

    assert told(fleet)[REJECTED] == 0


@pytest.mark.parametrize("parcels", [5, 10, 20])
def test_a_concierge_who_takes_in_for_everybody_whoever_brings_it(parcels: int) -> None:
    """Not one of the numbers is on file, all is on one phone, and the scores are one person's."""

    def concierge(random: Random) -> list[Case]:
        return [
            served(n, random.randrange(10), 3 + 50 * random.random(), score=score(random, GOOD),
                   after=random.expovariate(1 / 3000) + 60, ip=f"cell {n % 4}", net=f"cell {n % 4}",
                   device="concierge's", contact="concierge", on_file=f"own {n}")
            for n in range(parcels)
        ]  # fmt: skip

    found = told(concierge)
    assert found[REJECTED] <= 0.1 * found.total()


@pytest.mark.parametrize(
    "fields",
    [("occurred", "sent"), ("customer",), ("contact", "on_file"), ("on_file",), ("ip", "net"),
     ("event", "seconds", "cases_then", "cases_later")],
    ids=str,
)  # fmt: skip
def test_a_tablet_is_not_held_against_anybody_for_what_a_file_leaves_out(
    fields: tuple[str, ...],
) -> None:
    missing: dict[str, None] = dict.fromkeys(fields)

    def tablet(random: Random) -> list[Case]:
        return [
            replace(
                served(n, n % 2, 3 + 50 * n / 30, score=score(random, GREAT),
                       after=random.expovariate(1 / 900) + 60, device="tablet", ip="shop",
                       net="shop", client="tablet"), **missing)  # type: ignore[arg-type]  # all may be missing
            for n in range(30)
        ]  # fmt: skip

    without = [replace(c, **missing) for c in quiet()]  # type: ignore[arg-type]  # as above
    assert told(tablet, without)[REJECTED] == 0
