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
from collector import clock
from collector.commands.context import with_app
from collector.invitations.optouts import bounces, unread
from collector.web.callbacks import email


@click.command("bounces")
@click.argument("paths", metavar="[MAIL|MAILDIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--secret", is_flag=True, help="Print the secret that a relay signs with, and stop.")
@click.option("--unread", "show", is_flag=True, help="Show what nobody could read, and stop.")
@with_app
def command(paths: tuple[Path, ...], secret: bool, show: bool) -> None:
    """Take bounces and complaints from mails: files, Maildirs, or one mail on standard input.

    A dead mailbox and a complaint suppress the address that we wrote to; what may pass does after
    several days (see `collector suppressions`). What is our own fault (a relay or a policy that
    refuses us) suppresses nobody and holds what it concerns (`collector channels list`).
    """
    if secret:
        click.echo(email.secret())
        return
    if show:
        _show(unread.listed())
        return
    taken = bounces.Taken()
    for raw in _mails(paths):
        taken += bounces.take_mail(raw)
    click.echo(_line(taken))


def _line(taken: bounces.Taken) -> str:
    words = (
        f"matched {taken.matched}, not about our mails {taken.unknown}, no report {taken.no_report}"
    )
    for count, what in (
        (taken.ours, "a fault of ours (`collector channels list`)"),
        (taken.unclear, "matched but not understood"),
        (taken.delayed, "still being tried"),
        (taken.automatic, "automatic replies"),
    ):
        words += f", {what} {count}" if count else ""
    if taken.unknown or taken.unclear:
        words += "; `collector bounces --unread` shows what led to nothing"
    return words


def _show(found: list[unread.UnreadReport]) -> None:
    if not found:
        click.echo("None: everything that came back was read.")
    for one in found:
        click.echo(f"{one.id}  {one.why}  {one.times}x  {clock.iso(one.last_at)}")
        click.echo("\n".join(f"    {line}" for line in one.outline.splitlines()))


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
