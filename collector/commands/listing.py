"""How the command line shows a list that is read page by page: a table, or a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.table import Table

from collector.commands import cards
from collector.model.sql.paging import MAX_PAGE

JSON: Final = click.option("--json", "as_json", is_flag=True, help="As JSON, as the API gives it.")
SHOWN: Final = 50
Command = TypeVar("Command", bound=Callable[..., Any])
View = TypeVar("View")


def paged(command: Command) -> Command:
    """Options of a list: `--before`, `--limit`, `--json`."""
    limit = click.option(
        "--limit", default=SHOWN, show_default=True, type=click.IntRange(1, MAX_PAGE)
    )
    before = click.option("--before", default="", help="Only those before this id: the next page.")
    return before(limit(JSON(command)))


def show(
    found: Sequence[View], none: str, columns: dict[str, Callable[[View], str]], *, as_json: bool
) -> None:
    """Print the views that were `found`, each a row under these columns; without any, say `none`
    (`empty` makes the sentence)."""
    if as_json:
        for view in found:
            click.echo(as_text(view))
    elif not found:
        click.echo(none)
    else:
        table = Table(*columns)
        for view in found:
            table.add_row(*(cell(view) for cell in columns.values()))
        Console(width=cards.width()).print(table)


def empty(what: str, ever: str, *filters: object) -> str:
    """What an empty list says: with filters, that others may be there; without, what that means."""
    if any(filters):
        return f"No {what} that fit; without the options the list shows every one there is."
    return f"No {what}: {ever}"


def as_text(view: Any, indent: int | None = None) -> str:
    """A view as the API gives it."""
    return json.dumps(cards.plain(asdict(view)), indent=indent, ensure_ascii=False)
