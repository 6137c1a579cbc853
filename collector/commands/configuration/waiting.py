"""What `collector rules|surveys waiting` and `call-off` print: the asks that wait.

Reads `invitations/stops/waiting.py`, calls off through `invitations/stops/call_off.py`.
"""

from __future__ import annotations

import json

import click

from collector.invitations.stops import call_off, waiting
from collector.invitations.stops.waiting import Which
from collector.model.audit import Author

HELD = {
    "everything_paused": "held: everything is paused (`collector resume`)",
    "rule_paused": "held: the rule is paused or a draft",
    "survey_paused": "held: the survey is paused",
    "rule_retired": "about to be called off: the rule is retired",
    "survey_retired": "about to be called off: the survey is retired",
}


def show_waiting(which: Which, limit: int, as_json: bool) -> None:
    """Print the counts, and at most `limit` asks by when they are due."""
    counted = waiting.count(which)
    rows = waiting.listed(which, limit)
    if as_json:
        click.echo(json.dumps({"waiting": counted.as_json(), "asks": rows}, indent=2))
        return
    click.echo(waiting.sentence(counted, "{they} going out when due"
                                if not counted.held else "{they} held"))  # fmt: skip
    for code, number in counted.held.items():
        click.echo(f"  {number} {HELD[code]}")
    if counted.by_channel:
        channels = ", ".join(f"{kind} {number}" for kind, number in counted.by_channel.items())
        click.echo(f"  next channel: {channels}")
    for row in rows:
        click.echo(
            f"{row['due_at']}  {row['what']:<8} {row['channel']:<7} {row['person']}  "
            f"(event {row['event']}, not after {row['until']})"
        )
    more = counted.first + counted.following - len(rows)
    if more > 0:
        click.echo(f"… and {more} more (--limit)")


def call_off_waiting(which: Which, who: Author) -> None:
    """Count, call off, count again."""
    before = waiting.count(which)
    cancelled = call_off.by_hand(which, who)
    after = waiting.count(which)
    click.echo(waiting.sentence(before, "to be called off"))
    click.echo(f"{cancelled} called off; {before.following} reminders dropped; "
               f"{after.first + after.following} wait now")  # fmt: skip
