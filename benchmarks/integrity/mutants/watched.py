"""Which mutants could make a difference while something runs: their value differs, or their code is
reached. A test in which a gate never says anything else with the mutant in it cannot notice that.

The watched module works both values out at every gate, the mutant's until it once differed.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.integrity.mutants.gates import Mutant

EACH = "__watched_gate__"
REACHED = "__watched_function__"
Thunk = Callable[[], Any]


class Watch:
    """`seen` holds the numbers of mutants that made a difference since it was cleared."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.functions: set[str] = set()

    def gate(self, value: Any, others: tuple[tuple[int, Thunk], ...]) -> Any:
        """The gate's own value. Remembers the mutants whose value is another one."""
        for number, other in others:
            if number in self.seen:
                continue
            try:
                differs = other() != value
            except Exception:
                differs = True
            if differs:
                self.seen.add(number)
        return value

    def reached(self, function: str) -> None:
        self.functions.add(function)

    def names(self) -> Mapping[str, Any]:
        """What the watched modules' code calls."""
        return {EACH: self.gate, REACHED: self.reached}

    def clear(self) -> None:
        self.seen.clear()
        self.functions.clear()


def watched(
    module: str, source: str, mutants: Sequence[tuple[int, Mutant]]
) -> tuple[ast.Module, dict[str, set[str]]]:
    """The module with a watch at every gate; and which names each of its functions uses."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    by_node: dict[int, list[tuple[int, Mutant]]] = {}
    for number, mutant in mutants:
        if not mutant.constant:
            by_node.setdefault(id(nodes[mutant.place]), []).append((number, mutant))

    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            here = by_node.get(id(node))
            plain = not any(isinstance(n, ast.NamedExpr | ast.Yield) for n in ast.walk(node))
            thunks = [
                ast.Tuple([ast.Constant(number), _thunk(mutant.new)], ast.Load())
                for number, mutant in here or () if plain or isinstance(mutant.new, ast.Constant)
            ]  # fmt: skip
            new = self.generic_visit(node)
            if not thunks:
                return new
            call = ast.Call(
                ast.Name(EACH, ast.Load()), [new, ast.Tuple(thunks, ast.Load())], []
            )  # fmt: skip
            return ast.copy_location(call, node)

    uses: dict[str, set[str]] = {}
    Put().visit(tree)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            name = f"{module}:{function.name}:{function.lineno}"
            uses[name] = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
            mark = ast.Expr(ast.Call(ast.Name(REACHED, ast.Load()), [ast.Constant(name)], []))
            function.body.insert(0, ast.copy_location(mark, function.body[0]))
    return ast.fix_missing_locations(tree), uses


def _thunk(new: ast.expr) -> ast.Lambda:
    nothing = ast.arguments([], [], None, [], [], None, [])
    return ast.Lambda(nothing, copy.deepcopy(new))
