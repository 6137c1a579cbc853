"""Surveys and rules as YAML files: checked, compared, taken into use, written out again.

Holds the commands on folders, which `rules.py` and `surveys.py` carry too; `collector config` has
them alone. A folder holds `surveys/*.yaml`, `rules/*.yaml` and perhaps a `workspace.yaml` with the
brand; what they may contain is in `surveys/definitions.py`, `rules/definition.py` and
`surveys/brand.py`, told by `told_fields.py`; `warnings.py` shows what is surely not meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from collector.commands.configuration import segments, warnings
from collector.commands.context import Refused, with_app
from collector.errors import InvalidInput
from collector.invitations import deployment
from collector.model.audit import author
from collector.rules import apply as apply_rules
from collector.rules import catalog as rule_catalog
from collector.rules import definition as rule_definition
from collector.rules import statuses
from collector.rules.folder import workspace, workspace_brand, yaml_export
from collector.rules.folder.workspace import Workspace
from collector.surveys import catalog
from collector.surveys import definitions as survey_definitions
from collector.surveys.differences import differences
from collector.surveys.versions import Change

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
Function = TypeVar("Function", bound=Callable[..., Any])
DIFFERENT = 2


def with_author(command: Function) -> Function:
    """The options that every change has: who makes it, and why."""
    options = (
        click.option("--by", required=True, help="Who makes the change, for the audit log."),
        click.option(
            "--reason", default="", help="Why; needed where people are asked by it right now."
        ),
    )
    return reduce(lambda decorated, option: option(decorated), reversed(options), command)


@click.group("config")
def command() -> None:
    """Surveys and rules as files: check, compare, take into use, write out.

    DIR holds surveys/*.yaml and rules/*.yaml, one survey or rule a file; the brand of all surveys
    may stand once in workspace.yaml. Exit code 2 means that something in the files has to be
    mended; every problem is listed as file:line.
    """


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--strict", is_flag=True, help="Exit code 2 if there is a warning.")
@click.option("--texts", is_flag=True, help="What each text message costs, a line for each.")
@click.option(
    "--base-url", default="https://ask.example.com", show_default=True,
    help="Public address of the service; its length counts in a text.",
)  # fmt: skip
def validate(folder: Path, strict: bool, texts: bool, base_url: str) -> None:
    """Check the files in DIR, and say what text messages will cost. Needs no database.

    Warns of what is allowed but surely not meant; with --strict that is exit code 2 too.
    """
    checked = _read(folder)
    address = base_url.rstrip("/")
    for line in segments.lines(checked.surveys, checked.rules, address, each=texts):
        click.echo(line)
    warned = warnings.show(folder, checked.warnings(warnings.of_environment()))
    click.echo(f"{warned or 'fine'}: {_count(checked)}")
    if warned and strict:
        raise click.exceptions.Exit(DIFFERENT)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--check", is_flag=True, help="Exit code 2 if applying would change anything.")
@with_app
def diff(folder: Path, check: bool) -> None:
    """Show what applying DIR would change, field by field. Changes nothing."""
    checked = _read(folder)
    held = _in_use()
    lines: list[str] = []
    for kind, wanted in (("survey", checked.surveys), ("rule", checked.rules)):
        for definition in wanted:
            now = held[kind].get(definition["key"])
            if now is None:
                lines.append(f"new      {kind} {definition['key']}")
                continue
            becomes, said = dict(definition), ""
            if kind == "rule":
                filed = rule_catalog.get(definition["key"]).filed_status
                becomes["status"] = statuses.merged(now["status"], filed, definition["status"])
                if definition["status"] != becomes["status"]:
                    said = statuses.sentence(now["status"], becomes["status"], definition["status"])
            differ = differences(now, becomes)
            if differ or said:
                lines.append(f"{'changed ' if differ else 'the same'} {kind} {definition['key']}")
                lines += [f"           {one}" for one in differ]
                lines += [f"           {said}"] if said else []
        names = {definition["key"] for definition in wanted}
        lines += [f"not here {kind} {key} (stays in use)" for key in held[kind] if key not in names]
    warnings.show(folder, checked.warnings(deployment.here(checked.rules)))
    click.echo("\n".join(lines) or "no difference")
    if check and any(line.startswith(("new", "changed")) for line in lines):
        raise click.exceptions.Exit(DIFFERENT)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--take-status", is_flag=True,
    help="Take every rule's status from its file, whatever was switched by hand since.",
)  # fmt: skip
@with_author
@with_app
def apply(folder: Path, take_status: bool, by: str, reason: str) -> None:
    """Check the files in DIR and take them into use: all of them, or none.

    A survey or rule gets a new version only if it changed. What is in use but not in DIR stays.
    So does a status that was switched by hand: a file's `status` counts when it is changed in the
    file (or with --take-status), and a rule that was live never becomes a draft again.
    """
    who = author(by, reason)
    checked = _read(folder)
    changes = apply_rules.apply_workspace(checked, who, take_status=take_status)
    tell(changes)
    warnings.show(folder, checked.warnings(deployment.here(checked.rules)))
    changed = sum(change.action != "unchanged" for change in changes)
    click.echo(f"applied {_count(checked)}; {changed} changed")


@click.command()
@click.argument("folder", metavar="DIR", type=NEW_FOLDER)
@with_app
def export(folder: Path) -> None:
    """Write everything in use as files into DIR.

    Files that are there keep their comments; only fields that differ are touched. A file of
    something that is not in use is left alone.
    """
    house = _house(folder)
    checks = {
        "survey": workspace_brand.checking(survey_definitions.check, house),
        "rule": rule_definition.check,
    }
    written = 0
    for kind, held in _in_use().items():
        at = folder / f"{kind}s"
        at.mkdir(parents=True, exist_ok=True)
        files = workspace.files_by_key(at)
        for key, definition in held.items():
            path = files.get(key, at / f"{key}.yaml")
            before = path.read_text(encoding="utf-8") if path.exists() else None
            after = (
                yaml_export.fresh(definition, checks[kind])
                if before is None
                else yaml_export.merged(str(path), before, definition, checks[kind])
            )
            if after != before:
                path.write_text(after, encoding="utf-8")
                written += 1
                click.echo(f"{'written' if before is None else 'updated'}  {path}")
    click.echo(f"{written} files written; the others say the same already")


FOLDER_COMMANDS = (validate, diff, apply, export)
for one in FOLDER_COMMANDS:
    command.add_command(one)


def line_of(change: Change) -> str:
    """One change as a line: `changed    rule    delivered (version 3)  status: live → paused`."""
    said = statuses.sentence(*change.status, change.said)
    line = f"{change.action:<10} {change.kind:<7} {change.key} (version {change.version})"
    return f"{line}  {said}" if said else line


def tell(changes: Sequence[Change]) -> None:
    """Print each change, and then what becomes of the asks that wait."""
    from collector.invitations.stops import reach

    for change in changes:
        click.echo(line_of(change))
    for said in reach.follow_through(changes):
        click.echo(f"           {said}")


def _in_use() -> dict[str, dict[str, dict[str, Any]]]:
    """Current definitions by kind and key, as complete as today's checks make them."""
    surveys = {
        key: survey_definitions.check(dict(one.definition))
        for key, one in catalog.current_many().items()
    }
    ruled = {
        one.key: rule_definition.check({**one.definition, "status": one.status})
        for one in rule_catalog.all_rules()
    }
    return {"survey": surveys, "rule": ruled}


def _read(folder: Path) -> Workspace:
    try:
        return workspace.read(folder)
    except InvalidInput as error:
        raise _refused(folder, error) from error


def _house(folder: Path) -> dict[str, Any] | None:
    """The brand that this folder's surveys need not repeat."""
    try:
        return workspace_brand.read(folder)
    except InvalidInput as error:
        raise _refused(folder, error) from error


def _refused(folder: Path, error: InvalidInput) -> Refused:
    lines = [f"{folder / p.pointer}: {p.detail}" for p in error.problems]
    return Refused("\n".join([error.detail, *lines]))


def _count(checked: Workspace) -> str:
    held = (("survey", len(checked.surveys)), ("rule", len(checked.rules)))
    return ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in held)
