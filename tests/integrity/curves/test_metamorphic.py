"""What may not matter to a verdict, and which way it may not go."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.integrity.curves.cheats import FAVOUR, PRACTICES
from benchmarks.integrity.curves.metamorphic import (
    CHANGES,
    company,
    growing,
    mirrored,
    moved,
    slowing,
    unchanged,
)
from tests.how_much import FULL

ON_PAPER = {"stores merged on paper", "stores split on paper"}


@pytest.mark.parametrize("name", sorted(set(CHANGES) - ON_PAPER))
def test_how_things_are_called_and_counted_does_not_matter(name: str) -> None:
    assert moved(name) == []


@pytest.mark.parametrize("name", sorted(ON_PAPER))
def test_what_is_a_store_on_paper_moves_a_hair_at_the_bar_and_no_more(name: str) -> None:
    """A store's own rates are evidence, so that an answer at the bar may fall to either side."""
    changed = moved(name)
    assert len(changed) <= 0.01 * len(company().labels)
    assert not [one for one in changed if {one[2], one[3]} == {"clean", "rejected"}]


def test_the_company_of_these_tests_has_something_to_change() -> None:
    said = [row["verdict"] for row in unchanged().verdicts.values()]
    assert min(said.count("rejected"), said.count("clean")) >= 40


@pytest.mark.parametrize("practice", PRACTICES)
def test_one_more_gamed_answer_on_a_thing_is_never_milder(practice: str) -> None:
    found = growing(practice, range(2, 15) if FULL else range(3, 13, 3))
    for fewer, more in pairwise(found):
        assert more >= fewer


@pytest.mark.parametrize("practice", FAVOUR)
def test_mirrored_scores_turn_boosting_into_a_bombing_of_like_strength(practice: str) -> None:
    boosting, bombing = mirrored(practice)
    assert abs(boosting - bombing) <= 0.5


@pytest.mark.parametrize("practice", PRACTICES if FULL else ("own_phone", "stolen_links"))
def test_a_slower_attack_does_not_become_innocent_in_one_step(practice: str) -> None:
    found = slowing(practice)
    for faster, slower in pairwise(found):
        assert slower >= faster - 1
    assert found[-1] > 0 or found[0] == 0
