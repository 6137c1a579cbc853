"""Gates of chance: too many alike, too many of one subject, too few subjects."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.concentration import cluster, concentration, excess, few_subjects
from collector.integrity.engine.usage_index import Cluster
from tests.integrity.engine.gates.asking import asked, company, counts, origin, usage


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
