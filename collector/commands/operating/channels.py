"""`collector channels`: how each sender stands; stop one by hand, lift a stop."""

from __future__ import annotations

import click

from collector import clock
from collector.commands.context import Refused, with_app
from collector.invitations import channel_status, transports


@click.group("channels")
def command() -> None:
    """Senders: what they spent today, whether they are stopped."""


@command.command("list")
@with_app
def show() -> None:
    """List the senders that were ever used."""
    found = channel_status.statuses()
    if not found:
        click.echo("Nothing was sent yet.")
    for one in found:
        state = (
            f"STOPPED {clock.iso(one.stopped_at)} ({one.stop_code})"
            if one.stopped_at
            else "may send"
        )
        cap = f" of {one.per_day}" if one.per_day else ""
        click.echo(f"{one.channel:8} {state}; {one.segments_today}{cap} segments today")


@command.command("stop")
@click.argument("channel")
@with_app
def stop(channel: str) -> None:
    """Send nothing more on CHANNEL until `collector channels resume CHANNEL`."""
    if channel not in transports.channels():
        raise Refused(f"there is no channel {channel}; {', '.join(transports.channels())}")
    channel_status.stop(channel)
    click.echo(f"{channel} is stopped.")


@command.command("resume")
@click.argument("channel")
@with_app
def resume(channel: str) -> None:
    """Lift the stop of CHANNEL, after its reason was dealt with."""
    was = channel_status.resume(channel)
    click.echo(f"{channel} may send again." if was else f"{channel} was not stopped.")
