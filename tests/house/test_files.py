"""Every file is short, says what it is for, and lives in its place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("benchmarks", "channels", "collector", "docs", "migrations", "templates", "tests")
SUFFIXES = {".css", ".html", ".js", ".mako", ".md", ".mjs", ".py", ".toml", ".ts", ".yaml", ".yml"}
# What people write and read; other people's code and what is built from ours are neither.
WRITTEN = sorted(
    path
    for path in (*ROOT.glob("*"), *(file for room in ROOMS for file in (ROOT / room).rglob("*")))
    if path.suffix in SUFFIXES and not {"node_modules", "released"} & set(path.parts)
)
CODE = [path for path in WRITTEN if path.suffix == ".py" and path.parent != ROOT]
FOLDERS = sorted(
    {path.parent for path in CODE if path.is_relative_to(ROOT / "collector")}
    | {path.parent for path in CODE if path.is_relative_to(ROOT / "channels")}
)
LONGEST, WIDEST = 300, 25


def words_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_file_is_short() -> None:
    lines = {str(path.relative_to(ROOT)): len(words_of(path).splitlines()) for path in WRITTEN}
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}


def test_every_file_begins_by_saying_what_it_is_for() -> None:
    silent = [path for path in CODE if not ast.get_docstring(ast.parse(words_of(path)))]
    assert silent == [], "begin with a docstring: what is it for?"


def test_every_folder_of_code_can_be_looked_over() -> None:
    held = {folder: len([p for p in folder.iterdir() if p.is_file()]) for folder in FOLDERS}
    assert {folder: count for folder, count in held.items() if count > WIDEST} == {}


def test_every_package_holds_a_docstring_and_no_code() -> None:
    bodies = {p: ast.parse(words_of(p)).body for p in CODE if p.name == "__init__.py"}
    assert [p for p, body in bodies.items() if [type(one) for one in body] != [ast.Expr]] == []


def matches(pattern: str, *rooms: str) -> dict[str, list[str]]:
    """Which files hold a line that matches, by path."""
    found = {}
    for path in CODE:
        where = str(path.relative_to(ROOT))
        if where.startswith(rooms):
            lines = [line for line in words_of(path).splitlines() if re.search(pattern, line)]
            if lines:
                found[where] = lines
    return found


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = matches(r"datetime\.(now|utcnow|today)\(|time\.time\(\)", "collector/")
    assert set(found) <= {"collector/clock.py"}


def test_only_the_settings_read_the_environment() -> None:
    # The replay hands its own environment on to the workers that it starts.
    found = matches(r"^[^#]*(os\.environ|getenv\()", "collector/", "channels/")
    assert set(found) <= {"collector/config.py", "collector/simulation/replay_workers.py"}


def test_only_the_unit_of_work_commits() -> None:
    found = matches(r"session\.commit\(", "collector/")
    assert set(found) == {"collector/model/base.py"}


def test_nothing_is_left_for_later() -> None:
    assert matches(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|PLACE" + r"HOLDER", "") == {}


def test_only_the_order_of_locks_locks_rows() -> None:
    found = matches(r"with_for_update|FOR UPDATE\"|FOR NO KEY UPDATE\"", "collector/")
    assert set(found) == {"collector/model/locks.py"}


def units_of(path: Path) -> list[tuple[str, bool]]:
    """The functions of a file that open a unit of work, and whether each can be run again."""
    found: list[tuple[str, bool]] = []

    def walk(node: ast.AST, owner: ast.FunctionDef | None) -> None:
        if isinstance(node, ast.FunctionDef):
            owner = node
        if isinstance(node, ast.With) and any(
            isinstance(item.context_expr, ast.Call)
            and isinstance(item.context_expr.func, ast.Name)
            and item.context_expr.func.id == "unit_of_work"
            for item in node.items
        ):
            assert owner is not None
            names = {one.id for one in owner.decorator_list if isinstance(one, ast.Name)}
            found.append((owner.name, "transaction" in names))
        for child in ast.iter_child_nodes(node):
            walk(child, owner)

    walk(ast.parse(words_of(path)), None)
    return found


def test_whoever_opens_a_unit_of_work_can_be_run_again() -> None:
    units = {
        f"{path.relative_to(ROOT)}:{name}": again
        for path in CODE
        if path.is_relative_to(ROOT / "collector")
        for name, again in units_of(path)
    }
    assert len(units) > 40
    assert [where for where, again in units.items() if not again] == []
