"""Warnings at the command line: what is allowed in a rule or a survey but surely not meant.

What they are is in `rules/advice.py`. Used by the commands on folders and by `collector doctor`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from collector import config
from collector.errors import Misconfigured, Problem
from collector.invitations import deployment
from collector.rules.advice import NOWHERE, Deployment


def of_environment() -> Deployment:
    """The channels that the environment sets up; nothing is said where it cannot be used as it is.
    Makes nothing: the embedded default would make keys."""
    try:
        return deployment.of_settings(config.peek())
    except Misconfigured:
        return NOWHERE


def show(folder: Path, found: Sequence[Problem]) -> str:
    """Print each warning with file and line; `2 warnings`, or nothing where there is none."""
    for one in found:
        click.secho(f"warning  {folder / one.pointer}: {one.detail}", fg="yellow")
    return f"{len(found)} warning{'' if len(found) == 1 else 's'}" if found else ""
