"""`collector channels`: how each sender stands; stop one by hand, lift a stop."""

from __future__ import annotations

import click

from collector import clock
from collector.commands.context import Refused, with_app
from collector.invitations import transports
from collector.invitations.senders import channel_status, holds


@click.group("channels")
def command() -> None:
    """Senders: what they spent today, whether they are stopped."""


@command.command("list")
@with_app
def show() -> None:
    """List the senders that were ever used, and what is held because a provider refuses us."""
    found, held = channel_status.statuses(), holds.listed()
    if not found and not held:
        click.echo("Nothing was sent yet.")
    for one in found:
        state = (
            f"STOPPED {clock.iso(one.stopped_at)} ({one.stop_code})"
            if one.stopped_at
            else "may send"
        )
        cap = f" of {one.per_day}" if one.per_day else ""
        click.echo(f"{one.channel:8} {state}; {one.segments_today}{cap} segments today")
    for hold in held:
        where = f"{hold.channel} to {hold.domain}" if hold.domain else hold.channel
        click.echo(
            f"{where:8} HELD since {clock.iso(hold.since)} "
            f"({hold.cause}, {hold.code or 'no code'}): {hold.sentence} Refused "
            f"{hold.tries}x; one message tries again {clock.iso(hold.next_at)}. "
            f"`collector channels resume {hold.channel}` tries now."
        )


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
@click.option("--domain", help="Only the hold of this domain.")
@with_app
def resume(channel: str, domain: str | None) -> None:
    """Lift the stop and the holds of CHANNEL, after their reason was dealt with.

    A hold also ends by itself, with the first message that is taken.
    """
    lifted = holds.release(channel, domain)
    if domain is not None:
        click.echo(f"{channel} to {domain} is tried again." if lifted else "It was not held.")
        return
    was = (lifted and not channel_status.used(channel)) or channel_status.resume(channel)
    again = was or lifted
    click.echo(f"{channel} may send again." if again else f"{channel} was not stopped.")
