"""What an answer costs on arrival, as the number of stored answers grows. Prints a table.

One simulated quarter is fed again and again, each time as other people at a later time.
Run: `python -m benchmarks.integrity.arrival [--most 300000]`.
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.integrity.simulator.simulate import simulate
from collector.integrity.audit import reading
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.scratch import Scratch
from collector.integrity.forensics.engine import Engine
from collector.integrity.forensics.records import Case

QUARTER = 100 * 86400.0
STEPS = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=300_000)
    most = parser.parse_args().most
    cases = company()
    engine, stored, turn = Engine(), 0, 0
    print("stored answers | µs on arrival (own processor time) | MB")
    print("---|---|---")
    goals = [step for step in STEPS if step <= most]
    while goals:
        batch = [later(case, turn) for case in cases]
        turn += 1
        gc.collect()
        spent = 0.0
        for case in batch:
            for _ in engine.pass_time(case.answered):
                pass
            began = time.process_time()
            engine.answer(case)
            spent += time.process_time() - began
        stored += len(batch)
        if stored >= goals[0]:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{stored:,} | {1e6 * spent / len(batch):.0f} | {memory:,.0f}", flush=True)
            goals.pop(0)


def company() -> list[Case]:
    """The answers of one simulated company, by time."""
    with tempfile.TemporaryDirectory() as place:
        simulate(1, Path(place))
        scratch = Scratch(Path(place))
        paths = reading.locate(Path(place))
        scratch.load(paths, Columns(), reading.Notes(), lambda name, done: None)
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
