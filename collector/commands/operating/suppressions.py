"""`collector suppressions`: addresses that are not written to: which, why, and let one be again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import click

from collector import clock
from collector.commands import listing
from collector.commands.context import with_app
from collector.invitations.optouts import lift as lifting
from collector.invitations.optouts import suppression_views as views
from collector.invitations.optouts.suppression_views import SuppressionView, Wanted

BY = click.option("--by", required=True, help="Who: an id or a name, kept in the audit log.")
REASON = click.option("--reason", required=True, help="Why, for the audit log; no customer's data.")
DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"])
COLUMNS: Final[dict[str, Callable[[SuppressionView], str]]] = {
    "suppression": lambda view: view.id,
    "channel": lambda view: view.channel,
    "address": lambda view: view.address,
    "reason": lambda view: view.reason,
    "cause": lambda view: view.cause,
    "code": lambda view: view.code,
    "since": lambda view: f"{view.since:%Y-%m-%d %H:%M}",
}


@click.group("suppressions")
def command() -> None:
    """Addresses that are not written to: list, explain, lift with a reason.

    \b
    collector suppressions list --reason undeliverable --since 2026-08-01
    collector suppressions explain sup_…            or an address
    collector suppressions lift sup_… --by ops --reason "mailbox is back, ticket 12"
    collector suppressions lift-many --cause policy --since 2026-08-01 --by ops --reason "…"
    collector audit-log --kind suppression

    Refusals that are our own fault suppress nobody; see `collector channels list` for those.
    """


@command.command("list")
@click.option("--channel", default="", help="Only of this channel.")
@click.option("--reason", default="", help="Only with this reason, such as undeliverable or stop.")
@click.option("--cause", default="", help="Only with this cause, such as no_mailbox.")
@click.option("--since", type=DAY, help="Only those from this day on (UTC).")
@click.option("--until", type=DAY, help="Only those from before this day (UTC).")
@listing.paged
@with_app
def show_all(
    channel: str,
    reason: str,
    cause: str,
    since: datetime | None,
    until: datetime | None,
    before: str,
    limit: int,
    as_json: bool,
) -> None:
    """The newest first, addresses masked."""
    wanted = Wanted(channel, reason, cause, "", _utc(since), _utc(until))
    none = listing.empty(
        "suppressions", "every address is written to.", channel, reason, cause, since, until, before
    )
    listing.show(views.page(wanted, before, limit), none, COLUMNS, as_json=as_json)


@command.command("explain")
@click.argument("which", metavar="SUPPRESSION_OR_ADDRESS")
@with_app
def explain(which: str) -> None:
    """Why an address is not written to, since when, and what could lift that."""
    channel = "email" if "@" in which else "sms"
    view = views.get(which) if which.startswith("sup_") else views.of_address(channel, which)
    if view is None:
        click.echo("This address is not suppressed.")
        if days := views.failing_days(channel, which):
            click.echo(f"Mail to it failed on {days} day(s) since it last arrived; that adds up.")
        return
    code = f" (code {view.code})" if view.code else ""
    click.echo(f"{view.id}: {view.address} gets nothing by {view.channel}.")
    click.echo(f"{view.sentence}{code} Since {clock.iso(view.since)}.")
    if view.liftable == "reason":
        click.echo(f'To lift it: collector suppressions lift {view.id} --by YOU --reason "…"')
    else:
        click.echo(
            "Only the person takes this back. If they asked you: collector suppressions lift "
            f'{view.id} --person-asked --by YOU --reason "how and when they asked"'
        )


@command.command("lift")
@click.argument("suppression_id")
@BY
@REASON
@click.option(
    "--person-asked", is_flag=True,
    help="The person asked to be written to again; needed where they had said no.",
)  # fmt: skip
@with_app
def lift(suppression_id: str, by: str, reason: str, person_asked: bool) -> None:
    """Let the address of SUPPRESSION_ID be written to again, from the next ask on."""
    lifting.lift(suppression_id, by, reason, person_asked=person_asked)
    click.echo(f"{suppression_id} is lifted.")


@command.command("lift-many")
@click.option("--channel", default="email", show_default=True)
@click.option("--cause", default="", help="Only with this cause; `not_kept` for those without.")
@click.option("--code", default="", help="Only with this code, such as 5.7.1 or 550.")
@click.option("--since", type=DAY, help="Only those from this day on (UTC).")
@click.option("--until", type=DAY, help="Only those from before this day (UTC).")
@BY
@REASON
@click.option("--yes", is_flag=True, help="Do it. Without this it only says how many there are.")
@with_app
def lift_many(
    channel: str,
    cause: str,
    code: str,
    since: datetime | None,
    until: datetime | None,
    by: str,
    reason: str,
    yes: bool,
) -> None:
    """Lift what a misconfiguration suppressed. What a person asked for is never among them."""
    wanted = Wanted(channel, "", cause, code, _utc(since), _utc(until))
    count = lifting.lift_many(wanted, by, reason, dry_run=not yes)
    click.echo(f"{count} lifted." if yes else f"{count} would be lifted; say --yes to do it.")


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
