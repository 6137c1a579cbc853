"""`collector keys`: API keys, shown once, stored hashed, with scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collector.commands.context import with_app, with_settings
from collector.web.scopes import SCOPES

if TYPE_CHECKING:
    from collector.config import Settings


@click.group("keys")
def command() -> None:
    """Make, list and revoke API keys."""


@command.command("create")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, required=True, help=f"One of {', '.join(SCOPES)}."
)
@with_app
def create(name: str, scopes: tuple[str, ...]) -> None:
    """Make a key called NAME and print it: the only time that it can be read."""
    from collector.web.auth import issue

    click.echo(issue(name, scopes))


@command.command("list")
@with_settings
def show(settings: Settings) -> None:
    """List the keys: id, name, scopes, whether revoked. Never the key itself."""
    import orjson

    from collector.model.sql.source import opened

    wanted = "SELECT id, name, scopes, revoked_at FROM api_keys ORDER BY id"
    with opened(settings.database_url) as source, source.reading() as connection:
        keys = connection.execute(wanted).fetchall()
    if not keys:
        click.echo("No keys yet. Make one: collector keys create shop --scope events:write")
    for key, name, scopes, revoked_at in keys:
        state = "revoked" if revoked_at else "active"
        may = orjson.loads(scopes) if isinstance(scopes, str) else scopes
        click.echo(f"{key}  {state:8}{name:24}{' '.join(may)}")


@command.command("revoke")
@click.argument("key_id")
@with_app
def revoke(key_id: str) -> None:
    """Revoke the key with the id KEY_ID, at once and for good."""
    from collector.web import auth

    auth.revoke(key_id)
    click.echo(f"{key_id} is revoked.")
