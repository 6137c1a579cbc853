"""The catalogues, copied for a test that changes them, and what is wrong with them then."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from collector.translations.catalogue import FOLDER
from collector.translations.check import problems
from collector.translations.uses import Use, uses


def copied(to: Path) -> Path:
    shutil.copytree(FOLDER, to / "locale")
    return to / "locale"


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change the first `old` of a file, which must be there."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path) -> list[str]:
    """The problems of these catalogues; the code is read once for all tests."""
    return problems(folder, _said())


@cache
def _said() -> tuple[Use, ...]:
    return tuple(uses())
