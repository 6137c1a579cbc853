"""`collector doctor`: checks every real component and says what is wrong and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from channels.base import ChannelError
from collector import clock, config
from collector.app import create_app
from collector.commands.context import EXIT_INVALID, Refused
from collector.commands.operating import asking
from collector.config import settings
from collector.errors import CollectorError
from collector.intake import left_out
from collector.invitations.senders import channel_status, holds
from collector.invitations.transports import channels
from collector.model.base import db
from collector.settings import listing
from collector.work import tasks

Finding = tuple[bool | None, str]
"""All is well (True), something has to be mended (False), or somebody should look (None)."""
MANY_WAITING = 10_000
MARKS: dict[bool | None, tuple[str, str]] = {
    True: ("ok ", "green"), False: ("NO ", "red"), None: ("!! ", "yellow"),
}  # fmt: skip


@click.command("doctor")
@click.option("--settings", "list_settings", is_flag=True, help="List the settings and stop.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text",
    help="How --settings lists them; markdown is the page docs/settings.md.",
)  # fmt: skip
def command(list_settings: bool, form: str) -> None:
    """Check database, migrations, Redis, channels, keys and backlog; say how to mend what is wrong.

    Exit code 0 when all is well, 2 otherwise; what only somebody should look at (`!!`) is well.
    Sends nothing and writes nothing.
    """
    if list_settings:
        show = listing.markdown if form == "markdown" else listing.text
        click.echo(show(config.declared()))
        return
    try:
        app = create_app()
    except CollectorError as error:
        raise Refused(error.detail) from error
    with app.app_context():
        sick = sum(_report(name, check) for name, check in CHECKS)
    if sick:
        click.echo(f"\n{sick} of {len(CHECKS)} need attention.")
        raise SystemExit(EXIT_INVALID)
    click.echo("\nAll is well.")


def _report(name: str, check: Callable[[], Iterator[Finding]]) -> bool:
    sick = False
    try:
        findings = list(check())
    except SQLAlchemyError:
        findings = [(False, "not checked: the database did not answer")]
    for fine, sentence in findings:
        word, colour = MARKS[fine]
        click.echo(f"{click.style(word, fg=colour)} {name:12} {sentence}")
        sick = sick or fine is False
    return sick


def _mode() -> Iterator[Finding]:
    mode = "embedded (SQLite, a thread, previews)" if settings().embedded else "grown up"
    yield True, f"{mode}; {len(settings().secret_keys)} key(s), the last one signs"


def _database() -> Iterator[Finding]:
    try:
        db.session.execute(text("SELECT 1"))
        yield True, f"{db.engine.dialect.name} answers"
    except SQLAlchemyError:
        yield False, "does not answer; check COLLECTOR_DATABASE_URL, and that the server runs"


def _migrations() -> Iterator[Finding]:
    with db.engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    if there == head:
        yield True, f"tables are at version {there}"
    else:
        yield False, f"tables are at version {there}, not {head}; run `collector migrate`"


def _redis() -> Iterator[Finding]:
    url = settings().redis_url
    if url is None:
        yield True, "not set; a thread in the web process wakes the stages"
        return
    try:
        with Redis.from_url(url, socket_timeout=5) as redis:
            redis.ping()
        yield True, "answers"
    except (RedisError, OSError):
        yield False, "does not answer; check COLLECTOR_REDIS_URL (work goes on by the sweep)"


def _channels() -> Iterator[Finding]:
    for kind, channel in sorted(channels().items()):
        try:
            yield True, f"{kind}: {channel.check()}"
        except ChannelError as error:
            yield False, f"{kind}: {error}"
    for sender in channel_status.statuses():
        if sender.stopped_at:
            yield (
                False,
                f"{sender.channel}: stopped since {clock.iso(sender.stopped_at)} "
                f"({sender.stop_code}); find out why, then `collector channels resume "
                f"{sender.channel}`",
            )
    for hold in holds.listed():
        where = f" to {hold.domain}" if hold.domain else ""
        yield (
            False,
            f"{hold.channel}{where}: held since {clock.iso(hold.since)} "
            f"({hold.cause}, {hold.code}): {hold.sentence} Nobody is blamed, the asks wait or go "
            "by their next channel; mend it, then it goes on by itself or with "
            f"`collector channels resume {hold.channel}`",
        )
    for kind in ("sms", "email"):
        if kind not in channels():
            yield True, f"{kind}: no provider set; rules skip this channel"


def _refused() -> Iterator[Finding]:
    found = Counter[str]()
    for line in left_out.listed(days=2):
        found[line.kind] += line.number
    lost, unheard = found[left_out.REFUSED], found[left_out.UNHEARD]
    said = [f"{lost:,} refused"] if lost else []
    said += [f"{unheard:,} of a type that is nearly one a rule listens to"] if unheard else []
    if said:
        yield True, f"since yesterday {', '.join(said)}; `collector refused` says why"
    else:
        yield True, "everything sent since yesterday was kept"


def _backlog() -> Iterator[Finding]:
    waiting = {task.name: task.backlog() for task in tasks.TASKS}
    busy = ", ".join(f"{name} {count}" for name, count in waiting.items() if count)
    fine = max(waiting.values()) < MANY_WAITING
    yield (
        fine,
        (f"due now: {busy}" if busy else "nothing is due")
        + ("" if fine else "; start more workers (`collector worker`)"),
    )


def _clock() -> Iterator[Finding]:
    if settings().clock_file:
        yield False, "is simulated (COLLECTOR_CLOCK_FILE is set); unset it outside a replay"
        return
    if settings().sqlite:
        yield True, "one machine, one clock"
        return
    theirs = db.session.execute(text("SELECT now()")).scalar_one()
    apart = abs(clock.now() - clock.aware(theirs))
    fine = apart < timedelta(seconds=30)
    yield (
        fine,
        f"{apart.total_seconds():.1f} s from the database's"
        + ("" if fine else "; set up NTP on both machines"),
    )


CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("mode", _mode),
    ("database", _database),
    ("migrations", _migrations),
    ("redis", _redis),
    ("channels", _channels),
    ("rules", asking.check),
    ("advice", asking.warned),
    ("intake", _refused),
    ("backlog", _backlog),
    ("clock", _clock),
)
