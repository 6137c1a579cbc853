"""`collector audit-log`: who changed what, when and why: surveys, rules, the roster, appeals.

`show` is also the `history` of `rules.py` and `surveys.py`. Reads `surveys/history.py`.
"""

from __future__ import annotations

import click

from collector.commands.context import with_app
from collector.model.sql.paging import MAX_PAGE
from collector.surveys import history
from collector.surveys.differences import Difference


@click.command("audit-log")
@click.option("--kind", type=click.Choice(history.KINDS), help="Only of this kind.")
@click.option("--key", default="", help="Only about this object: its key or id.")
@click.option("--limit", type=click.IntRange(1, MAX_PAGE), default=50)
@with_app
def command(kind: str | None, key: str, limit: int) -> None:
    """Who changed what, when and why; the newest first. Nothing is ever taken out of it."""
    show(kind or "", key, limit)


def show(kind: str, key: str, limit: int = MAX_PAGE) -> None:
    """Print the entries, each with what differs."""
    for entry in history.page(kind, key, limit=limit):
        click.echo(
            f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.kind} {entry.key} (version {entry.version}) "
            f"{entry.action.replace('_', ' ')} by {entry.by}: {entry.reason or '(no reason given)'}"
        )
        status = entry.details.get("status")
        if status:
            click.echo(f"    status: {status[0] or '(new)'} → {status[1]}")
        for name, value in sorted(entry.details.items()):
            if isinstance(value, str | int) and value != "":
                click.echo(f"    {name}: {value}")
        for one in entry.details.get("differences", []):
            click.echo(f"    {Difference(one['path'], one['before'], one['after'])}")
