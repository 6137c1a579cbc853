"""Gates of what several checks ask: chance, one hand's scores, who was there, what is usual."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.concentration import cluster, concentration, excess, few_subjects
from collector.integrity.engine.presence import presence
from collector.integrity.engine.score_pattern import ScorePattern, own_shares, score_pattern
from collector.integrity.engine.usage_index import Cluster, SubjectCounts
from collector.integrity.engine.usual_rates import usual_here
from tests.integrity.engine.gates.asking import asked, company, counts, origin, rate, usage


def three(*values: float) -> list[float]:
    return [round(value, 3) for value in values]


def test_one_too_many_of_those_alike() -> None:
    assert three(*(excess(n, 0.5, 9.0) for n in (2, 3, 4, 5, 6, 8, 12))) == [
        0.0,
        0.561,
        1.497,
        2.197,
        2.398,
        2.708,
        3.135,
    ]
    assert three(*(excess(n, 0.2, 9.0, minimum=m) for n, m in ((2, 2), (3, 4), (4, 4)))) == [
        0.679,
        0.0,
        2.944,
    ]
    assert three(*(excess(12, e, 9.0) for e in (0.0, 0.04, 0.06, 0.11, 1.0, 4.0, 6.0, 8.0))) == [
        5.476,
        5.476,
        5.293,
        4.683,
        2.398,
        0.623,
        0.0,
        0.0,
    ]
    assert three(*(excess(13, e, 9.0) for e in (9.9, 10.0))) == [0.0, 0.0]
    assert three(*(excess(130, e, 9.0) for e in (60, 70, 99, 100, 101))) == [
        0.154,
        0.0,
        0.0,
        0.0,
        0.0,
    ]
    assert three(*(excess(5, e, 9.0) for e in (4.5, 5.0, 6.0, 9.0))) == [0, 0, 0, 0]
    assert three(*(excess(30, 1.0, cap) for cap in (1.5, 3.0, 9.0))) == [1.5, 3.0, 3.367]
    assert three(*(excess(300, e, 9.0) for e in (170, 220))) == [0.0, 0.0]
    assert three(*(excess(1300, e, 9.0) for e in (970, 1000))) == [0.0, 0.0]


def clustered(best: int, rest: int, seen: int, expected: float) -> float:
    """What a cluster weighs whose scores are these."""
    stats = company()
    found = stats.clusters["alike", "A0"] = Cluster()
    found.counts = counts(best, 0, rest)
    return cluster(Assessment(asked(), stats, 0.0), "alike", seen, expected, 2.0)


def test_what_is_alike_weighs_by_what_its_scores_say() -> None:
    assert three(*(clustered(n, 0, 9, 1.0) for n in (1, 2, 3, 5, 9, 20))) == [
        2.342,
        2.651,
        2.931,
        3.425,
        3.5,
        3.5,
    ]
    assert three(*(clustered(9 - n, n, 9, 1.0) for n in (1, 2, 3, 4))) == [2.188, 1.145, 0.39, 0.0]
    assert three(*(clustered(9, 0, n, 1.0) for n in (2, 3, 4, 5, 6, 7))) == [
        0.0,
        0.008,
        0.804,
        2.156,
        3.086,
        3.292,
    ]
    assert three(*(clustered(9, 0, 9, e) for e in (2.0, 3.0, 4.0))) == [2.753, 1.065, 0.15]
    stats = company()
    assert three(cluster(Assessment(asked(), stats, 0.0), "alike", 9, 1.0, 2.0)) == [2.0]


def concentrated(mine: int, others: int, agents: int = 10, **given: Any) -> list[float]:
    stats = company(agents, **given)
    there = origin(*(usage(n, "A0" if n < mine else "A1") for n in range(mine + others)))
    return three(*concentration(Assessment(asked(), stats, 0.0), there))


def test_too_many_customers_of_one_subject() -> None:
    assert [concentrated(n, 0) for n in (1, 3, 5)] == [
        [2.381, 0.092],
        [7.695, 0.077],
        [10.0, 0.061],
    ]
    assert [concentrated(n, 6 - n) for n in (1, 2, 4)] == [
        [0.785, 0.096],
        [2.397, 0.088],
        [8.034, 0.07],
    ]
    assert [concentrated(n, 0, 1) for n in (3,)] == [[0.0, 1.0]]
    assert concentrated(3, 0, 2) == [2.333, 0.459]


def test_who_has_nearly_all_customers_has_them_on_anything() -> None:
    found = []
    for mine in (140, 170, 171, 180, 190):
        stats = company(4, 10)
        stats.answers["T"] = 190
        stats.answers["A0"] = mine
        stats.volume["T", "sms"] = stats.volume["A0", "sms"] = 0
        there = origin(*(usage(n) for n in range(4)))
        found.append(three(*concentration(Assessment(asked(), stats, 0.0), there)))
    assert found == [[1.276, 0.727], [0.505, 0.881], [0.481, 0.887], [0.0, 0.933], [0.0, 0.985]]


def test_what_is_expected_of_nearly_all_begins_here() -> None:
    found = []
    for share in (0.89, 0.9, 0.91):
        stats = company()
        stats.share = lambda *_, share=share: share
        there = origin(*(usage(n) for n in range(4)))
        found.append(three(*concentration(Assessment(asked(), stats, 0.0), there)))
    assert found == [[0.466, 0.89], [0.0, 0.9], [0.0, 0.91]]


def few(subjects: int, customers: int, agents: int = 30, **given: Any) -> float:
    stats = company(agents, **given)
    stores = given.get("stores", ("S",))
    there = origin(
        *(usage(n, f"A{n % subjects}", store=stores[n % len(stores)]) for n in range(customers))
    )
    return three(few_subjects(Assessment(asked(), stats, 0.0), there))[0]


def test_few_subjects_who_have_a_thing_to_themselves() -> None:
    assert [few(n, 24) for n in (1, 2, 3, 6, 12)] == [0.0, 58.918, 46.953, 25.332, 3.715]
    assert [few(n, 60) for n in (23, 24, 25)] == [1.416, 0.094, 0.0]
    assert [few(n, 60, 200) for n in (12, 13, 24, 25, 48)] == [125.549, 118.075, 56.278, 0.0, 0.0]
    assert [few(n, 8, 4) for n in (2, 3, 4)] == [3.753, 0.915, 0.0]
    assert few(3, 8, 2) == 0
    assert [few(2, 4, each=n) for n in (1, 10)] == [4.757, 4.757]
    assert [few(2, n, stores=("S", "Q")) for n in (6, 12)] == [14.332, 34.739]


def test_few_subjects_where_hardly_anything_is_known() -> None:
    stats = company(6)
    stats.answers["S"] = 0
    there = origin(*(usage(n, f"A{n % 2}") for n in range(6)))
    assert three(few_subjects(Assessment(asked(), stats, 0.0), there)) == [0.0]
    for name in ("A0", "A1"):
        stats.profiles[name].answers = 0
    assert three(few_subjects(Assessment(asked(), stats, 0.0), there)) == [80.185]


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


def there(soon: int, later: int, unknown: int = 0, customers: int | None = None) -> Any:
    made = counts(soon + later + unknown, 0, 0, kind=SubjectCounts)
    made.soon, made.later, made.unknown = soon, later, unknown
    made.customers = soon + later + unknown if customers is None else customers
    return made


def at(*rows: Any, usual: tuple[int, int] = (50, 100)) -> list[float]:
    """For one hand at leisure; which part was at a counter; how many soon and later."""
    stats = company()
    stats.soon = rate(*usual)
    found = presence(stats, rows)
    return [*three(found.log_odds, found.counter), found.soon, found.later]


def test_who_was_there_when_answers_came() -> None:
    assert [at(there(n, 0)) for n in (1, 2, 4, 8, 20)] == [
        [0.0, 0.091, 1, 0],
        [0.0, 0.423, 2, 0],
        [-0.269, 0.886, 4, 0],
        [-0.832, 0.992, 8, 0],
        [-1.157, 1.0, 20, 0],
    ]
    assert [at(there(0, n)) for n in (1, 2, 4, 8, 20)] == [
        [-0.071, 0.009, 0, 1],
        [0.266, 0.014, 0, 2],
        [1.17, 0.02, 0, 4],
        [2.5, 0.028, 0, 8],
        [2.5, 0.047, 0, 20],
    ]
    assert [at(there(8 - n, n)) for n in (1, 2, 3, 4, 5, 6, 7)] == [
        [-0.47, 0.93, 7, 1],
        [-0.182, 0.768, 6, 2],
        [0.002, 0.534, 5, 3],
        [0.134, 0.323, 4, 4],
        [0.317, 0.181, 3, 5],
        [0.664, 0.098, 2, 6],
        [1.343, 0.053, 1, 7],
    ]
    assert [at(there(9 - n, n), usual=(95, 100)) for n in (1, 2, 3, 4)] == [
        [-0.787, 0.757, 8, 1],
        [-0.452, 0.69, 7, 2],
        [-0.021, 0.657, 6, 3],
        [0.452, 0.646, 5, 4],
    ]
    assert [at(there(4, 4, customers=n)) for n in (0, 1, 4, 100, 1000)] == [
        [-0.861, 0.007, 4, 4],
        [-0.861, 0.007, 4, 4],
        [-0.432, 0.106, 4, 4],
        [0.979, 0.987, 4, 4],
        [0.985, 0.993, 4, 4],
    ]
    assert [at(there(2, 3), there(1, 4)), at()] == [[0.788, 0.157, 3, 7], [0.0, 0.0, 0, 0]]


def test_who_was_there_when_nobody_knows_when_answers_came() -> None:
    assert [at(there(0, 0, n)) for n in (1, 4, 5, 9)] == [
        [0.0, 0.047, 0, 0],
        [0.0, 0.441, 0, 0],
        [0.0, 0.552, 0, 0],
        [0.0, 0.8, 0, 0],
    ]
    assert [at(there(4, 0, n)) for n in (1, 4)] == [[-0.452, 0.85, 4, 0], [-0.722, 0.864, 4, 0]]
    assert at(there(0, 0, 0, 3)) == [0.0, 0.0, 0, 0]
    assert at(there(0, 0, 5), there(0, 0, 0, 1)) == [0.0, 0.64, 0, 0]


def test_later_says_nothing_where_hardly_anybody_answers_on_the_spot() -> None:
    assert [at(there(1, 8), usual=(n, 100)) for n in (0, 1, 2, 3, 6, 7, 30, 90, 99, 100)] == [
        [0.0, 0.029, 1, 8],
        [0.0, 0.029, 1, 8],
        [0.0, 0.029, 1, 8],
        [1.047, 0.029, 1, 8],
        [0.8, 0.022, 1, 8],
        [0.747, 0.021, 1, 8],
        [0.843, 0.023, 1, 8],
        [2.5, 0.596, 1, 8],
        [2.5, 0.832, 1, 8],
        [2.5, 0.853, 1, 8],
    ]
    assert [at(there(1, 8), usual=u) for u in ((0, 0), (0, 10), (5, 200), (995, 1000))] == [
        [0.588, 0.018, 1, 8],
        [0.0, 0.02, 1, 8],
        [0.0, 0.029, 1, 8],
        [2.5, 0.983, 1, 8],
    ]
    assert [at(there(8, 1), usual=u) for u in ((0, 0), (0, 1000), (995, 1000), (1000, 1000))] == [
        [-0.51, 0.999, 8, 1],
        [-0.508, 1.0, 8, 1],
        [-0.695, 0.83, 8, 1],
        [-0.695, 0.83, 8, 1],
    ]


def usual(
    *others: tuple[int, int], mine: tuple[int, int] = (0, 50), store: tuple[int, int] = (0, 0),
    company_rate: float = 0.05,
) -> float:  # fmt: skip
    """How often another number is usual in a store whose others did it so often."""
    stats = company(1)
    stats.usual_changed = company_rate
    stats.members["S"] = {"A0", *(f"B{n}" for n in range(len(others)))}
    stats.profiles["A0"].changed = rate(*mine)
    for n, one in enumerate(others):
        stats.profiles[f"B{n}"].changed = rate(*one)
    stats.stores["S"].changed = rate(*store)
    return round(usual_here(stats, "S", "A0"), 4)


def test_a_stores_usual_rate() -> None:
    assert [usual(store=(h, 200)) for h in (0, 5, 10, 15, 40)] == [
        0.0143,
        0.0381,
        0.0619,
        0.075,
        0.075,
    ]
    assert [usual(store=(0, t), company_rate=0.004) for t in (0, 50, 2000)] == [0.004, 0.004, 0.003]
    assert [usual(store=(0, t), company_rate=0.001) for t in (0, 50, 2000)] == [
        0.0015,
        0.0015,
        0.0015,
    ]
    assert usual(store=(40, 100), mine=(40, 50)) == 0.0273


def test_a_stores_usual_rate_by_what_its_others_do() -> None:
    many = [[(8, 40)] * n for n in (4, 5, 6, 9, 10)]
    assert [usual(*others) for others in many] == [0.05, 0.1772, 0.1887, 0.2026, 0.2026]
    assert [usual(*[(h, 40)] * 6) for h in (0, 1, 3, 12, 20, 30)] == [
        0.05,
        0.05,
        0.0877,
        0.2658,
        0.4,
        0.4,
    ]
    assert [usual(*[(h, 400)] * 6) for h in (0, 100, 300)] == [0.05, 0.2562, 0.4]
    assert usual(*[(8, 40)] * 4, (0, 0), (0, 0)) == 0.05
    assert usual((0, 40), (1, 40), (2, 40), (30, 40), (31, 40), (0, 10)) == 0.05
    assert usual((0, 40), (1, 40), (2, 40), (30, 40), (31, 40), (6, 10), (3, 3)) == 0.1024
    assert usual((1, 2), (2, 40), (3, 40), (4, 40), (1, 40), (20, 40), (1, 3)) == 0.0835
    assert usual(*[(8, 40)] * 4, mine=(8, 40)) == 0.05
    assert usual((1, 40), (1, 40), (2, 40), (2, 40), mine=(40, 40)) == 0.05
    assert usual((1, 40), (1, 40), (2, 40), (2, 40), (9, 40), mine=(40, 40)) == 0.0511


def test_what_cannot_be_told_apart_is_left_out_by_its_numbers() -> None:
    rows = ((2, 10), (1, 4), (4, 20), (6, 32), (3, 14), (0, 1), (9, 40))
    assert usual(*rows) == usual(*reversed(rows)) == 0.1679
