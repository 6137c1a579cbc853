"""Gates of who was there when answers came, and of what is usual in a store."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.presence import presence
from collector.integrity.engine.usage_index import SubjectCounts
from collector.integrity.engine.usual_rates import usual_here
from tests.integrity.engine.gates.asking import company, counts, rate
from tests.integrity.engine.gates.test_chance import three


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
