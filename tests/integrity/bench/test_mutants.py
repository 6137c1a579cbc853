"""Mutants: found in a module's text, put in its place, told apart by what runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.integrity.mutants.__main__ import ROOT, modules
from benchmarks.integrity.mutants.accepted import ACCEPTED
from benchmarks.integrity.mutants.gates import Mutant, changed, mutants
from benchmarks.integrity.mutants.hunt import Hunt
from benchmarks.integrity.mutants.swap import put
from benchmarks.integrity.mutants.watched import Watch, watched

NAME = "collector.a_check_of_the_test"
SOURCE = """
CAP = 4.0


def check(count, known):
    if count >= 3 and known:
        figures = {"many": count > 100}
        return min(count / 2, CAP)
    return 0.0
"""


@pytest.fixture
def module() -> Iterator[Any]:
    made = ModuleType(NAME)
    made.__file__ = "a_check_of_the_test.py"
    exec(compile(SOURCE, made.__file__, "exec"), made.__dict__)
    sys.modules[NAME] = made
    yield made
    del sys.modules[NAME]


def one(change: str) -> Mutant:
    return next(m for m in mutants(NAME, SOURCE) if f"{m.gate}: {m.change}" == change)


def test_every_gate_has_its_mutants_and_words_have_none() -> None:
    assert {(m.gate, m.change) for m in mutants(NAME, SOURCE)} == {
        ("CAP = … 4.0", "doubled"), ("CAP = … 4.0", "halved"),
        ("count >= 3 and known", "always true"), ("count >= 3 and known", "always false"),
        ("count >= 3 and known", "or for and"), ("count >= 3 and known", "without known"),
        ("count >= 3 and known", "without count >= 3"), ("count >= 3", "turned"),
        ("count >= 3", "moved by a step"), ("count >= 3", "3 doubled"),
        ("count >= 3", "3 halved"), ("min(count / 2, CAP)", "2 doubled"),
        ("min(count / 2, CAP)", "2 halved"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("CAP = … 4.0: doubled", 5.0),
        ("count >= 3 and known: always false", 0.0),
        ("count >= 3: turned", 0.0),
        ("min(count / 2, CAP): 2 halved", 4.0),
    ],
)
def test_a_mutant_takes_the_place_of_the_module_for_whoever_imported_it(
    module: Any, change: str, said: float
) -> None:
    check: Callable[..., float] = module.check
    assert check(10, True) == 4.0
    put(NAME, changed(SOURCE, one(change)))
    assert check(10, True) == said


def test_what_runs_is_watched_and_comes_out_as_before(module: Any) -> None:
    watch, every = Watch(), mutants(NAME, SOURCE)
    tree, uses = watched(NAME, SOURCE, list(enumerate(every)))
    put(NAME, tree, watch.names())
    assert module.check(3, True) == 1.5
    seen = {f"{every[number].gate}: {every[number].change}" for number in watch.seen}
    assert {"count >= 3: moved by a step", "count >= 3: 3 doubled"} <= seen
    assert not {"count >= 3: 3 halved", "count >= 3 and known: without known"} & seen
    assert [uses[name] >= {"CAP"} for name in watch.functions] == [True]


MADE = """
from dataclasses import dataclass

@dataclass(frozen=True)
class Verdict:
    weight: float

NOTHING = Verdict(1.0)
"""


def test_what_a_module_made_of_its_own_class_stays_of_that_class(module: Any) -> None:
    exec(compile(MADE, module.__file__, "exec"), module.__dict__)
    mutant = next(m for m in mutants(NAME, MADE) if m.change == "doubled")
    put(NAME, changed(MADE, mutant))
    assert module.Verdict(2.0) == module.NOTHING


class Item:
    """A collected test."""

    def __init__(self, path: Path) -> None:
        self.path = path


def test_a_test_that_was_rewritten_is_watched_again(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("test_a.py", "test_b.py")]
    for path in paths:
        path.write_text("one")
    hunt = Hunt({}, [], [], tmp_path / "could.json", lambda *_: None)
    hunt.items = {path.name: Item(path) for path in paths}  # type: ignore[misc]  # it has a path
    seconds = dict.fromkeys(hunt.items, 0.1)
    hunt.kept.write_text(json.dumps([{name: [1] for name in seconds}, seconds, hunt.texts()]))
    paths[1].write_text("two")
    assert list(hunt.known().seconds) == ["test_a.py"]


def test_what_is_accepted_is_a_mutant_of_the_engine() -> None:
    known = modules()
    every = set()
    for path in known.values():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        every |= {mutant.name for mutant in mutants(name, path.read_text("utf-8"))}
    assert not set(ACCEPTED) - every
