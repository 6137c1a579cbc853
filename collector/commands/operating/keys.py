"""`collector keys`: API keys, shown once, stored hashed, with scopes."""

from __future__ import annotations

import click

from collector import clock
from collector.commands.context import with_app
from collector.errors import NotFound
from collector.model.access import ApiKey
from collector.model.base import db, unit_of_work
from collector.model.transaction import transaction
from collector.web.auth import SCOPES, issue


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
    click.echo(issue(name, scopes))


@command.command("list")
@with_app
def show() -> None:
    """List the keys: id, name, scopes, whether revoked. Never the key itself."""
    keys = db.session.query(ApiKey).order_by(ApiKey.id).all()
    if not keys:
        click.echo("No keys yet. Make one: collector keys create shop --scope events:write")
    for key in keys:
        state = "revoked" if key.revoked_at else "active"
        click.echo(f"{key.id}  {state:8}{key.name:24}{' '.join(key.scopes)}")


@command.command("revoke")
@click.argument("key_id")
@with_app
def revoke(key_id: str) -> None:
    """Revoke the key with the id KEY_ID, at once and for good."""
    _revoke(key_id)
    click.echo(f"{key_id} is revoked.")


@transaction
def _revoke(key_id: str) -> None:
    with unit_of_work() as work:
        key = work.session.get(ApiKey, key_id)
        if key is None:
            raise NotFound(f"there is no key {key_id}; `collector keys list` shows them")
        key.revoked_at = key.revoked_at or clock.now()
        work.commit()
