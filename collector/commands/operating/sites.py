"""`collector sites`: the products that carry the widget, their script tag, secret and test tokens.

Prints what a product engineer pastes; the secret is derived, so it can be printed again any time.
"""

from __future__ import annotations

from datetime import timedelta

import click
from rich.console import Console
from rich.table import Table

from collector.commands.context import with_app
from collector.errors import NotFound
from collector.web.widget import files, identity, sites


@click.group("sites")
def command() -> None:
    """Register the pages that may carry the widget."""


@command.command("create")
@click.argument("name")
@click.option(
    "--origin", "origins", multiple=True, required=True, help="https://shop.example; repeatable."
)
@with_app
def create(name: str, origins: tuple[str, ...]) -> None:
    """Register the site NAME and show what its engineer needs."""
    site = sites.create(name, origins)
    click.echo(f"Registered '{site.name}', which may speak from {', '.join(site.origins)}.\n")
    _instructions(site.name, site.public_key)


@command.command("allow")
@click.argument("name")
@click.argument("origins", nargs=-1, required=True)
@with_app
def allow(name: str, origins: tuple[str, ...]) -> None:
    """Let the site NAME speak from more ORIGINS."""
    _site(name)
    click.echo(f"'{name}' may speak from {', '.join(sites.allow(name, origins).origins)}.")


@command.command("list")
@with_app
def show() -> None:
    """All sites, their public keys and origins."""
    table = Table("site", "public key", "origins", "may report")
    for site in sites.every():
        types = "\n".join(site.event_types) or "nothing"
        table.add_row(site.name, site.public_key, "\n".join(site.origins), types)
    Console().print(table)


@command.command("events")
@click.argument("name")
@click.argument("types", nargs=-1)
@with_app
def events(name: str, types: tuple[str, ...]) -> None:
    """Let the pages of the site NAME report these event TYPES and no others; none: no events.

    Whoever looks at a page can make up what it reports. List what starts a question, never what
    proves that something happened: that comes from your server, by POST /v1/events.
    """
    site = sites.let_report(name, types)
    click.echo(f"'{name}' may report {', '.join(site.event_types) or 'nothing'}.")


@command.command("tag")
@click.argument("name")
@click.option("--pinned", is_flag=True, help="This very version, with Subresource Integrity.")
@with_app
def tag(name: str, pinned: bool) -> None:
    """The script tag of the site NAME."""
    click.echo(files.tag(_site(name).public_key, pinned=pinned))


@command.command("secret")
@click.argument("name")
@with_app
def secret(name: str) -> None:
    """The secret with which the server of the site NAME signs identities. Keep it there."""
    click.echo(identity.secret_of(_site(name).public_key))


@command.command("identity")
@click.argument("ref")
@click.option("--site", "name", help="Which site; not needed if there is only one.")
@click.option("--hours", default=1, show_default=True, type=click.IntRange(1, 24))
@with_app
def test_token(ref: str, name: str | None, hours: int) -> None:
    """A test token that says "this visitor is the person REF", as your server would sign it."""
    live = sites.every()
    if name is None and len(live) != 1:
        raise NotFound("say which site with --site; `collector sites list` shows them")
    site = _site(name) if name else live[0]
    click.echo(identity.issue(site.public_key, ref, timedelta(hours=hours)))


def _site(name: str) -> sites.KnownSite:
    site = sites.by_name(name)
    if site is None:
        raise NotFound(f"there is no site called '{name}'; `collector sites list` shows them")
    return site


def _instructions(name: str, public_key: str) -> None:
    click.echo("1. Put this into your pages:\n\n   " + files.tag(public_key) + "\n")
    click.echo(
        "2. On your server, for the person who is signed in, replace JWT by an HS256 token with\n"
        f'   {{"sub": <your reference of the person>, "aud": "{public_key}", "exp": <in 1 h>}}\n'
        "   signed with the secret below. Never send the secret to a browser.\n"
    )
    click.echo("   " + identity.secret_of(public_key) + "\n")
    click.echo(
        "3. If your pages have a Content-Security-Policy, add this service to script-src and\n"
        "   connect-src. Nothing else is needed: no inline styles, no eval, no images.\n"
    )
    click.echo(
        "4. For collector('track', 'order.viewed', {…}) list the types that pages may report:\n"
        f"   collector sites events {name} order.viewed"
    )
