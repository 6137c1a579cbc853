"""Where a docstring sends its reader, there is something to read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.test_files import CODE, ROOT, words_of

NAMED = re.compile(r"`([\w./-]+\.py)`")


def lost(path: Path) -> list[str]:
    """The files that docstrings of this one name and that are not there."""
    told = [
        text
        for node in ast.walk(ast.parse(words_of(path)))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if (text := ast.get_docstring(node))
    ]
    folders = [folder for folder in path.parents if folder.is_relative_to(ROOT)]
    folders.append(ROOT / "collector")
    named = {name for text in told for name in NAMED.findall(text)}
    return [name for name in named if not any((folder / name).is_file() for folder in folders)]


def test_every_file_that_a_docstring_names_is_there() -> None:
    """In the room of the file that names it, or by a path from a folder above it."""
    assert {path: names for path in CODE if (names := lost(path))} == {}
