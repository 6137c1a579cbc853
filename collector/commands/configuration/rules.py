"""`collector rules`: rules as files and by hand: check, compare, apply, switch, go back.

The commands on folders are those of `files.py`; the verbs are in `rules/change.py`.
`docs/rules.md` walks through them.
"""

from __future__ import annotations

import click

from collector.commands.configuration import told_fields
from collector.commands.configuration.files import FOLDER_COMMANDS, tell, with_author
from collector.commands.configuration.history import show
from collector.commands.configuration.waiting import call_off_waiting, show_waiting
from collector.commands.context import with_app
from collector.invitations.stops.waiting import Which
from collector.model.audit import author
from collector.rules import catalog, change
from collector.rules.definition import STATUSES


@click.group("rules")
def command() -> None:
    """Rules: when to ask whom. As files in DIR, or one by one by KEY.

    \b
    collector rules validate DIR                     check the files
    collector rules diff DIR                         what would change
    collector rehearse DIR/rules/x.yaml --from 7d    what it would have done
    collector rules apply DIR --by ana --reason …    take into use, all or none
    collector rules rollback KEY --by ana --reason … one step back
    collector rules status KEY paused --by ana …     stop asking, what waits too
    collector rules waiting KEY                      what waits, and what holds it
    """


for folder_command in FOLDER_COMMANDS:
    command.add_command(folder_command)
command.add_command(told_fields.command(told_fields.RULE))


@command.command("list")
@with_app
def list_rules() -> None:
    """All rules, with version and status."""
    for rule in catalog.all_rules():
        survey = rule.definition["survey"]
        click.echo(f"{rule.status:<7} {rule.key} (version {rule.version}) on {rule.event_type}"
                   f" asks {survey}")  # fmt: skip


@command.command()
@click.argument("key")
@with_app
def history(key: str) -> None:
    """Every change of one rule: who, when, why, and what differs."""
    catalog.get(key)
    show("rule", key)


@command.command()
@click.argument("key")
@click.argument("status", type=click.Choice(STATUSES[1:]))
@with_author
@with_app
def status(key: str, status: str, by: str, reason: str) -> None:
    """Switch a rule live, pause it, or retire it. Makes no new version.

    Paused: nothing of this rule goes out from now on, also of what waits already; it goes out if
    the rule is live again in time. Retired: what waits is called off.
    """
    tell([change.set_status(key, status, change.ANY, author(by, reason))])


@command.command()
@click.argument("key")
@click.option("--limit", type=click.IntRange(0, 10_000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Counts and list as JSON.")
@with_app
def waiting(key: str, limit: int, as_json: bool) -> None:
    """The asks of a rule that wait to go out, counted and listed; and what holds them, if they are
    held. Reminders and further channels of asks that went out are among them."""
    catalog.get(key)
    show_waiting(Which(rule=key), limit, as_json)


@command.command("call-off")
@click.argument("key")
@with_author
@with_app
def call_off(key: str, by: str, reason: str) -> None:
    """Cancel all asks of a rule that wait. They never go out; the rule stays as it is."""
    catalog.get(key)
    call_off_waiting(Which(rule=key), author(by, reason))


@command.command()
@click.argument("key")
@click.option("--to", type=click.IntRange(1), help="The version; the one before this by default.")
@with_author
@with_app
def rollback(key: str, to: int | None, by: str, reason: str) -> None:
    """Go back one step: a new version that equals the one before (or --to). The status stays."""
    tell([change.roll_back_rule(key, to, change.ANY, author(by, reason))])
