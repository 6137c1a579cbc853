"""What makes a large export cheap changes no verdict: cases on disk, names that come once are not
remembered, verdicts that nobody reads are not worked out, files read in other processes.
"""

from __future__ import annotations

import tracemalloc
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.integrity.simulator.simulate import simulate
from collector.integrity.audit import loading, run, writing
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.judging.spool import Line, Spool
from collector.integrity.audit.run import Outcome
from collector.integrity.engine.engine import AGES, Engine
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.repeats import Repeats
from tests.integrity.audit.test_audit import response
from tests.integrity.audit.test_audit import write as export
from tests.integrity.engine.conftest import answer

WORDS = (
    None, "", "ok", "Great service, thank you very much", "He asked me for a 10, or five stars",
    "Great service, thank you so much indeed", "很满意，下次还来，谢谢师傅", "too slow this time",
)  # fmt: skip


def cases(count: int, seed: int = 1) -> list[Case]:
    """Answers of which some share phones, addresses, numbers, invitations, words; and some none."""
    random = Random(seed)
    made = []
    for number in range(count):
        case = answer(number, comment=random.choice(WORDS), channel=random.choice(
            ("sms", "email", "in_app")), signals=(Signal("complaint", None, 1.7e9, ("rating",)),) if
            number % 9 == 0 else ())  # fmt: skip
        for field in ("device", "ip", "net", "contact", "invitation", "customer"):
            if random.random() < 0.4:
                case = replace(case, **{field: f"{field} {random.randrange(1 + count // 8)}"})
        made.append(case)
    return sorted(made, key=lambda case: (case.answered, case.id))


def final(engine: Engine, arriving: Iterator[Case]) -> dict[str, Any]:
    said = {}
    for case in arriving:
        said |= {one.case.id: one.verdict for one in engine.advance_to(case.answered) if one.final}
        engine.take_in(case)
    return said | {one.case.id: one.verdict for one in engine.finish() if one.final}


def test_the_last_verdicts_are_those_of_an_engine_that_remembers_and_judges_everything(
    tmp_path: Path,
) -> None:
    given = cases(1500)
    spool, repeats = Spool(tmp_path / "cases"), Repeats(len(given))
    for case in given:
        repeats.note(spool.add(case))
    spool.whole()
    full = Engine()
    expected = {}
    for case in given:
        for one in full.advance_to(case.answered):
            expected[one.case.id] = one.verdict
        full.answer(case)
    expected |= {one.case.id: one.verdict for one in full.finish() if one.final}
    lean = Engine((AGES[0], AGES[-1]), repeats, partial(Line, spool))
    assert final(lean, spool.read()) == expected
    assert len({verdict.verdict for verdict in expected.values()}) > 1
    assert len(lean.stats.devices.rows) < len({case.device for case in given})


def test_a_case_comes_back_from_disk_as_it_was_but_for_its_words(tmp_path: Path) -> None:
    given = cases(600)
    spool = Spool(tmp_path / "cases")
    written = [spool.add(case) for case in given]
    spool.whole()
    read = list(spool.read())
    assert read == written
    asked = (
        "wrote", "sketch", "wrote_long", "admits_begging", "position", "best", "good", "poor",
        "respondent", "soon", "signals",
    )  # fmt: skip
    for case, was in zip(read, given, strict=True):
        for name in asked:
            assert getattr(case, name) == getattr(was, name), name
        assert case.comment is None or len(case.comment) < 6


def test_no_name_that_comes_twice_is_called_single() -> None:
    given = cases(2000, seed=2)
    repeats = Repeats(10)  # far too few cells: more names fall together, none is lost
    for case in given:
        repeats.note(case)
    seen: set[str] = set()
    for case in given:
        for name in {case.device, case.ip, case.net, case.contact, case.invitation}:
            assert name not in seen or repeats.again(name or "")
            seen.add(name or "")


def test_memory_grows_with_what_is_shared_and_not_with_the_answers(tmp_path: Path) -> None:
    """Every answer of its own customer: nothing is shared, so hardly anything is kept."""

    def most(count: int) -> int:
        spool, repeats = Spool(tmp_path / str(count)), Repeats(1000)
        spool_cases = (answer(n, answered=1_735_689_600.0 + n * 120) for n in range(count))
        for case in spool_cases:
            repeats.note(spool.add(case))
        repeats.cells = bytearray(len(repeats.cells))  # whatever the names' hashes: all are single
        spool.whole()
        engine = Engine((AGES[0], AGES[-1]), repeats, partial(Line, spool))
        tracemalloc.start()
        for case in spool.read():
            deque(engine.advance_to(case.answered), maxlen=0)
            engine.take_in(case)
        deque(engine.finish(), maxlen=0)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    # What is remembered of one day's sittings is the same in both.
    small, large = most(2000), most(4000)
    assert (large - small) / 2000 < 600  # bytes; with everything remembered it is 1,800


@pytest.mark.parametrize("processes", [1, 2])
def test_files_read_in_other_processes_give_the_same_bytes_and_an_honest_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    simulate(6, tmp_path / "in", agents_at_most=20)
    with (tmp_path / "in" / "signals.ndjson").open("a") as signals:
        signals.write("torn\n{}\n")
    written = {}
    for name, least in (("as usual", 10**12), ("apart", 0)):
        monkeypatch.setattr(loading, "APART_FROM", least)
        seen: dict[str, list[tuple[int, int]]] = {}

        def progress(
            stage: str, done: int, total: int, seen: dict[str, list[tuple[int, int]]] = seen
        ) -> None:
            seen.setdefault(stage, []).append((done, total))

        def write(outcome: Outcome, rows: Iterator[dict[str, Any]], out: str = name) -> None:
            writing.write(outcome, rows, tmp_path / out)

        run.audit(tmp_path / "in", Columns(), write, progress, processes=processes)
        written[name] = [(tmp_path / name / file).read_bytes() for file in writing.NAMES]
        for stage, steps in seen.items():
            assert steps == sorted(steps), stage
            assert steps[-1][0] == steps[-1][1], stage
        reading = {stage for stage in seen if stage.startswith("reading")}
        assert len(reading) == 5
    assert written["as usual"] == written["apart"]


def test_the_bar_of_judging_counts_the_last_verdicts_too(tmp_path: Path) -> None:
    export(tmp_path / "responses.ndjson", [response(n) for n in range(50)])
    steps: list[tuple[str, int, int]] = []
    outcomes: list[Outcome] = []

    def write(outcome: Outcome, rows: Iterator[dict[str, Any]]) -> None:
        deque(rows, maxlen=0)
        outcomes.append(outcome)

    run.audit(tmp_path, Columns(), write, lambda *step: steps.append(step))
    assert ("judging", 100, 100) in steps
    assert outcomes[0].answers == 50
