"""`collector pause` and `collector resume`: nobody is asked anything, until somebody goes on.

The verbs are in `invitations/stops/everything.py`; docs/pausing.md says what goes on meanwhile.
"""

from __future__ import annotations

import click

from collector import clock
from collector.commands.configuration.files import with_author
from collector.commands.context import with_app
from collector.invitations.stops import everything, waiting
from collector.invitations.stops.waiting import Which
from collector.model.audit import author


@click.command("pause")
@with_author
@with_app
def command(by: str, reason: str) -> None:
    """Pause everything: no ask leaves by any channel until `collector resume`.

    Holds for all processes at once and survives restarts. Events are still taken and decided,
    answers are still recorded. What waits goes out afterwards, unless its time has passed.
    """
    paused = everything.pause(author(by, reason))
    halt = everything.state()
    if not paused and halt is not None:
        click.echo(f"everything was paused already, since {clock.iso(halt.at)} by {halt.by}: "
                   f"{halt.reason}")  # fmt: skip
    else:
        click.echo("everything is paused; nothing goes out until `collector resume`")
    click.echo(waiting.sentence(waiting.count(Which()), "{they} held"))


@click.command("resume")
@with_author
@with_app
def resume(by: str, reason: str) -> None:
    """Go on after `collector pause`. What waits goes out when it is due and still in time."""
    resumed = everything.resume(author(by, reason))
    click.echo("asking goes on" if resumed else "nothing was paused; asking goes on")
    counted = waiting.count(Which())
    held = sum(counted.held.values())
    click.echo(waiting.sentence(counted, "{they} going out when due"))
    if held:
        click.echo(f"{held} of them are still held, by a paused rule or survey "
                   "(`collector rules list`, `collector surveys list`)")  # fmt: skip
