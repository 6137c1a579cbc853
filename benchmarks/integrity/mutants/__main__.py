"""`python -m benchmarks.integrity.mutants`: is every gate noticed by a test or a world?

Changes one gate after the other (a comparison, a threshold, a condition) and says which test fails
then, or in which company a verdict changes; NOT NOTICED where none does. What was asked is kept in
a folder, by module and by the text of the module: a run that was stopped goes on where it was, and
a module that did not change is not asked again. The first run watches all tests, which takes a few
times as long as they do.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.integrity.mutants import worlds
from benchmarks.integrity.mutants.accepted import ACCEPTED
from benchmarks.integrity.mutants.gates import TIMES, Mutant, mutants
from benchmarks.integrity.mutants.hunt import NOT_NOTICED, Hunt, ask

ROOT = Path(__file__).resolve().parents[3]
ENGINE = ROOT / "collector/integrity/engine"
ALSO = ("assessment", "combine", "concentration", "gained", "lows_from_one_hand",
        "presence", "score_pattern", "unknown", "usual_rates", "weights")  # fmt: skip
TESTS = ("tests/integrity/engine",)


def modules() -> dict[str, Path]:
    """The modules that decide, by their short name."""
    paths = [path for path in sorted((ENGINE / "checks").glob("*/*.py"))
             if path.name != "__init__.py"]  # fmt: skip
    paths += [path for path in sorted((ENGINE / "seen").glob("*.py")) if path.stem != "__init__"]
    paths += [ENGINE / f"{name}.py" for name in ALSO]
    return {path.stem: path for path in paths}


def rank(mutant: Mutant) -> int:
    """Conditions are asked first, then thresholds, then what differs at one value only."""
    if "moved by a step" in mutant.change:
        return 2
    return int(mutant.change.endswith(tuple(TIMES)))


def main(argv: Sequence[str] | None = None) -> int:
    known = modules()
    parser = argparse.ArgumentParser("mutants", description=__doc__.split("\n\n", 1)[1])
    parser.add_argument("--only", metavar="MODULE", action="append", default=[],
                        help=f"one of {', '.join(known)}; may be given again")  # fmt: skip
    parser.add_argument("--tests", nargs="+", default=TESTS, help="which tests (tests/…)")
    parser.add_argument("--worlds", default=worlds.SMALL,
                        help="companies for what no test notices: small, dealers-401, …; with "
                             "commas between; none with ''")  # fmt: skip
    parser.add_argument("--folder", type=Path, default=Path("var/mutants"),
                        help="where results are kept (default: var/mutants)")  # fmt: skip
    parser.add_argument("--jobs", type=int, default=2, help="mutants side by side (default: 2)")
    parser.add_argument("--budget", type=float, default=60.0,
                        help="processor seconds of tests a mutant (default: 60)")  # fmt: skip
    parser.add_argument("--again", action="store_true", help="ask again what was not noticed")
    parser.add_argument("--list", action="store_true", help="only say which mutants there are")
    given = parser.parse_args(argv)
    if strange := [name for name in given.only if name not in known]:
        parser.error(f"no module is called {strange[0]!r}; there are {', '.join(known)}")
    dotted = {".".join(path.relative_to(ROOT).with_suffix("").parts): name
              for name, path in known.items()}  # fmt: skip
    sources = {module: known[name].read_text("utf-8") for module, name in dotted.items()}
    every = [mutant for module, text in sources.items() for mutant in mutants(module, text)]
    wanted = {module for module, name in dotted.items() if not given.only or name in given.only}
    if given.list:
        for mutant in every:
            if mutant.module in wanted:
                print(f"{dotted[mutant.module]}:{mutant.line}: {mutant.gate}: {mutant.change}")
        return 0
    given.folder.mkdir(parents=True, exist_ok=True)
    for module in sources:
        importlib.import_module(module)
    kept = Kept(given.folder, sources)
    asked = [n for n, m in enumerate(every) if m.module in wanted and m.name not in ACCEPTED
             and kept.open(m, given.again)]  # fmt: skip
    turn = Counter[tuple[str, int]]()
    order = {}
    for n in asked:  # a run that is stopped has asked something of every module
        row = every[n].module, rank(every[n])
        order[n] = rank(every[n]), turn[row]
        turn[row] += 1
    asked.sort(key=order.__getitem__)
    left = len(asked)
    print(
        f"{sum(m.module in wanted for m in every)} mutants, {left} to be asked", file=sys.__stderr__
    )

    def say(mutant: Mutant, said: str) -> None:
        nonlocal left
        left -= 1
        kept.add(mutant, said)
        print(f"{left} left; {dotted[mutant.module]}:{mutant.line}: {mutant.gate}: "
              f"{mutant.change}: {said}", file=sys.__stderr__, flush=True)  # fmt: skip

    if asked:
        places = [worlds.written(name, given.folder.resolve())
                  for name in filter(None, given.worlds.split(","))]  # fmt: skip
        mark = hashlib.sha256(
            json.dumps([*sorted(sources.items()), *given.tests, *(m.name for m in every)]).encode()
        )
        hunt = Hunt(sources, every, asked, given.folder / f"could-{mark.hexdigest()[:12]}.json",
                    say, given.jobs, given.budget, places)  # fmt: skip
        for mutant in every:
            if said := kept.said.get(mutant.name):
                hunt.noticed.setdefault(mutant.module, Counter())[said] += 1
        ask(hunt, given.tests)
    print("\n".join(told([m for m in every if m.module in wanted], kept.said, dotted)))
    return 0


class Kept:
    """What was said of each mutant, in a file a module; void once the module's text changes."""

    def __init__(self, folder: Path, sources: Mapping[str, str]) -> None:
        self.paths = {
            module: folder / f"{module.rpartition('.')[2]}-"
                             f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.ndjson"
            for module, text in sources.items()
        }  # fmt: skip
        self.said: dict[str, str] = {}
        for path in self.paths.values():
            if path.exists():
                for line in path.read_text("utf-8").splitlines():
                    self.said.update(json.loads(line))

    def open(self, mutant: Mutant, again: bool) -> bool:
        """Is it still to be asked?"""
        said = self.said.get(mutant.name)
        return said is None or (again and said.startswith(NOT_NOTICED))

    def add(self, mutant: Mutant, said: str) -> None:
        self.said[mutant.name] = said
        with self.paths[mutant.module].open("a", encoding="utf-8") as file:
            file.write(json.dumps({mutant.name: said}) + "\n")


def told(
    mutants: Sequence[Mutant], said: Mapping[str, str], names: Mapping[str, str]
) -> list[str]:  # fmt: skip
    """A line a gate, and the totals."""
    lines: list[str] = []
    totals: Counter[str] = Counter()
    gate = ""
    for mutant in mutants:
        answer = said.get(mutant.name, "not asked")
        if mutant.name in ACCEPTED:
            answer = f"no gate: {ACCEPTED[mutant.name]}"
        kind = next((kind for kind in ("no gate", NOT_NOTICED, "not asked")
                     if answer.startswith(kind)), "noticed")  # fmt: skip
        totals[kind] += 1
        here = f"{names[mutant.module]}:{mutant.line}: {mutant.gate}"
        if here != gate:
            lines.append(here)
            gate = here
        lines.append(f"    {mutant.change}: {answer}")
    return [*lines, ", ".join(f"{count} {kind}" for kind, count in totals.most_common())]


if __name__ == "__main__":
    raise SystemExit(main())
