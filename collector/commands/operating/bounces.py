"""`collector bounces`: hands delivery reports and complaints in, from a mailbox or a pipe.

For where no relay can post them: `collector bounces < mail.eml`, or a Maildir that the relay's
bounce address delivers to. The same may be handed in again; nothing is moved or deleted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from channels.email import feedback
from collector.commands.context import with_app
from collector.invitations.optouts import bounces
from collector.web.callbacks import email


@click.command("bounces")
@click.argument("paths", metavar="[MAIL|MAILDIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--secret", is_flag=True, help="Print the secret that a relay signs with, and stop.")
@with_app
def command(paths: tuple[Path, ...], secret: bool) -> None:
    """Take bounces and complaints from mails: files, Maildirs, or one mail on standard input.

    Hard bounces and complaints suppress the address that we wrote to; soft ones never do.
    """
    if secret:
        click.echo(email.secret())
        return
    matched = unknown = others = 0
    for raw in _mails(paths):
        try:
            taken = bounces.take(feedback.read(raw))
        except feedback.Unreadable:
            others += 1
            continue
        matched, unknown = matched + taken.matched, unknown + taken.unknown
    click.echo(f"matched {matched}, not about our mails {unknown}, no report {others}")


def _mails(paths: tuple[Path, ...]) -> Iterator[bytes]:
    if not paths:
        yield sys.stdin.buffer.read(feedback.LARGEST + 1)
    for path in paths:
        try:
            folders = [path / name for name in ("new", "cur") if (path / name).is_dir()]
            files = (
                [one for folder in folders or [path] for one in sorted(folder.iterdir())]
                if (path.is_dir())
                else [path]
            )
            for one in files:
                with one.open("rb") as mail:
                    yield mail.read(feedback.LARGEST + 1)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be read: {error.strerror}") from error
