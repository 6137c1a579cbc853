"""`collector people`: what is known of one person, and their erasure.

The reference is the company's own name for the person. On the command line it stays in the shell's
history, so it is asked for where it is left out.
"""

from __future__ import annotations

import click
import orjson

from collector import clock
from collector.commands.context import with_app
from collector.exports.erase_person import erase_person
from collector.intake.known import known
from collector.model.audit import author

REF = click.option(
    "--ref",
    prompt="Reference",
    help="The company's own name for the person; asked for if left out.",
)


@click.group("people")
def command() -> None:
    """Look a person up, or erase them for good.

    \b
    collector people show --ref c-17
    collector people erase --ref c-17 --by dpo --reason "asked for it, ticket 9"
    collector audit-log --kind person
    """


@command.command("show")
@REF
@with_app
def show(ref: str) -> None:
    """All that is known of one person, as JSON."""
    one = known(ref)
    told = {
        "id": one.id,
        "ref": one.ref,
        "kind": one.kind,
        "locale": one.locale,
        "timezone": one.timezone,
        "contacts": dict(one.addresses),
        "attributes": dict(one.attributes),
        "consent": {
            channel: {"state": word.state, "source": word.source, "at": clock.iso(word.since)}
            for channel, word in one.words.items()
        },
    }
    click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())


@command.command("erase")
@REF
@click.option("--by", required=True, help="Who does it: an id or a name, kept in the audit log.")
@click.option("--reason", default="", help="Why, for the audit log; no customer's data.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@with_app
def erase(ref: str, by: str, reason: str, yes: bool) -> None:
    """Erase one person: whatever leads to them goes, at once and for good.

    Their answers stay as bare numbers, each with a tombstone in the feed. Addresses that said no
    stay on the list of those that are not written to.
    """
    who = author(by, reason)
    known(ref)
    if not yes:
        click.confirm("This cannot be undone. Erase this person?", abort=True)
    gone = erase_person(ref, who)
    click.echo(f"Erased ({gone.person_id}). Answers taken back: {gone.answers}.")
