"""`python -m tests.integrity.engine.gates.rewrite`: what the engine now says, into the tables here.

For whoever changed what a check weighs, and raised its version: every `assert … == literal` of a
test here that does not hold gets the value that it has now. Read the difference before it is
committed, line by line: a table that was only rewritten tests nothing. `--check` changes no file.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType

HERE = Path(__file__).resolve().parent
SEEN = "__seen_value__"
Place = tuple[int, int, int, int]  # first line and column, last line and column


class Seen(ast.NodeTransformer):
    """Puts a call in the place of each comparison with a literal that is asserted."""

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        test = node.test
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Eq) and _value(test):
            right = test.comparators[-1]
            place = (right.lineno, right.col_offset, right.end_lineno, right.end_col_offset)
            call = ast.Call(
                ast.Name(SEEN, ast.Load()), [test.left, right, ast.Constant(place)], []
            )  # fmt: skip
            node.test = ast.copy_location(call, test)
        return node


def _value(test: ast.Compare) -> bool:
    try:
        ast.literal_eval(test.comparators[-1])
    except (ValueError, TypeError):
        return False
    return len(test.ops) == 1


def compiled(path: Path) -> CodeType:
    tree = Seen().visit(ast.parse(path.read_text("utf-8")))
    return compile(ast.fix_missing_locations(tree), str(path), "exec")


def differing(path: Path) -> dict[Place, object]:
    """Where the literals stand that are no longer what is said, and what is."""
    found: dict[Place, object] = {}

    def seen(now: object, then: object, place: Place) -> bool:
        if now != then:
            found[place] = now
        return True

    module = importlib.import_module(f"{__package__}.{path.stem}")
    space = {**vars(module), SEEN: seen}
    exec(compiled(path), space)
    for name in [name for name in space if name.startswith("test_")]:
        space[name]()
    return found


def rewritten(path: Path, values: dict[Place, object]) -> str:
    lines = path.read_text("utf-8").split("\n")
    for (first, start, last, end), value in sorted(values.items(), reverse=True):
        head = lines[first - 1].encode()[:start].decode()
        lines[first - 1 : last] = [head + repr(value) + lines[last - 1].encode()[end:].decode()]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("rewrite", description=__doc__.split("\n\n", 1)[1])
    parser.add_argument("--check", action="store_true", help="only say what would change")
    given = parser.parse_args(argv)
    changed = []
    for path in sorted(HERE.glob("test_*.py")):
        values = differing(path)
        for (line, *_), value in sorted(values.items()):
            sys.stdout.write(f"{path.name}:{line}: now {value!r}\n")
        if values and not given.check:
            path.write_text(rewritten(path, values), "utf-8")
            changed.append(str(path))
    if changed:
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *changed], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
