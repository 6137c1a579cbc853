"""Honest answers that look like a machine's, a made-up case's or one hand's, beside those that are.

Nobody who is honest is rejected, with the time of opening or without. What is to be found is tried
beside people who take 8 to 40 seconds. `COLLECTOR_TEST_FULL=1` tries all sizes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

import pytest

from collector.integrity.engine.combine import CLEAN, REJECTED, Verdict
from collector.integrity.engine.records import Case
from tests.how_much import FULL
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.small_company import count, opening, own, quiet, served, verdicts

CHANNELS = ("sms", "in_app", "email", "wechat", "web")
Company = tuple[tuple[Case, ...], tuple[Case, ...]]  # the honest, and those who are not


def each(names: str, *values: Any, step: int) -> pytest.MarkDecorator:
    """Every combination, or by day one in `step` of them (which must reach every value)."""
    every = list(product(*values))
    return pytest.mark.parametrize(names, every if FULL else every[::step], ids=str)


def asking(channel: str) -> list[Case]:
    """The quiet company with this channel in the place of its messages; all read the question."""
    return opening(
        [replace(c, channel=channel) if c.channel == "sms" else c for c in quiet()], 8, 40
    )


def by(found: Iterable[Verdict], code: str) -> int:
    """How many are rejected with this among the reasons."""
    return sum(v.verdict == REJECTED and code in v.reasons for v in found)


@lru_cache
def told(company: Company) -> tuple[list[Verdict], list[Verdict]]:
    """The verdicts on the honest answers and on the others."""
    honest, others = company
    found = verdicts([*honest, *others], [])
    return found[: len(honest)], found[len(honest) :]


@lru_cache
def lost_cookies(channel: str, many: int, when: str, place: str = "own {}") -> Company:
    """People on whose phones no cookie stays, as quick as those who need not look for the link."""
    random = Random(many)
    hours = {"later that day": (2.0, 8.0), "next morning": (21.0, 26.0)}[when]
    theirs = [
        served(
            n, n % 20, 3 + 50 * n / many, after=random.uniform(*hours) * HOUR, score=own(n),
            channel=channel, device=None, ip=place.format(n), net=place.format(n),
        )
        for n in range(many)
    ]  # fmt: skip
    return (*asking(channel), *opening(theirs, 1.5, 7)), ()


@each(
    "channel, many, when", CHANNELS, (10, 40, 120), ("later that day", "next morning"), step=7
)  # fmt: skip
def test_people_whose_cookie_was_lost_are_no_machines(channel: str, many: int, when: str) -> None:
    found, _ = told(lost_cookies(channel, many, when))
    assert by(found, "LINK_SCANNER") == 0
    assert count(found)[REJECTED] == 0


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_a_hotels_guests_whose_cookies_its_network_loses_are_no_machines(channel: str) -> None:
    found, _ = told(lost_cookies(channel, 40, "next morning", "hotel"))
    assert count(found)[REJECTED] == 0


@lru_cache
def machines(channel: str, many: int) -> Company:
    """What opens every link as soon as it is sent, and presses whatever comes first."""
    random = Random(many)
    theirs = [
        served(
            n, n % 20, 3 + 50 * n / many, after=900 + random.uniform(2, 60), channel=channel,
            score=float(1 + n % 5), device=None,
        )
        for n in range(many)
    ]  # fmt: skip
    return tuple(asking(channel)), tuple(opening(theirs, 0, 2))


@each("channel, many", ("sms", "wechat", "web"), (20, 60), step=1)
def test_machines_quicker_than_people_are_found_whatever_the_channel_is_called(
    channel: str, many: int
) -> None:
    honest, found = told(machines(channel, many))
    assert by(found, "LINK_SCANNER") > many / 2
    assert count(honest)[REJECTED] == 0


SCORES = {"as others give": (5, 5, 4, 5, 3, 5, 5, 2, 5, 4), "nearly all the best": (5,) * 9 + (4,)}


@lru_cache
def counters(many: int, versions: int, scores: str, quick: tuple[float, float]) -> Company:
    """Three counters, which the app alone asks about; the cases of all others take an hour."""
    random = Random(many + versions)
    elsewhere = [
        replace(c, channel="sms", seconds=HOUR * random.uniform(0.6, 1.5)) for c in quiet()
    ]
    theirs = [
        served(
            counter * 1000 + n, 0, 2.5 + 55 * n / many, after=random.uniform(*quick), sent=None,
            agent=f"counter {counter}", worker=f"counter {counter}", channel="in_app",
            store=f"S{counter % 2}", team=f"S{counter % 2}T0", score=random.choice(SCORES[scores]),
            seconds=random.uniform(60, 300), client=f"app {random.randrange(versions)}",
        )
        for counter in range(3) for n in range(many)
    ]  # fmt: skip
    return (*opening(elsewhere, 8, 40), *opening(theirs, 2, 20)), ()


@each(
    "many, versions, scores, quick", (8, 24, 60), (2, 3), SCORES, ((5, 30), (20, 60), (60, 300)),
    step=5,
)  # fmt: skip
def test_counters_that_the_app_alone_asks_about_are_no_made_up_cases(
    many: int, versions: int, scores: str, quick: tuple[float, float]
) -> None:
    found, _ = told(counters(many, versions, scores, quick))
    assert by(found, "PHANTOM_SESSION") == by(found, "CLIENT_CONCENTRATION") == 0
    assert count(found)[REJECTED] == 0


@lru_cache
def made_up(many: int) -> Company:
    """One agent's cases that hardly were any, answered at once by customers who came once."""
    theirs = [
        served(
            n, 3, 3 + 50 * n / many, after=6.0 + n % 20, sent=None, score=4.0 + (n % 4 > 0),
            channel="in_app", seconds=4.0 + n % 9,
        )
        for n in range(many)
    ]  # fmt: skip
    return tuple(asking("sms")), tuple(opening(theirs, 3, 10))


@pytest.mark.parametrize("many", [12, 20, 40])
def test_cases_hardly_worked_on_are_found_where_the_app_asks_about_the_same_work(many: int) -> None:
    honest, found = told(made_up(many))
    assert all("PHANTOM_SESSION" in v.evidence for v in found)
    assert count(found)[REJECTED] > many / 2
    assert count(found)[CLEAN] == 0
    assert count(honest)[REJECTED] == 0


CARS, ADVISERS = (12, 20), (4, 5, 6)
# Chosen: of 20 draws with 20 cars, those in which a store's own advisers' are rejected, and 0.
DRAWN = (0, 4, 5, 7)


def cars(many: int, advisers: tuple[int, ...], phones: int, draw: int | None) -> list[Case]:
    """One keeper's number on file, always content; odd draws: all of a week on its last evening."""
    random = Random(draw or 0)
    cases = []
    for n in range(many):
        day = 3 + 50 * n / many
        evening = (7 - day % 7) * 24 * HOUR + n * 40
        cases.append(served(
            n, advisers[n % len(advisers)] if draw is None else random.choice(advisers), day,
            after=evening if draw and draw % 2 else random.uniform(1, 30) * HOUR, score=5,
            contact="keeper", on_file="keeper", device=f"keeper's {random.randrange(phones)}",
            client="keeper's", ip="firm", net="firm",
        ))  # fmt: skip
    return opening(cases, 4, 12)


@lru_cache
def keeper(many: int, advisers: int, draw: int | None, alone: bool) -> Company:
    """Cars that these advisers serve: `alone` in their store, or with others in one of ten."""
    theirs = tuple(range(advisers))
    company = [*asking("sms"), *cars(many, theirs, 2, draw)]
    if alone:
        names = {f"A{of:02d}" for of in theirs}
        company = [replace(c, store="X", team="X") if c.agent in names else c for c in company]
    return tuple(company), ()


@lru_cache
def borrowed(many: int, advisers: int) -> Company:
    """The same, of few in each of two stores who have nothing else in common, on one phone."""
    few = (*range(advisers // 2), *range(10, 10 + (advisers + 1) // 2))
    return tuple(asking("sms")), tuple(cars(many, few, 1, 0))


def rejected(many: int, advisers: int, *, alone: bool) -> int:
    return sum(count(told(keeper(many, advisers, d, alone))[0])[REJECTED] for d in DRAWN)


@each("many, advisers", CARS, ADVISERS, step=1)
def test_a_keeper_whose_cars_a_stores_advisers_serve_in_turn_is_not_rejected(
    many: int, advisers: int
) -> None:
    found, _ = told(keeper(many, advisers, None, True))
    assert count(found)[REJECTED] == 0


@pytest.mark.parametrize("many", CARS)
@pytest.mark.parametrize("advisers", ADVISERS)
def test_a_keeper_whose_cars_a_stores_advisers_serve_as_they_come_is_not_rejected(
    many: int, advisers: int
) -> None:
    assert rejected(many, advisers, alone=True) == 0


@pytest.mark.parametrize("many", CARS)
@pytest.mark.parametrize("advisers", ADVISERS)
def test_a_keeper_whose_cars_some_advisers_of_a_store_serve_is_not_rejected(
    many: int, advisers: int
) -> None:
    assert rejected(many, advisers, alone=False) == 0


@each("many, advisers", CARS, ADVISERS, step=1)
def test_a_number_and_a_phone_that_a_few_of_two_stores_share_are_found(
    many: int, advisers: int
) -> None:
    honest, found = told(borrowed(many, advisers))
    assert count(found)[CLEAN] == 0
    assert count(found)[REJECTED] > many / 2
    assert count(honest)[REJECTED] == 0


@lru_cache
def crew(guests: int, nights: int, best: bool, reads: float) -> Company:
    """Guests of one night clerk who are asked over one number and answer on their own phones."""
    theirs = [
        served(
            night * 20 + n, 3, 8 + 6 * night + 0.6 + n / 1000, after=20.0 + 150 * n / guests,
            sent=None, score=5.0 if best else own(n), contact="crew", on_file="crew",
            ip="house", net="house",
        )
        for night in range(nights) for n in range(guests)
    ]  # fmt: skip
    return (*asking("sms"), *opening(theirs, reads, reads + 3)), ()


@each("guests, nights, best, reads", (4, 8, 14), (1, 3), (True, False), (2, 15), step=5)
def test_a_crew_that_answers_at_the_desk_is_not_one_hand(
    guests: int, nights: int, best: bool, reads: float
) -> None:
    found, _ = told(crew(guests, nights, best, reads))
    assert by(found, "IN_HAND") == 0
    assert count(found)[REJECTED] == 0


COMPANIES = {
    "cookies lost that day": lambda: lost_cookies("sms", 40, "later that day"),
    "cookies lost by mail": lambda: lost_cookies("email", 120, "next morning"),
    "a hotel": lambda: lost_cookies("sms", 40, "next morning", "hotel"),
    "machines": lambda: machines("sms", 60),
    "machines in a chat": lambda: machines("wechat", 20),
    "counters": lambda: counters(24, 2, "nearly all the best", (20, 60)),
    "quick counters": lambda: counters(60, 3, "as others give", (5, 30)),
    "made-up cases": lambda: made_up(20),
    "a keeper": lambda: keeper(12, 4, None, True),
    "a keeper of many": lambda: keeper(20, 6, 0, True),
    "a keeper whom some advisers serve": lambda: keeper(20, 5, 1, False),
    "a borrowed number": lambda: borrowed(20, 6),
    "a crew": lambda: crew(8, 1, True, 2),
    "a crew that comes again": lambda: crew(14, 3, True, 2),
}


@pytest.mark.parametrize("name", COMPANIES)
def test_nobody_honest_is_rejected_for_a_missing_time_of_opening(name: str) -> None:
    company = COMPANIES[name]()
    honest, others = ([replace(c, opened=None) for c in part] for part in company)
    without, _ = told((tuple(honest), tuple(others)))
    known, _ = told(company)
    assert count(without)[REJECTED] <= count(known)[REJECTED]
