"""Where phrases are said: every `say("…")` in code and templates, read without running them.

A key may be put together (`say(f"notice.{kind}.title")`); then it stands for every key of that
form. Next: `check.py`, which compares this with the catalogues.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

ROOT: Final = Path(__file__).resolve().parents[2]
SAY: Final = "say"
ANYTHING: Final = r"\w+"


@dataclass(frozen=True, slots=True)
class Use:
    """One call. `key` is a regular expression for the whole key, '' where it cannot be told."""

    where: str
    key: str
    places: frozenset[str]

    def means(self, key: str) -> bool:
        return bool(self.key) and re.fullmatch(self.key, key) is not None


def uses(root: Path = ROOT) -> list[Use]:
    """Every use, in the order of the files."""
    found: list[Use] = []
    for path in sorted((root / "collector").rglob("*.py")):
        found += in_code(path.read_text(encoding="utf-8"), str(path.relative_to(root)))
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            found += in_template(path.read_text(encoding="utf-8"), str(path.relative_to(root)))
    return found


def in_code(text: str, where: str) -> Iterator[Use]:
    """`say("key", place=…)` and `translator(locale)("key")`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _says(node.func):
            key = _key(node.args[0]) if node.args else ""
            places = frozenset(word.arg or "**" for word in node.keywords)
            yield Use(f"{where}:{node.lineno}", key, places)


def _says(called: ast.expr) -> bool:
    if isinstance(called, ast.Call):
        return isinstance(called.func, ast.Name) and called.func.id == "translator"
    return isinstance(called, ast.Name) and called.id == SAY


def _key(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANYTHING
            for part in node.values
        )
    return ""


def in_template(text: str, where: str) -> Iterator[Use]:
    """`{{ say("key", place=…) }}`."""
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == SAY:
            key = _template_key(call.args[0]) if call.args else ""
            places = frozenset(word.key for word in call.kwargs)
            yield Use(f"{where}:{call.lineno}", key, places)


def _template_key(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Const):
        return re.escape(str(node.value))
    if isinstance(node, nodes.Concat):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, nodes.Const) else ANYTHING
            for part in node.nodes
        )
    return ""
