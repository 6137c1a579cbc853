"""A folder of configuration: `surveys/*.yaml` and `rules/*.yaml`, one object a file, all checked.
A `workspace.yaml` beside them says the house's brand (`workspace_brand.py`).

Reads files and nothing else: no database is needed to validate. The folder must be complete in
itself: a rule names a survey of the same folder. Used by `commands/configuration/files.py` and the
demo; `apply.apply_workspace` takes the result into use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collector.errors import InvalidInput, Problem
from collector.rules import advice, scope
from collector.rules import definition as rule_definition
from collector.rules.advice import NOWHERE, Deployment
from collector.rules.folder import stray_files, workspace_brand
from collector.surveys import definitions as surveys
from collector.surveys import documents
from collector.surveys.documents import Document, Locate

SUFFIXES = (".yaml", ".yml")
LIVE = "live"
Definition = dict[str, Any]
Found = tuple[Definition, Document]


@dataclass(frozen=True, slots=True)
class Workspace:
    """Checked definitions, sorted by key, and the files that they were found in. `stray` are the
    files that look like a rule or a survey and are not read."""

    surveys: tuple[Definition, ...]
    rules: tuple[Definition, ...]
    stray: tuple[Problem, ...] = ()
    _found: tuple[tuple[Found, ...], tuple[Found, ...]] = ((), ())

    def warnings(self, here: Deployment = NOWHERE) -> list[Problem]:
        """What is allowed but surely not meant, each with `file:line`."""
        asked, ruled = self._found
        by_key = {definition["key"]: definition for definition, _ in asked}
        said = list(self.stray)
        for definition, document in asked:
            said += advice.of_survey(definition, document.locate, here)
        for definition, document in ruled:
            survey = by_key.get(definition["survey"])
            said += advice.of_rule(definition, document.locate, here, document.value, survey)
        if asked and not ruled:
            said.append(Problem("no_rules", "no rule is here, so nobody is asked", "rules/"))
        return said


def read(folder: Path) -> Workspace:
    """Read and check everything. Raises InvalidInput (`invalid_configuration`) listing every
    problem of every file, each with `file:line`."""
    problems: list[Problem] = []
    stray = stray_files.find(folder)
    house = _collect(problems, workspace_brand.read, folder)
    checks_survey = workspace_brand.checking(surveys.check, house)
    asked = _checked(folder, "surveys", checks_survey, problems)
    ruled = _checked(folder, "rules", rule_definition.check, problems)
    broken = any(one.pointer.startswith("surveys/") for one in problems)
    by_key = {definition["key"]: definition for definition, _ in asked}
    for definition, document in ruled:
        survey = by_key.get(definition["survey"])
        # Where a survey is broken, it has been complained about; it is not missing as well.
        if survey is not None or not broken:
            _collect(problems, rule_definition.check_survey, definition, survey, document.locate)
    problems += _crowded(ruled)
    if not asked and not ruled and not problems:
        problems.append(
            Problem("empty_folder", "There is no surveys/*.yaml and no rules/*.yaml here.", ".")
        )
        problems += stray
    if problems:
        raise InvalidInput(
            f"The configuration cannot be used: {len(problems)} "
            f"{'problem' if len(problems) == 1 else 'problems'}.",
            code="invalid_configuration",
            problems=tuple(problems),
        )
    return Workspace(_sorted(asked), _sorted(ruled), tuple(stray), (tuple(asked), tuple(ruled)))


def _crowded(ruled: list[Found]) -> list[Problem]:
    """Touchpoints at which the live rules of the folder would ask too much, each told once, at the
    last rule that adds to it. What else is live is known only when the folder is applied."""
    live = [(one, document) for one, document in ruled if one["status"] == LIVE]
    asked = [(one["key"], one["on"], one["survey"]) for one, _ in live]
    last = {one["on"]: document.locate(("on",)) for one, document in live}
    return [
        Problem("kpi_fatigue", scope.fatigue(event_type, surveys), last[event_type])
        for event_type, surveys in sorted(scope.crowded(asked, last).items())
    ]


def files_by_key(folder: Path) -> dict[str, Path]:
    """Which file of this folder holds which key. Raises InvalidInput where one is not YAML."""
    held: dict[str, Path] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix in SUFFIXES:
            value = _document(path, f"{folder.name}/{path.name}").value
            if isinstance(value, dict) and isinstance(value.get("key"), str):
                held.setdefault(value["key"], path)
    return held


def _checked(
    folder: Path, kind: str, check: Callable[[Any, Locate], Definition], problems: list[Problem]
) -> list[Found]:
    found: list[Found] = []
    taken: dict[str, str] = {}
    for path in sorted((folder / kind).glob("*")):
        if path.suffix not in SUFFIXES:
            continue
        name = f"{kind}/{path.name}"
        document = _collect(problems, _document, path, name)
        definition = document and _collect(problems, check, document.value, document.locate)
        if document is None or definition is None:
            continue
        first = taken.setdefault(definition["key"], name)
        if first != name:
            detail = f"The key `{definition['key']}` is taken by {first}."
            problems.append(Problem("duplicate_key", detail, document.locate(("key",))))
        found.append((definition, document))
    return found


def _sorted(found: list[Found]) -> tuple[Definition, ...]:
    return tuple(sorted((one for one, _ in found), key=lambda one: str(one["key"])))


def _document(path: Path, name: str) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        why = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be read"
        raise InvalidInput(
            f"The file {why}.", code="unreadable_file", pointer=f"{name}:1"
        ) from None
    return documents.read(name, text)


def _collect(problems: list[Problem], run: Callable[..., Any], *args: Any) -> Any:
    """`run(*args)`, or None with its problems kept."""
    try:
        return run(*args)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None
