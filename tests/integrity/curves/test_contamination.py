"""The more of a company games, the more must be found, and base rates must not follow."""

from __future__ import annotations

import pytest

from benchmarks.integrity.curves.contamination import PLACES, SHARES, point
from tests.how_much import FULL


def test_where_nobody_games_nobody_is_rejected_but_by_chance() -> None:
    quiet = [point("company", 0.0, seed=seed) for seed in range(1, 11 if FULL else 4)]
    assert sum(len(one.wrong) for one in quiet) <= 0.001 * sum(one.honest for one in quiet)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("share", SHARES[1:] if FULL else (0.2, 0.4))
def test_the_more_who_game_the_honest_beside_them_are_not_hurt(place: str, share: float) -> None:
    judged = point(place, share)
    assert judged.wrong_share <= 0.005, judged.by_group()


@pytest.mark.parametrize("place", PLACES)
def test_what_is_found_does_not_fade_as_more_do_it(place: str) -> None:
    few, many = point(place, 0.1), point(place, 0.4)
    assert many.recall >= 0.6 * few.recall


@pytest.mark.parametrize("practice", ["own_phone", "made_up_visits"])
def test_one_practice_stays_visible_where_two_in_five_do_it(practice: str) -> None:
    assert point("company", 0.4, practices=(practice,)).recall >= 0.5
