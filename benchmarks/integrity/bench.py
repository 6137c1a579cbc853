"""`make bench-integrity`: how well gamed answers are told from honest ones, world by world.

Prints every world, the mean and the WORST beside it; asserts nothing. See the README.md beside
this for how to run another detector on it, `measure.py` for what the figures mean.
Run: `python -m benchmarks.integrity.bench [--worlds dealers,foreign] [--seeds 1-3]
[--leave-one-out] [--detector 'mine {folder} {out}'] [--json FILE]`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.integrity import companies, fitting, table
from benchmarks.integrity.measure import Figures
from benchmarks.integrity.pooled import values
from benchmarks.integrity.running import Done, Task, run
from benchmarks.integrity.said import OURS, Unusable

ByMethod = dict[str, dict[str, list[Figures]]]


def main() -> None:
    given = _arguments()
    worlds = given.worlds.split(",") if given.worlds else companies.names()
    if unknown := set(worlds) - set(companies.names()):
        sys.exit(f"no such world: {', '.join(sorted(unknown))}; there are "
                 f"{', '.join(companies.names())}")  # fmt: skip
    if given.leave_one_out and (given.detector or len(worlds) < 2):
        sys.exit("--leave-one-out sets our own engine's constants on at least one other world: "
                 "give two --worlds or more, and no --detector")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="bench-integrity-") as kept:
        tasks = [
            Task(world, seed, Path(kept) / f"{world}-{seed}", given.detector, given.leave_one_out)
            for world in worlds
            for seed in given.seeds
        ]
        try:
            done = run(tasks, given.jobs)
        except Unusable as error:
            sys.exit(str(error))
        method = given.detector or OURS
        found = by_method(done)
        print(table.worlds(found[method], f"{method}, seeds {_short(given.seeds)}"))
        print("\n" + table.methods(found) + "\n\n" + table.details(found[method]))
        if given.leave_one_out:
            found["left out"] = leave_one_out(worlds, done, given.jobs)
    if given.json:
        given.json.write_text(json.dumps(as_json(found, done), indent=1) + "\n", "utf-8")


def leave_one_out(
    worlds: Sequence[str], done: Sequence[Done], jobs: int
) -> dict[str, list[Figures]]:
    """Set the combiner's constants on all worlds but one, report on that one, in turn."""
    tasks: list[Task] = []
    lines = []
    for number, world in enumerate(worlds):
        others = [d.watched for d in done if d.watched is not None and d.task.world != world]
        chosen, before, after = fitting.fit(others)
        moved = ", ".join(f"{n} {fitting.current()[n]:.2f} → {v:.2f}" for n, v in chosen.items())
        lines.append(f"{world} | {moved or 'nothing'} | {before:.3f} → {after:.3f}")
        print(
            f"set without {number + 1} of {len(worlds)}: {lines[-1]}", file=sys.stderr, flush=True
        )
        tasks += [
            Task(world, d.task.seed, d.task.place, given=chosen or fitting.current())
            for d in done if d.task.world == world
        ]  # fmt: skip
    found = by_method(run(tasks, jobs))[OURS]
    print("\n" + table.worlds(found, "Left out in turn: set on the other worlds"))
    print("\nleft out | what the others moved | worth to them\n---|---|---\n" + "\n".join(lines))
    return found


def by_method(done: Iterable[Done]) -> ByMethod:
    """Figures by method and world."""
    found: ByMethod = {}
    for one in done:
        for method, figures in one.figures.items():
            found.setdefault(method, {}).setdefault(one.task.world, []).append(figures)
    return found


def as_json(found: ByMethod, done: Sequence[Done]) -> dict[str, object]:
    """Everything that was measured: by method, the measures by world, and every count behind."""
    return {
        "companies": [
            {"world": d.task.world, "seed": d.task.seed, "answers": d.answers,
             "seconds": round(d.seconds, 2)} for d in done
        ],
        "methods": {
            method: {
                "measures": values(worlds),
                "counts": {
                    world: [dict(sorted(one.parts.items())) for one in of]
                    for world, of in worlds.items()
                },
            }
            for method, worlds in found.items()
        },
    }  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench-integrity", description=(__doc__ or "").partition("\nRun")[0]
    )
    parser.add_argument("--worlds", help="names, with commas between; all if left out")
    parser.add_argument("--seeds", type=_seeds, default=_seeds("501-503"),
                        help="such as 7, 1-3 or 1,4,9 (default: 501-503)")  # fmt: skip
    parser.add_argument("--detector", metavar="COMMAND", help=(
        "measure this in place of our engine; {folder} and {out} are filled in, it writes "
        "verdicts.ndjson, and agents.ndjson and kpi.ndjson if it can"))  # fmt: skip
    parser.add_argument("--leave-one-out", action="store_true", help=(
        "also set the combiner's constants on all worlds but one, and report on that one, in turn"
    ))  # fmt: skip
    parser.add_argument("--jobs", type=int, default=2, help="processes side by side (default: 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every count there too")
    return parser.parse_args()


def _seeds(text: str) -> list[int]:
    found: list[int] = []
    try:
        for part in text.split(","):
            first, _, last = part.partition("-")
            found += range(int(first), int(last or first) + 1)
    except ValueError:
        found = []
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} names no seed; write 7, 1-3 or 1,4,9")
    return found


def _short(seeds: Sequence[int]) -> str:
    whole = list(seeds) == list(range(seeds[0], seeds[-1] + 1)) and len(seeds) > 1
    return f"{seeds[0]}-{seeds[-1]}" if whole else ", ".join(map(str, seeds))


if __name__ == "__main__":
    main()
