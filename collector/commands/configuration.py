"""`collector config`: surveys and rules as YAML files, checked and taken into use.

Part of the command line (`main.py`). The folder holds `surveys/*.yaml` and `rules/*.yaml`; what
they may contain is in `surveys/definitions.py` and `triggers/rules.py`.
"""

from __future__ import annotations

from pathlib import Path

import click

from collector.commands.context import Refused, with_app
from collector.errors import InvalidInput
from collector.surveys.versions import Change
from collector.triggers import apply as apply_rules
from collector.triggers import workspace
from collector.triggers.workspace import Workspace

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("config")
def command() -> None:
    """Surveys and rules as files: check them, take them into use.

    DIR holds surveys/*.yaml and rules/*.yaml, one survey or rule a file. Exit code 2 means that
    something in the files has to be mended; every problem is listed as file:line.
    """


@command.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
def validate(folder: Path) -> None:
    """Check the files in DIR. Changes nothing and needs no database."""
    checked = _read(folder)
    click.echo(f"fine: {_count(checked)}")


@command.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@with_app
def apply(folder: Path) -> None:
    """Check the files in DIR and take them into use: all of them, or none.

    A survey or rule gets a new version only if it changed. What is in use but not in DIR stays.
    """
    checked = _read(folder)
    changes = apply_rules.apply_workspace(checked)
    for change in changes:
        click.echo(_line(change))
    changed = sum(change.action != "unchanged" for change in changes)
    click.echo(f"applied {_count(checked)}; {changed} changed")


def _read(folder: Path) -> Workspace:
    try:
        return workspace.read(folder)
    except InvalidInput as error:
        lines = [f"{folder / p.pointer}: {p.detail}" for p in error.problems]
        raise Refused("\n".join([error.detail, *lines])) from error


def _count(checked: Workspace) -> str:
    return f"{len(checked.surveys)} surveys, {len(checked.rules)} rules"


def _line(change: Change) -> str:
    return f"{change.action:<10} {change.kind:<7} {change.key} (version {change.version})"
