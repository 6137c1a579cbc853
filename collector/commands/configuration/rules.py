"""`collector rules`: rules as files and by hand: check, compare, apply, switch, go back.

The commands on folders are those of `files.py`; the verbs are in `rules/change.py`.
`docs/rules.md` walks through them.
"""

from __future__ import annotations

import click

from collector.commands.configuration.files import FOLDER_COMMANDS, line_of, with_author
from collector.commands.configuration.history import show
from collector.commands.context import with_app
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
    """


for folder_command in FOLDER_COMMANDS:
    command.add_command(folder_command)


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
    """Switch a rule live, or pause it. Makes no new version."""
    click.echo(line_of(change.set_status(key, status, change.ANY, author(by, reason))))


@command.command()
@click.argument("key")
@click.option("--to", type=click.IntRange(1), help="The version; the one before this by default.")
@with_author
@with_app
def rollback(key: str, to: int | None, by: str, reason: str) -> None:
    """Go back one step: a new version that equals the one before (or --to)."""
    click.echo(line_of(change.roll_back_rule(key, to, change.ANY, author(by, reason))))
