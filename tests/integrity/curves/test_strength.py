"""Each practice is found where it is blatant, hurts nobody where it is not, and stronger is never
safer.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.integrity.curves.cheats import PRACTICES
from benchmarks.integrity.curves.strength import SHARES, SPREADS, point
from tests.how_much import FULL


@pytest.mark.parametrize("practice", PRACTICES)
@pytest.mark.parametrize("weeks", SPREADS if FULL else (12,))
def test_a_blatant_cheat_is_found_however_slow(practice: str, weeks: int) -> None:
    half = point(practice, 0.5, weeks)
    assert half.recall >= 0.8
    assert len(half.wrong) <= 1


@pytest.mark.parametrize("practice", PRACTICES)
def test_a_quarter_of_an_agents_answers_do_not_go_free(practice: str) -> None:
    assert point(practice, 0.25, 12).recall >= 0.4


@pytest.mark.parametrize("practice", PRACTICES if FULL else ("own_phone", "made_up_visits"))
@pytest.mark.parametrize("careful", [False, True])
def test_gaming_more_is_never_much_safer(practice: str, careful: bool) -> None:
    shares = SHARES if FULL else SHARES[1::2]
    found = [point(practice, share, 12, careful=careful) for share in shares]
    for less, more in pairwise(found):
        assert more.recall >= less.recall - 0.2
    assert all(len(one.wrong) <= 1 for one in found)
