"""A shared device's gates at the very value where they open, which no company's figures are.

What the check asks of others is put in its place (`patch`), so that the sums come out even.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.origin import (
    device_shared,
)
from collector.integrity.engine.presence import Presence
from collector.integrity.engine.score_pattern import ScorePattern
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import TODAY, asked, company, origin, usage, weighs
from tests.integrity.engine.gates.test_device import seen

ODD = ScorePattern(1.0, -2.0, 8, 0, 0)


NEITHER = Presence(0.0, 0.5, 4, 4)


def device(customers: int = 12, subjects: int = 1, **given: Any) -> Any:
    stats = company()
    stats.devices.rows["phone"] = origin(*(
        usage(n, f"A{n % subjects}", day=TODAY + n, contact="number" if n % 2 else "own",
              device="phone", store=given.get("stores", "SS")[n % 2])
        for n in range(customers)
    ))  # fmt: skip
    return stats


def weighed(sure: float, scores: ScorePattern = ODD, present: Presence = NEITHER) -> Any:
    """A device of which so much is known, in one network."""
    whose = device_shared.Whose(sure, scores, present)
    with patch.object(device_shared, "_whose", lambda *_: whose):
        return weighs(device_shared.check, asked(device="phone"), device())


def test_how_sure_it_must_be_whose_a_device_is() -> None:
    assert [weighed(v) for v in (0.1, 0.19, 0.2, 0.21, 0.4)] == [None, None, None, 0.294, 0.56]


def test_scores_and_presence_of_a_device_at_their_edges() -> None:
    patterns = [ScorePattern(v, -0.5, 8, 0, 0) for v in (-2.9, -1.6, -0.7, 0.0, 0.1, 3.0, 4.0)]
    assert [weighed(2.5, one) for one in patterns] == [1.0, 1.0, 1.8, 2.5, 2.6, 5.5, 5.5]
    assert weighed(2.5, ScorePattern(-1.5, -1.2, 8, 0, 0)) is None
    times = [Presence(v, 0.5, 1, 9) for v in (-2.5, -1.0, -0.99, 0.0, 1.0)]
    assert [weighed(2.5, ScorePattern(-2.0, 0.0, 8, 0, 0), one) for one in times] == [
        None,
        None,
        0.01,
        1.0,
        1.625,
    ]
    late = [Presence(2.0, 0.5, 0, n) for n in (6, 12, 18, 24)]
    assert [weighed(2.5, ScorePattern(-0.7, 0.0, 8, 0, 0), one) for one in late] == [
        2.8,
        3.3,
        3.8,
        3.8,
    ]


def roaming(pattern: float, present: float, networks: int = 3) -> Any:
    stats, case = device(), asked(device="phone")
    stats.recent["phone"] = [seen(case, n, net=f"net {n}") for n in range(networks)]
    whose = device_shared.Whose(
        2.5, ScorePattern(pattern, -2.0, 8, 0, 0), Presence(present, 0.5, 4, 4)
    )
    with patch.object(device_shared, "_whose", lambda *_: whose):
        return weighs(device_shared.check, case, stats)


def test_a_device_that_roams() -> None:
    assert [roaming(v, 0.0) for v in (-0.1, 0.0, 0.1)] == [2.4, 2.5, 4.1]
    assert [roaming(1.0, v) for v in (-0.1, 0.0)] == [4.45, 5.0]


def test_a_counter_is_no_shared_device_whoever_else_uses_it() -> None:
    stats, case = device(), asked(device="phone")
    whose = device_shared.Whose(2.5, ODD, NEITHER)
    counter = ScorePattern(-1.5, -2.0, 4, 2, 2)
    with (
        patch.object(device_shared, "_whose", lambda *_: whose),
        patch.object(Assessment, "scores_from", lambda *_: counter),
    ):
        assert weighs(device_shared.check, case, stats) is None


def subjects_of(
    mine: float, few: float, *, subjects: int = 3, together: float = 1.0, later: float = 0.0,
    stores: str = "SS", contact: str = "x", **given: Any,
) -> str:  # fmt: skip
    """Who has the device to themselves, and how surely."""
    stats = device(12, subjects, stores=stores)
    one = Assessment(asked(device="phone", contact=contact, **given), stats, START)
    one.__dict__["device_scores"], one.__dict__["device_presence"] = ODD, NEITHER
    shared = one.shared_device
    assert shared is not None
    with (
        patch.object(device_shared, "few_subjects", lambda *_: few),
        patch.object(device_shared, "presence", lambda *_: Presence(later, 0.5, 0, 9)),
        patch.object(device_shared, "score_pattern",
                     lambda *_: ScorePattern(together, -2.0, 12, 0, 0)),
    ):  # fmt: skip
        found = device_shared._whose(one, shared, mine)
    return f"{found.sure} of {found.subjects}"


def test_whose_a_device_is() -> None:
    assert [subjects_of(v, 9.0) for v in (2.4, 2.5, 2.6)] == ["8.0 of 3", "2.5 of 1", "2.6 of 1"]
    assert [subjects_of(1.0, v) for v in (1.9, 2.0, 2.1)] == ["1.0 of 1", "1.0 of 1", "1.1 of 3"]
    assert [subjects_of(0.5, 0.9), subjects_of(0.5, 1.4), subjects_of(0.0, 0.9)] == [
        "0.5 of 1",
        "0.5 of 1",
        "0.0 of 1",
    ]
    assert [subjects_of(0.1, 9.0, subjects=n) for n in (1, 2, 12)] == [
        "0.1 of 1",
        "8.0 of 2",
        "8.0 of 12",
    ]
    assert [subjects_of(0.1, 0.0, later=2.0, together=v) for v in (-0.1, 0.0, 0.1)] == [
        "0.1 of 1",
        "0.1 of 1",
        "2.0 of 3",
    ]
    assert [subjects_of(0.1, 0.0, later=2.0, stores=s) for s in ("SS", "SQ")] == [
        "2.0 of 3",
        "0.1 of 1",
    ]
    assert [subjects_of(0.1, 0.0, subjects=n, later=2.0) for n in (1, 2)] == [
        "0.1 of 1",
        "2.0 of 2",
    ]
    own = {"on_file": "number"}
    assert [subjects_of(0.1, 3.0, later=2.5, contact=c, **own) for c in ("number", "x")] == [
        "0.0 of 1",
        "2.5 of 3",
    ]
    assert [subjects_of(0.1, 3.0, contact="number", on_file=f) for f in ("number", "own")] == [
        "0.0 of 1",
        "0.1 of 1",
    ]
