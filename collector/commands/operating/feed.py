"""`collector feed`: which feeds these are and how far they go; new ids after a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collector.commands.context import with_app, with_settings

if TYPE_CHECKING:
    from collector.config import Settings


@click.group("feed")
def command() -> None:
    """The feeds that KPI stores read: how far they go, and their ids.

    \b
    collector feed show
    collector feed new-id        after a backup was restored, or on a copy for trying out
    """


@command.command("show")
@with_settings
def show(settings: Settings) -> None:
    """Show each feed's id, its last number, and the position of a reader that has it all."""
    from collector.exports.catalog import DATASETS
    from collector.exports.position import Feed
    from collector.model.sql.source import opened

    with opened(settings.database_url) as source, source.reading() as connection:
        for dataset in DATASETS:
            feed = Feed.of(connection, dataset)
            click.echo(f"dataset   {dataset.name}")
            click.echo(f"feed      {feed.id}")
            click.echo(f"rows      {feed.last}" + ("" if feed.last else "   nothing published yet"))
            click.echo(f"position  {feed.position(feed.last)}")


@command.command("new-id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_app
def new_id(yes: bool) -> None:
    """Give every feed a new id, once, right after a backup was restored (before serving again).

    Readers that went further than the backup are then told so (409) and take the feed again,
    instead of following numbers that now hold other rows. Also for a copy that is tried out beside
    the real service. Rows and numbers stay; readers that remember a bare number are only told when
    it is beyond the end.
    """
    from collector.exports.new_feed import renew

    if not yes:
        click.confirm("Every reader will have to take the feed again. Go on?", abort=True)
    for name, id in renew().items():
        click.echo(f"The feed of {name} is {id} now.")
    click.echo("Readers start again from after=0.")
