"""Files that look like a rule or a survey and lie where nobody reads them.

`rules/` and `surveys/` are read, `*.yaml` and `*.yml`, nothing below them and nothing beside them.
A rule that was put anywhere else would be missing without a word. Used by `workspace.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from collector.errors import InvalidInput, Problem
from collector.surveys import documents

READ: Final = (".yaml", ".yml")
ALIKE: Final = (".yaml", ".yml", ".json", ".txt", ".bak", ".template")
KINDS: Final = ("surveys", "rules")
MOST: Final = 500
DEEPEST: Final = 4


def find(folder: Path) -> list[Problem]:
    """A warning for each, with where it belongs."""
    found = []
    for path in _candidates(folder):
        name = path.relative_to(folder).as_posix()
        kind = _kind(path, name)
        if kind:
            fit = path.stem.split(".")[0] + ".yaml"
            found.append(
                Problem(
                    "not_read",
                    f"this looks like a {kind} and is not read: move it to {kind}s/{fit}",
                    f"{name}:1",
                )
            )
    return found


def _candidates(folder: Path) -> Iterator[Path]:
    """Files of a likely name that `workspace.read` passes over."""
    seen = 0
    folders = [folder]
    while folders:
        at = folders.pop(0)
        for path in sorted(at.iterdir()):
            seen += 1
            if seen > MOST:
                return
            if path.name.startswith("."):
                continue
            depth = len(path.relative_to(folder).parts)
            if path.is_dir() and not path.is_symlink():
                if depth < DEEPEST:
                    folders.append(path)
                continue
            read = depth == 2 and at.name in KINDS and path.suffix in READ
            if not read and path.suffix.lower() in ALIKE and path.is_file():
                yield path


def _kind(path: Path, name: str) -> str:
    try:
        value: Any = documents.read(name, path.read_text(encoding="utf-8")).value
    except (InvalidInput, OSError, UnicodeDecodeError):
        return ""
    if not isinstance(value, dict) or "key" not in value:
        return ""
    if "metric" in value or "wording" in value:
        return "survey"
    ruled = ("on" in value or "True" in value) and ("survey" in value or "channels" in value)
    return "rule" if ruled else ""
