"""Gates of answers that came one after the other from one place, as they are remembered."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.seen.sittings import Sittings
from tests.integrity.engine.gates.asking import TODAY, usage


def sat(
    times: list[float], *, same: str | None = None, contact: str | None = None,
    soon: list[bool | None] | None = None,
) -> Any:  # fmt: skip
    """What is remembered of answers at these moments on one device."""
    rows = Sittings()
    for n, at in enumerate(times):
        one = usage(same or f"C{n}", f"A{n % 2}", contact=contact)
        rows.add("phone", at, one, False if soon is None else soon[n])
    return rows


def test_a_row_without_a_pause_is_a_sitting() -> None:
    found = [
        len(sat([0.0, step, 2 * step]).rows.get("phone", ()))
        for step in (0, 300, 599, 600, 601, 1199)
    ]
    assert found == [1, 1, 1, 1, 0, 0]
    assert [len(sat([60.0 * k for k in range(n)]).rows.get("phone", ())) for n in range(5)] == [
        0,
        0,
        0,
        1,
        1,
    ]
    assert sat([0.0, 1.0, 2.0], same="C").rows == {}
    times = [0.0, 1.0, 2.0, 9000.0, 9001.0, 9002.0, 99_000.0]
    assert len(sat(times).rows["phone"]) == 2
    one = sat([5.0, 3.0, 9.0, 7.0]).rows["phone"][0]
    assert (one.first, one.last) == (5.0, 9.0)


def test_who_sat_there() -> None:
    one = sat([0.0, 1.0, 2.0, 3.0], soon=[True, False, None, False]).rows["phone"][0]
    assert (one.people, one.late, one.timed, len(one.by_subject)) == (4, 2, 3, 2)
    numbers = Sittings()
    for n in range(5):
        number = None if n == 4 else f"number {n // 2}"
        numbers.add("phone", n, usage(f"C{n}", contact=number), None)
    assert numbers.rows["phone"][0].people == 2
    found = [sat([float(k) for k in range(n)]).rows["phone"][0] for n in (63, 64, 65, 130)]
    assert [row.people for row in found] == [63, 64, 64, 64]
    assert found[-1].last == 129.0
    again = Sittings()
    for n, customer in enumerate("CCDDE"):
        again.add("phone", n, usage(customer), False)
    once = again.rows["phone"][0]
    assert (once.by_subject["A0"].total, once.late) == (3, 3)
    assert len(again.rows["phone"]) == 1
    again.add("phone", 6, usage("C"), False)
    assert len(again.rows["phone"]) == 1


def test_the_sitting_in_which_an_answer_came() -> None:
    rows = sat([0.0, 1.0, 2.0, 9000.0, 9001.0, 9002.0])
    assert [
        (found.first if (found := rows.of("phone", at, customer)) else None)
        for at, customer in ((0.0, "C0"), (2.0, "C2"), (-1.0, "C0"), (3.0, "C0"), (9001.0, "C0"),
                             (9001.0, "C4"), (9000.0, "C3"), (9002.0, "C5"))
    ] == [0.0, 0.0, None, None, None, 9000.0, 9000.0, 9000.0]  # fmt: skip
    assert rows.of("another", 0.0, "C0") is None
    assert rows.of(None, 0.0, "C0") is None
    rows.rows[""] = rows.rows["phone"]
    assert rows.of(None, 0.0, "C0") is not None


def test_of_very_many_sittings_the_newest_are_remembered() -> None:
    times = [10_000.0 * k + j for k in range(70) for j in range(3)]
    rows = sat(times).rows["phone"]
    assert (len(rows), rows[0].first) == (64, 60000.0)


def test_sittings_are_forgotten() -> None:
    rows = sat([0.0, 1.0, 2.0])
    rows.end_day(602.0)
    assert len(rows.now) == 1
    rows.end_day(603.0)
    assert not rows.now
    rows.sweep(TODAY)
    assert len(rows.rows) == 1
    rows.sweep(TODAY + 1)
    assert rows.rows == {}
