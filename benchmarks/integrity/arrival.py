"""What an answer costs, on arrival and in the nights after, as stored answers grow. Prints a table.

One simulated quarter is fed again and again at its own pace, each time as other customers of the
same agents. Columns are means since the row before: processor time on arrival; the same against a
fixed piece of work timed in between, because a busy machine is slower; the nights with the sums of
subjects; how much of all that the garbage collector took. Then the memory, and what concluding
about all subjects takes.
Run: `python -m benchmarks.integrity.arrival [--most 300000]`.
"""

from __future__ import annotations

import argparse
import copy
import gc
import itertools
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.integrity.simulator.simulate import simulate
from collector.integrity.audit import reading, understanding
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.scratch import Scratch
from collector.integrity.engine.engine import Engine
from collector.integrity.engine.records import Case
from collector.integrity.engine.subjects import company
from collector.integrity.engine.subjects.sums import Ledger, around

DAY = 86400.0
QUARTER = 100 * DAY
STEPS = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
HEAD = (
    "stored answers | µs on arrival | relative | µs in the nights | collector, % | MB | "
    "conclusions, ms"
)


class Meter:
    """Processor seconds of each part since the last row."""

    def __init__(self) -> None:
        self.answers = 0
        self.arrival = self.nights = self.collecting = self.reference = 0.0
        self.rounds = 0

    def work(self) -> None:
        """A fixed piece of work like the engine's: dictionaries, tuples, floats."""
        began = time.process_time()
        for _ in range(20):
            rows: dict[tuple[int, str], list[float]] = {}
            for number in range(100):
                row = rows.setdefault((number % 37, "x"), [0.0, 0.0])
                row[0] += number * 0.5
            assert len(rows) == 37
        self.reference += time.process_time() - began
        self.rounds += 20

    def collected(self, phase: str, _: object) -> None:
        self.collecting += time.process_time() * (1 if phase == "stop" else -1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=300_000)
    most = parser.parse_args().most
    cases = quarter()
    engine, stored, turn, meter = Engine(), 0, 0, Meter()
    ledgers = [Ledger(kind) for kind in company.KINDS]
    print(HEAD)
    print("|".join(["---"] * 7), flush=True)
    goals = [step for step in STEPS if step <= most]
    gc.callbacks.append(meter.collected)
    while goals:
        batch = [later(case, turn) for case in cases]
        turn += 1
        feed(engine, ledgers, batch, meter)
        stored += len(batch)
        if stored >= goals[0]:
            print(f"{stored:,} | {row(meter)} | {conclusions(ledgers)}", flush=True)
            goals.pop(0)
            gc.callbacks.remove(meter.collected)
            meter = Meter()
            gc.callbacks.append(meter.collected)


def feed(engine: Engine, ledgers: list[Ledger], batch: list[Case], meter: Meter) -> None:
    """A quarter's answers, day by day, and the nights between."""
    clock = time.process_time
    for _, group in itertools.groupby(batch, key=lambda case: case.answered // DAY):
        day = list(group)
        meter.work()
        began = clock()
        for judged in engine.advance_to(day[0].answered):
            if judged.final:
                for ledger in ledgers:
                    ledger.add_judged(judged, around(judged.case, engine.stats))
        middle = clock()
        for case in day:
            engine.answer(case)
        meter.arrival += clock() - middle
        meter.nights += middle - began
    meter.answers += len(batch)


def row(meter: Meter) -> str:
    arrival, nights = (1e6 * part / meter.answers for part in (meter.arrival, meter.nights))
    relative = arrival / (1e6 * meter.reference / meter.rounds)
    share = 100 * meter.collecting / (meter.arrival + meter.nights)
    return f"{arrival:.1f} | {relative:.2f} | {nights:.1f} | {share:.1f} | {resident():,.0f}"


def resident() -> float:
    """MB in memory now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def conclusions(ledgers: list[Ledger]) -> str:
    """Milliseconds that concluding about all subjects takes, from a copy of the sums."""
    own = copy.deepcopy(ledgers)
    began = time.process_time()
    company.conclude(own)
    return f"{1e3 * (time.process_time() - began):,.0f}"


def quarter() -> list[Case]:
    """The answers of one simulated company, by time."""
    with tempfile.TemporaryDirectory() as place:
        simulate(1, Path(place))
        scratch = Scratch(Path(place))
        paths = reading.locate(Path(place))
        files = understanding.all_files(paths, Columns())
        scratch.load(files, reading.Notes(), lambda name, done: None)
        cases = list(scratch.cases())
        scratch.db.close()
    return cases


def later(case: Case, turn: int) -> Case:
    """The same answer by somebody else, `turn` quarters later."""

    def other(value: str | None) -> str | None:
        return value and f"{value}-{turn}"

    def after(value: float | None) -> float | None:
        return None if value is None else value + turn * QUARTER

    return replace(
        case, id=f"{case.id}-{turn}", invitation=f"{case.invitation}-{turn}",
        answered=case.answered + turn * QUARTER, opened=after(case.opened), sent=after(case.sent),
        occurred=after(case.occurred), customer=other(case.customer), contact=other(case.contact),
        on_file=other(case.on_file), device=other(case.device), ip=other(case.ip),
        net=other(case.net), supersedes=other(case.supersedes),
    )  # fmt: skip


if __name__ == "__main__":
    main()
