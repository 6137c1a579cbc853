"""A device that answers for several customers: whose hand is it, and were the customers there?"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from collector.integrity.engine.combine import CLEAN, REJECTED
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR
from tests.integrity.engine.small_company import count, mean_p, quiet, renamed, served, verdicts

MINUTE = 60.0


def on_one_device(
    count: int, agents: tuple[int, ...], *, after: Callable[[int], float], every: float = 2,
    score: Callable[[int], float] = lambda n: 4 if n % 9 == 4 else 5, place: str = "shop",
    **given: object,
) -> list[Case]:  # fmt: skip
    """So many once-only customers of these agents in turn, all on one device."""
    return [
        served(n, agents[n % len(agents)], 3 + every * n, after=after(n), score=score(n),
               device="one device", ip=place.format(n), net=place.format(n), client="its browser",
               **given)
        for n in range(count)
    ]  # fmt: skip


def at_the_counter(n: int) -> float:
    return (8 + n % 12) * MINUTE


def the_next_day(n: int) -> float:
    return (22 + n % 12) * HOUR


def later_that_day(n: int) -> float:
    return (2 + 3 * n) * HOUR


def test_a_tablet_at_the_counter_is_not_rejected_and_a_phone_at_night_is() -> None:
    counter = verdicts(on_one_device(24, (3,), after=at_the_counter))
    night = verdicts(on_one_device(24, (3,), after=the_next_day))
    assert REJECTED not in count(counter)
    assert count(night) == {REJECTED: 24}
    assert mean_p(counter) < mean_p(night) - 0.3


def test_the_later_a_device_answers_the_worse_step_by_step() -> None:
    def late(part: int) -> float:
        cases = on_one_device(
            24, (3,), after=lambda n: the_next_day(n) if n % 8 < part else at_the_counter(n)
        )
        found = [v.evidence["DEVICE_SHARED"]["nats"] for v in verdicts(cases)]
        return sum(float(str(nats)) for nats in found) / len(found)

    sizes = [late(part) for part in range(9)]
    assert sizes == sorted(sizes)
    assert max(b - a for a, b in pairwise(sizes)) < 2.0


def test_a_team_whose_tablet_answers_the_next_day_with_nothing_but_best_scores_is_not_clean() -> (
    None
):
    found = verdicts(on_one_device(25, (0, 1, 2, 3, 4), after=the_next_day, score=lambda n: 5))
    assert CLEAN not in count(found)


def test_a_whole_store_whose_tablet_does_is_not_clean_either() -> None:
    found = verdicts(
        on_one_device(40, tuple(range(10)), after=the_next_day, every=1, score=lambda n: 5)
    )
    assert count(found)[CLEAN] <= 5


@pytest.mark.parametrize("scores", [(1,), (1, 1, 2), (1, 1, 1, 1, 1, 1, 1, 5)], ids=str)
def test_low_scores_do_not_make_a_device_an_assisted_one(scores: tuple[int, ...]) -> None:
    bombs = on_one_device(
        8, (5,), after=lambda n: 9 * HOUR, every=4, score=lambda n: scores[n % len(scores)]
    )
    assert all("ASSISTED_DEVICE" not in verdict.evidence for verdict in verdicts(bombs))


def test_scores_of_many_hands_do() -> None:
    tablet = on_one_device(20, (5,), after=at_the_counter, score=lambda n: (5, 3, 5, 1, 4)[n % 5])
    found = verdicts(tablet)
    assert all("ASSISTED_DEVICE" in verdict.evidence for verdict in found)
    assert count(found) == {CLEAN: 20}


def ring(agents: tuple[int, ...], channel: str | None = "sms", size: int = 10) -> list[Case]:
    return on_one_device(size, agents, after=later_that_day, every=3, score=lambda n: 5,
                         place="road {}", channel=channel)  # fmt: skip


@pytest.mark.parametrize("agents", [(0, 1), (0, 11), (0, 11, 12), (0, 1, 11, 12)], ids=str)
def test_a_ring_is_found_in_one_store_and_across_stores(agents: tuple[int, ...]) -> None:
    assert CLEAN not in count(verdicts(ring(agents)))


@pytest.mark.parametrize("size", [4, 5, 6, 8])
def test_a_ring_with_few_customers_is_seen(size: int) -> None:
    found = verdicts(ring((0, 11), size=size))
    assert all("DEVICE_SHARED" in verdict.evidence for verdict in found)
    assert count(found)[CLEAN] == 0 or size < 6


@pytest.mark.parametrize("channel", ["wechat", "web", "qr", None])
def test_how_a_channel_is_called_does_not_matter(channel: str | None) -> None:
    def called(cases: list[Case]) -> list[Case]:
        return renamed(cases, lambda name: channel if name == "sms" else name, "channel")  # type: ignore[arg-type,return-value]  # None is a name too

    first = verdicts(ring((0, 1)))
    second = verdicts(called(ring((0, 1))), called(list(quiet())))
    assert [(v.verdict, v.p) for v in first] == [(v.verdict, v.p) for v in second]


def test_how_stores_teams_and_things_are_called_does_not_matter() -> None:
    def called(cases: list[Case]) -> list[Case]:
        return renamed(cases, lambda name: f"Zz {name[::-1]}", "store", "team", "device", "ip",
                       "net", "contact", "on_file", "customer", "client", "event")  # fmt: skip

    for cases in (ring((0, 11)), on_one_device(24, (3,), after=the_next_day)):
        first = verdicts(cases)
        second = verdicts(called(cases), called(list(quiet())))
        assert [(v.verdict, v.p) for v in first] == [(v.verdict, v.p) for v in second]


@pytest.mark.parametrize("agents", [(3,), (0, 1), (0, 11)], ids=str)
def test_one_more_made_up_answer_on_the_device_never_makes_it_milder(
    agents: tuple[int, ...],
) -> None:
    before = 0.0
    for size in range(len(agents) * 2, 21, 2):
        now = mean_p(verdicts(on_one_device(
            size, agents, after=the_next_day, score=lambda n: 5, place="road {}")))  # fmt: skip
        assert now >= before - 0.01, size
        before = now


def test_three_made_up_answers_of_four_on_a_rare_channel_are_not_what_is_expected() -> None:
    made_up = on_one_device(8, (3,), after=the_next_day, score=lambda n: 5, place="road {}",
                            channel="qr")  # fmt: skip
    others = [*quiet(), *(served(900 + n, 1 + n, 5, channel="qr") for n in range(2))]
    evidence = verdicts(made_up, others)[-1].evidence["DEVICE_SHARED"]
    assert float(str(evidence["expected"])) < 4


def test_a_shop_address_that_is_only_the_devices_is_not_a_second_fact() -> None:
    found = verdicts(on_one_device(24, (3,), after=the_next_day))
    assert all("NETWORK_CONCENTRATION" not in verdict.evidence for verdict in found)
