"""What each check does by itself: whom it convicts, whom it spares, of whom it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from benchmarks.integrity import by_check
from collector.integrity.engine.finding import CONTACT, ORIGIN, Finding
from tests.integrity.bench.companies import company

DEVICE, NUMBER = Finding("DEVICE_SHARED", ORIGIN, 6.0), Finding("CONTACT_CHANGED", CONTACT, 0.2)
KNOWN = Finding("KNOWN_CUSTOMER", ORIGIN, -2.5)


@pytest.fixture
def did(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    @contextmanager
    def watching(_: object, kept: dict[str, Any]) -> Iterator[None]:
        kept["R1"] = (DEVICE, NUMBER), 0.0  # an honest tablet
        kept["R4"] = (DEVICE, KNOWN), 0.0  # made up
        yield

    monkeypatch.setattr(by_check, "watching", watching)
    monkeypatch.setattr(by_check.said, "ours", lambda folder: None)
    return dict(by_check.count(company()))


def test_a_check_convicts_whom_nothing_else_brought_over_the_bar(did: dict[Any, Any]) -> None:
    assert did["DEVICE_SHARED", "hand", "innocent", "tablet"]["convicted"] == 1
    assert did["CONTACT_CHANGED", "hand", "innocent", "tablet"]["convicted"] == 0


def test_a_check_spares_whom_nothing_else_kept_under_it(did: dict[Any, Any]) -> None:
    assert did["KNOWN_CUSTOMER", "hand", "gamed", "p"]["spared"] == 1
    assert did["DEVICE_SHARED", "hand", "gamed", "p"]["spared"] == 0


def test_a_check_speaks_where_its_finding_counts(did: dict[Any, Any]) -> None:
    assert did["DEVICE_SHARED", "hand", "innocent", "tablet"]["speaks"] == 1
    assert did["CONTACT_CHANGED", "hand", "innocent", "tablet"]["speaks"] == 0


def test_duplicates_are_nobodys(did: dict[Any, Any]) -> None:
    counted = sum(row["of"] for key, row in did.items() if key[0] == "DUPLICATE")
    honest_of_honest, gamed = 5, 5
    assert counted == honest_of_honest + gamed


def test_the_lines_name_world_group_and_count(did: dict[Any, Any]) -> None:
    said = "\n".join(by_check.lines(did))
    assert "innocent, convicted by it alone: hand tablet 1 of 1" in said
