"""`workspace.yaml` beside the surveys: the brand of the house, for every survey of the folder.

It is filled in as the folder is read (`surveys/brand.completed`), so each survey version holds the
brand that it was asked under, and a change of it is shown, applied and audited as a change of the
surveys. Used by `workspace.py` and by `commands/configuration/files.py` for writing files out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from collector.errors import InvalidInput
from collector.surveys import brand, documents
from collector.surveys.documents import Document, Locate
from collector.surveys.fields import Fields, Report

NAME: Final = "workspace.yaml"
Check = Callable[[Any, Locate], dict[str, Any]]


def read(folder: Path) -> dict[str, Any] | None:
    """The brand of the house, or None where the folder has none. Raises InvalidInput."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        detail = "The file cannot be read as UTF-8."
        raise InvalidInput(detail, code="unreadable_file", pointer=f"{NAME}:1") from None
    return _checked(documents.read(NAME, text))


def _checked(document: Document) -> dict[str, Any] | None:
    report = Report(document.locate)
    fields = Fields(document.value if document.value is not None else {}, report)
    found = (
        brand.check(fields.inner("brand", about="The brand of every survey beside it."))
        if fields.has("brand")
        else None
    )
    fields.known.append("brand")
    fields.done()
    report.raise_if_any("workspace.yaml")
    return found


def checking(check: Check, house: dict[str, Any] | None) -> Check:
    """`check` for surveys of this house."""
    return lambda raw, locate: check(brand.completed(house, raw), locate)
