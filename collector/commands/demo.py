"""`collector demo`: a week of a made-up shop through the real pipeline, then pages to look at.

Runs on the embedded database only, and only while messages are kept for looking at: nothing that it
makes up may ever reach anybody. Next: `simulation/demo/week.py` (what happened),
`simulation/demo/customers.py` (who answered), `simulation/demo/play.py` (the pipeline),
`simulation/demo/report.py` (the tables).
"""

from __future__ import annotations

import json
import shutil
import socket
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import func, select

from collector import clock, config
from collector.app import create_app
from collector.commands.context import Refused
from collector.commands.operating import migrate, serve
from collector.config import Settings
from collector.errors import CollectorError, Unavailable
from collector.exports import feed
from collector.exports import files as export_files
from collector.model.base import db
from collector.model.events import Event
from collector.rules import workspace
from collector.rules.apply import apply_workspace
from collector.simulation.demo import play, report
from collector.simulation.demo.week import SOURCE
from collector.web.pages.demo_only import SAMPLE_SITE
from collector.web.widget import sites
from collector.work import tasks

NOTE = "demo.json"
HOST = "127.0.0.1"
STALE = timedelta(days=12)


@dataclass(frozen=True, slots=True)
class Note:
    """Which week this database holds, and whether it was played to its end."""

    end: datetime
    done: bool


@click.command("demo")
@click.option("--serve/--no-serve", default=True, help="Serve the pages afterwards (default).")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Forget the demo's data and play a new week.")
def command(serve: bool, port: int, fresh: bool) -> None:
    """Play a week of a made-up shop, show what came of it, and serve it for trying out.

    Makes an embedded database under .collector (COLLECTOR_HOME), needs nothing else, and sends
    nothing. A second start finds the week there and is quick.
    """
    console = Console(highlight=False)
    try:
        settings = _settings(port)
        if serve:
            _free(port)
        _run(settings, console, fresh)
    except CollectorError as error:
        raise Refused(error.detail) from error
    if serve:
        _serve(settings, console, port)


def _run(settings: Settings, console: Console, fresh: bool) -> None:
    started = monotonic()
    if fresh:
        _forget(settings.home)
    # Bells would wake a thread that lives in real time, in the middle of the simulated week.
    app = create_app(settings, bell=lambda _name: None)
    with app.app_context():
        migrate.to_head()
        note = _note(settings.home)
        if note is None or not note.done:
            _play(settings.home, note, console)
        else:
            tasks.drain()
            _tell_of(note, console)
        sites.allow(SAMPLE_SITE, _origins(settings))
        report.show(console)
        _export(settings.home / "export", console)
        db.session.remove()
        db.engine.dispose()
    console.print(f"[dim]Done in {monotonic() - started:.1f} s.[/dim]")


def _play(home: Path, note: Note | None, console: Console) -> None:
    if note is None:
        # The full hour that has just begun: two starts in one hour play the same week.
        note = Note(clock.now().replace(minute=0, second=0, microsecond=0), False)
        _write_note(home, note)
    with as_file(files("collector.simulation.demo").joinpath("workspace")) as folder:
        apply_workspace(workspace.read(folder))
    columns = (
        TextColumn("playing the week"), BarColumn(), TextColumn("{task.fields[day]}"),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=play.hours(), day="")
        refused = play.play(
            note.end, lambda at: progress.update(bar, advance=1, day=f"{at:%A %H:%M}")
        )
    for code, count in sorted(refused.items()):
        console.print(f"[yellow]{count} refused: {code}[/yellow]")
    _write_note(home, replace(note, done=True))


def _export(folder: Path, console: Console) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in export_files.FORMATS:
        path = folder / f"responses.{kind}"
        try:
            with export_files.replacing(path) as out:
                count = export_files.write(feed.stream(), kind, out)
        except Unavailable as error:
            console.print(f"[yellow]No {kind}: {error.detail}[/yellow]")
        else:
            console.print(f"Exported {count} rows to {_short(path)}", soft_wrap=True)


def _serve(settings: Settings, console: Console, port: int) -> None:
    base = f"http://{HOST}:{port}"
    console.print("\n[bold]Worth opening[/bold]")
    for path, what in (
        ("/preview", 'the messages that were "sent"; follow a link and tap'),
        ("/sample", "a product page with the widget, which asks at once"),
        ("/", "everything at a glance"),
        ("/v1/openapi.json", "the API, described"),
    ):
        console.print(f"  [link={base}{path}]{base}{path:<18}[/link] {what}", soft_wrap=True)
    console.print(f"  {_short(settings.home / 'export')}  the export, as files", soft_wrap=True)
    console.print("\nCtrl-C stops it; a second `collector demo` finds everything as you left it.")
    serve.run(settings, HOST, port)


def _settings(port: int) -> Settings:
    settings = config.read()
    if not settings.embedded:
        raise Refused("the demo makes its own database; unset COLLECTOR_DATABASE_URL to run it")
    if settings.twilio or settings.smtp_url:
        raise Refused(
            "the demo's people are made up, so nothing may be sent to them; "
            "unset COLLECTOR_TWILIO_… and COLLECTOR_SMTP_URL to run it"
        )
    if urlsplit(settings.base_url).hostname != HOST:
        return settings  # somebody looks at this through a proxy and said so
    return replace(settings, base_url=f"http://{HOST}:{port}")


def _free(port: int) -> None:
    """Find out before the week is played, not after. Raises Refused if somebody has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refused(
                f"port {port} is taken ({error.strerror}); "
                "say `collector demo --port 8081`, or make demo ARGS='--port 8081'"
            ) from error


def _origins(settings: Settings) -> list[str]:
    port = settings.base_url.rpartition(":")[2]
    local = [f"http://localhost:{port}"] if settings.base_url == f"http://{HOST}:{port}" else []
    return [settings.base_url, *local]


def _note(home: Path) -> Note | None:
    """The note, if the database still holds that week."""
    try:
        stored = json.loads((home / NOTE).read_text())
        note = Note(datetime.fromisoformat(stored["end"]), bool(stored["done"]))
    except (OSError, ValueError, KeyError, TypeError):
        note = None
    held = db.session.scalar(select(func.count(Event.id)).where(Event.source == SOURCE)) or 0
    others = db.session.scalar(select(func.count(Event.id)).where(Event.source != SOURCE)) or 0
    if note is None and others:
        raise Refused(
            "this database holds other events than the demo's; keep the demo apart with "
            "COLLECTOR_HOME=.collector-demo"
        )
    return note if held else None


def _write_note(home: Path, note: Note) -> None:
    home.mkdir(parents=True, exist_ok=True)
    aside = home / (NOTE + ".next")
    aside.write_text(json.dumps({"end": note.end.isoformat(), "done": note.done}))
    aside.replace(home / NOTE)


def _forget(home: Path) -> None:
    """Remove what a demo made, and nothing where no demo was."""
    if not (home / NOTE).exists():
        if (home / "collector.db").exists():
            raise Refused(f"{home} was not made by the demo; --fresh leaves it alone")
        return
    for name in ("collector.db", "collector.db-wal", "collector.db-shm", NOTE):
        (home / name).unlink(missing_ok=True)
    for name in ("preview", "export"):
        shutil.rmtree(home / name, ignore_errors=True)


def _tell_of(note: Note, console: Console) -> None:
    age = clock.now() - note.end
    console.print(f"The week that ended {note.end:%Y-%m-%d %H:%M} UTC is already here.")
    if age > STALE:
        console.print("[yellow]Its questions have lapsed; --fresh plays a new week.[/yellow]")


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
