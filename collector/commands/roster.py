"""`collector roster`: who works where, and with which contact points. Calls
`integrity/inputs/roster/replace.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from collector.commands import lines
from collector.commands.context import with_app
from collector.errors import InvalidInput, Problem
from collector.integrity.inputs.roster import current, reading, replace
from collector.model.audit import author


@click.group("roster")
def command() -> None:
    """Who works where. Answers through contact points of staff speak for themselves."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, help="Who does this: an id or a name, for the audit log.")
@click.option("--reason", default="", help="Why, for the audit log.")
@with_app
def take(file: Path, by: str, reason: str) -> None:
    """Make FILE the roster, whole or not at all: who is not in it any more has left.

    \b
    CSV with a header line, or one JSON object a line. Columns: agent_id; if you like
    team_id, store_id, role (agent, supervisor), staff_contacts (numbers with country code and
    mail addresses, in CSV with ; between), active_from, active_to (days).

    Contact points are kept as keyed hashes only.
    """
    problems: list[Problem] = []
    items = list(_items(file, problems))
    try:
        entries = reading.read(items, others=True) if items else ()
    except InvalidInput as error:
        if not error.problems[0].pointer:
            raise
        problems.extend(error.problems)
    if problems:
        raise lines.refusal(f"{file.name} cannot be the roster", problems, "invalid_roster")
    if not entries:
        reading.read(())  # says why not
    done = replace.replace(entries, author(by, reason))
    click.echo(
        f"{done.entries:,} entries: {done.listed:,} new, {done.delisted:,} over, "
        f"{done.unchanged:,} as they were."
    )


@command.command("show")
@with_app
def show() -> None:
    """Who works where; of contact points only how many are known."""
    found = current.entries()
    if not found:
        click.echo("There is no roster yet. Give one: collector roster import FILE --by NAME")
        return
    table = Table("agent", "team", "store", "role", "contacts", "from", "to")
    for one in found:
        days = [day.isoformat() if day else "" for day in (one.active_from, one.active_to)]
        table.add_row(one.agent_id, one.team_id, one.store_id, one.role, str(one.contacts), *days)
    Console().print(table)


def _items(file: Path, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    for place, raw in lines.read(file):
        if isinstance(raw, Problem):
            problems.append(raw)
        else:
            yield place, raw
