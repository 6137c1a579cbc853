"""Gates of whose scores these are: one hand's, or many people's own."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.score_pattern import ScorePattern, own_shares, score_pattern
from tests.integrity.engine.gates.asking import company, counts
from tests.integrity.engine.gates.test_chance import three


def pattern(best: int, good: int, rest: int, counter: float = 0.0, **given: Any) -> list[float]:
    """For one hand in favour, and for one hand against."""
    found = score_pattern(company(), {"A0": counts(best, good, rest, **given)}, counter)
    return three(found.log_odds, found.against)


def test_scores_of_one_hand_and_of_many() -> None:
    assert [pattern(n, 0, 0) for n in (1, 2, 4, 8, 16)] == [
        [0.342, -3.464],
        [0.651, -4.0],
        [1.188, -4.0],
        [2.044, -4.0],
        [3.0, -4.0],
    ]
    assert [pattern(0, n, 0) for n in (1, 2, 4)] == [
        [-0.494, -2.653],
        [-0.775, -3.628],
        [-1.095, -4.0],
    ]
    assert [pattern(0, 0, n) for n in (1, 2, 4, 8)] == [
        [-1.806, 1.576],
        [-2.62, 2.887],
        [-3.529, 3.0],
        [-4.0, 3.0],
    ]
    assert [pattern(8 - n, 0, n) for n in (1, 2, 3)] == [
        [-0.001, -4.0],
        [-1.052, -4.0],
        [-1.817, -4.0],
    ]
    assert [pattern(8 - n, n, 0) for n in (1, 2, 3)] == [
        [1.311, -4.0],
        [0.793, -4.0],
        [0.367, -4.0],
    ]
    assert [pattern(30, 0, 0, expected=e) for e in ((0.9, 0.05), (0.3, 0.4))] == [
        [-0.789, -4.0],
        [3.0, -4.0],
    ]
    assert [pattern(5, 3, n) for n in (0, 2, 4, 6)] == [
        [0.367, -4.0],
        [-2.345, -4.0],
        [-3.326, -4.0],
        [-3.923, -4.0],
    ]


def test_scores_where_people_are_looked_at() -> None:
    assert [pattern(9, 1, 1, c) for c in (0.0, 0.04, 0.05, 0.06, 0.11, 0.5, 1.0)] == [
        [-0.183, -4.0],
        [-0.183, -4.0],
        [-0.183, -4.0],
        [-0.182, -4.0],
        [-0.181, -4.0],
        [-0.176, -4.0],
        [-0.169, -4.0],
    ]
    assert [pattern(9, 1, 1, c, expected=(0.3, 0.4)) for c in (0.0, 0.04, 0.11, 1.0)] == [
        [2.54, -4.0],
        [2.54, -4.0],
        [1.969, -4.0],
        [0.46, -4.0],
    ]
    assert [pattern(16, 0, 0, c, expected=(0.3, 0.4)) for c in (0.0, 0.04, 0.11, 1.0)] == [
        [3.0, -4.0],
        [3.0, -4.0],
        [3.0, -4.0],
        [2.26, -4.0],
    ]


def test_scores_of_several_subjects_on_one_thing() -> None:
    rows = {"A0": counts(6, 0, 0, (0.8, 0.1)), "A1": counts(2, 0, 1, (0.3, 0.4))}
    found = score_pattern(company(), rows)
    assert [found.log_odds > 0, found.assisted, found.total] == [False, False, 9]
    assert three(found.log_odds, found.against) == [-0.119, -4.0]


def test_an_assisted_device_begins_here() -> None:
    stats = company()
    found = [
        score_pattern(stats, {"A0": counts(best, good, rest)})
        for best, good, rest in ((5, 1, 1), (5, 1, 2), (4, 1, 2), (4, 2, 2), (1, 1, 4), (1, 0, 5))
    ]
    assert [(three(f.log_odds, f.against), f.assisted) for f in found] == [
        ([-0.953, -4.0], False),
        ([-1.803, -4.0], True),
        ([-2.026, -4.0], True),
        ([-2.343, -4.0], True),
        ([-3.748, -1.173], True),
        ([-3.521, 2.403], False),
    ]


def test_who_answers_for_themselves_is_unlike_one_hand_either_way() -> None:
    pairs = ((-1.0, -2.0), (-2.0, -1.0), (-0.99, -2.0), (-2.0, -0.99))
    assert [ScorePattern(*pair, 1, 1, 1).assisted for pair in pairs] == [True, True, False, False]


def own(there: Any, mine: Any = None, calls: tuple[int, float] = (0, 0.0)) -> list[float]:
    """Best, good and low scores that the subject's own customers would give there."""
    stats = company()
    profile = stats.profiles["A0"]
    if mine is not None:
        profile.scores = mine
    profile.calls, profile.call_scores = calls
    return three(*own_shares(stats, there, "A0"))


def test_what_many_hands_would_give() -> None:
    there = counts(4, 2, 2)
    assert own(there) == [0.6, 0.2, 0.2]
    assert [
        own(there, counts(*row)) for row in ((4, 2, 2), (40, 2, 2), (4, 2, 40), (4, 40, 2))
    ] == [[0.6, 0.2, 0.2], [0.913, 0.028, 0.059], [0.085, 0.675, 0.24], [0.106, 0.838, 0.057]]
    assert [own(there, counts(b, 20, 44 - b)) for b in (4, 24, 44)] == [
        [0.061, 0.699, 0.24],
        [0.364, 0.396, 0.24],
        [0.841, 0.117, 0.042],
    ]
    assert [own(there, counts(2, 2, n)) for n in (1, 2, 3, 4)] == [
        [0.6, 0.2, 0.2],
        [0.6, 0.2, 0.2],
        [0.57, 0.19, 0.24],
        [0.57, 0.19, 0.24],
    ]
    assert [own(there, counts(n, 2, 2)) for n in (3, 4, 5)] == [
        [0.6, 0.2, 0.2],
        [0.6, 0.2, 0.2],
        [0.662, 0.15, 0.188],
    ]


def test_what_many_hands_would_give_by_what_listened_calls_say() -> None:
    there = counts(4, 2, 2)
    calls = ((1, 1.0), (8, 8.0), (8, -8.0), (20, 44.0))
    assert [own(there, None, c) for c in calls] == [
        [0.633, 0.211, 0.156],
        [0.668, 0.223, 0.11],
        [0.6, 0.2, 0.2],
        [0.717, 0.239, 0.045],
    ]
    assert [own(there, counts(14, 2, 2), c) for c in calls] == [
        [0.864, 0.027, 0.109],
        [0.877, 0.027, 0.096],
        [0.854, 0.026, 0.12],
        [0.904, 0.028, 0.068],
    ]
    assert [own(there, counts(2, 0, 0), (20, 44.0)), own(there, counts(5, 2, 2), (20, 44.0))] == [
        [0.717, 0.239, 0.045],
        [0.773, 0.175, 0.052],
    ]


def test_what_many_hands_would_give_stays_within_bounds() -> None:
    rates = ((0.99, 0.0), (0.97, 0.01), (0.9, 0.09), (0.02, 0.5), (0.02, 0.9), (0.0, 0.99))
    assert [own(counts(4, 2, 2, e)) for e in rates] == [
        [0.955, 0.03, 0.015],
        [0.955, 0.03, 0.015],
        [0.883, 0.027, 0.09],
        [0.05, 0.45, 0.5],
        [0.05, 0.05, 0.9],
        [0.097, 0.01, 0.9],
    ]
    many = counts(100, 2, 2)
    assert [own(counts(4, 2, 2, e), many) for e in rates] == [
        [0.955, 0.03, 0.015],
        [0.955, 0.03, 0.015],
        [0.955, 0.03, 0.015],
        [0.092, 0.832, 0.076],
        [0.419, 0.419, 0.163],
        [0.789, 0.024, 0.187],
    ]
    assert [own(counts(4, 2, 2, e), counts(2, 2, 100)) for e in rates] == [
        [0.067, 0.918, 0.015],
        [0.066, 0.919, 0.015],
        [0.06, 0.832, 0.108],
        [0.04, 0.36, 0.6],
        [0.05, 0.05, 0.9],
        [0.097, 0.01, 0.9],
    ]
