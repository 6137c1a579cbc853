"""The mutants of a module: one gate changed each. Pure.

What only words a finding (`figures`, rounding) is no gate. A threshold inside a function is changed
where it is compared or bounds something; one at the top of a module wherever it is used.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
STEP: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt
}  # fmt: skip
TIMES = {"doubled": 2, "halved": 0.5}


@dataclass(frozen=True, slots=True)
class Mutant:
    """`place`: which node of the module's tree `new` stands in for, in the order of `ast.walk`.

    `constant`: the name of the module's constant that is changed; "" inside a function.
    """

    module: str
    line: int
    gate: str
    change: str
    place: int
    new: ast.expr
    constant: str = ""

    @property
    def name(self) -> str:
        """Stays the same while other lines of the module change."""
        return f"{self.module}: {self.gate}: {self.change}"


def mutants(module: str, source: str) -> list[Mutant]:
    """All of them, in the order of the lines."""
    tree = ast.parse(source)
    places = {id(node): place for place, node in enumerate(ast.walk(tree))}
    words = {id(inner) for node in ast.walk(tree) if _words(node) for inner in ast.walk(node)}
    found: dict[str, Mutant] = {}
    for old, change, new, constant in _changes(tree):
        if id(old) in words:
            continue
        gate = " ".join(ast.unparse(old).split())
        if constant:
            gate = f"{constant} = … {gate}"
        one = Mutant(module, old.lineno, gate, change, places[id(old)], new, constant)
        while one.name in found:  # the same words in another place
            one = Mutant(module, one.line, f"{one.gate} ", change, one.place, new, constant)
        found[one.name] = one
    return sorted(found.values(), key=lambda m: (m.line, m.gate, m.change))


def changed(source: str, mutant: Mutant) -> ast.Module:
    """The module's tree with the mutant in it."""
    tree = ast.parse(source)
    target = list(ast.walk(tree))[mutant.place]
    new = copy.deepcopy(mutant.new)

    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return ast.copy_location(new, target) if node is target else self.generic_visit(node)

    Put().visit(tree)
    return ast.fix_missing_locations(tree)


def _words(node: ast.AST) -> bool:
    """Is this about how a finding or a module is worded?"""
    if isinstance(node, ast.Assign):
        names = {t.id for t in node.targets if isinstance(t, ast.Name)}
        return bool(names & {"figures", "CHECK", "__slots__"})
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id == "figures"
    return isinstance(node, ast.Assert | ast.Raise)


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr, str, ast.expr, str]]:
    """(what is replaced, in words, by what, the constant's name)."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            for node in ast.walk(statement.value):
                if _number(node):
                    for words, times in TIMES.items():
                        yield node, words, _times(node, times), name
    whole = set(map(id, _tests(tree)))
    for test in _tests(tree):
        for value in (True, False):
            yield test, f"always {str(value).lower()}", ast.Constant(value), ""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                for old, words, new in _of_node(node, whole):
                    yield old, words, new, ""


def _tests(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs


def _of_node(node: ast.AST, whole: set[int]) -> Iterator[tuple[ast.expr, str, ast.expr]]:
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            # As the whole of a condition it is turned by "always true" and "always false".
            if id(node) not in whole or len(node.ops) > 1:
                yield node, _named("turned", at), _with_op(node, at, OPPOSITE[type(op)]())
            if step := STEP.get(type(op)):
                yield node, _named("moved by a step", at), _with_op(node, at, step())
        yield from _literals(node, [node.left, *node.comparators])
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        swapped = copy.deepcopy(node)
        swapped.op = other
        yield node, "and for or" if isinstance(other, ast.And) else "or for and", swapped
        for at, part in enumerate(node.values):
            rest = copy.deepcopy(node.values[:at] + node.values[at + 1 :])
            less = rest[0] if len(rest) == 1 else ast.BoolOp(copy.deepcopy(node.op), rest)
            yield node, f"without {ast.unparse(part)}", less
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("min", "max"):
        yield from _literals(node, node.args)


def _literals(
    node: ast.Compare | ast.Call, inside: list[ast.expr]
) -> Iterator[tuple[ast.expr, str, ast.expr]]:
    """Numbers that this comparison or bound names itself; not those of another one in it."""
    for part in inside:
        for literal in _own(part):
            for words, times in TIMES.items():
                at = [id(n) for n in ast.walk(node)].index(id(literal))
                new = copy.deepcopy(node)
                target = list(ast.walk(new))[at]
                assert isinstance(target, ast.Constant)
                target.value = _scaled(target.value, times)
                yield node, f"{ast.unparse(literal)} {words}", new


def _own(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and _number(node):
        yield node
    elif not isinstance(node, ast.Compare | ast.Call | ast.Subscript):
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def _number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value != 0


def _times(node: ast.AST, times: float) -> ast.Constant:
    assert isinstance(node, ast.Constant)
    return ast.Constant(_scaled(node.value, times))


def _scaled(value: object, times: float) -> float:
    assert isinstance(value, int | float)
    return int(value * times) if isinstance(value, int) else value * times


def _with_op(node: ast.Compare, at: int, op: ast.cmpop) -> ast.Compare:
    new = copy.deepcopy(node)
    new.ops[at] = op
    return new


def _named(words: str, at: int) -> str:
    return words if at == 0 else f"{words} ({at + 1}.)"
