"""Runs the demo: the week is played once, its tables are shown, its export is written.

Runs on the embedded database only, and only while messages are kept for looking at: nothing that it
makes up may ever reach anybody. Next: `week.py` (what happened), `customers.py` (who answered),
`play.py` (the pipeline), `report.py` (the tables), `week_note.py` (which week is here).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from collector import clock
from collector.config import Settings
from collector.errors import Conflict, Unavailable
from collector.exports import feed
from collector.exports import files as export_files
from collector.exports.copying.write import write
from collector.exports.cut import Cut
from collector.integrity.inputs.roster.reading import read as read_roster
from collector.integrity.inputs.roster.replace import replace as replace_roster
from collector.model.audit import SERVICE
from collector.model.sql.source import of_app
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.simulation.demo import gaming, play, report, week, week_note
from collector.simulation.demo.week_note import Note
from collector.web.pages.demo_only import SAMPLE_SITE
from collector.web.widget import sites
from collector.work import tasks

HOST = "127.0.0.1"
STALE = timedelta(days=12)


def checked(settings: Settings, port: int) -> Settings:
    """These settings, with links that lead to this port. Raises Conflict where they are not the
    embedded default's: a demo on them could reach somebody."""
    if not settings.embedded:
        raise Conflict("the demo makes its own database; unset COLLECTOR_DATABASE_URL to run it")
    if settings.twilio or settings.smtp_url:
        raise Conflict(
            "the demo's people are made up, so nothing may be sent to them; "
            "unset COLLECTOR_TWILIO_… and COLLECTOR_SMTP_URL to run it"
        )
    if urlsplit(settings.base_url).hostname != HOST:
        return settings  # somebody looks at this through a proxy and said so
    return replace(settings, base_url=f"http://{HOST}:{port}")


def run(settings: Settings, console: Console) -> None:
    """Play the week if it is not here yet, show it, export it. In an app whose tables are migrated
    and whose bells are silent. Raises Conflict where the database holds something else."""
    note = week_note.read(settings.home)
    if note is None or not note.done:
        _play(settings.home, note, console)
    else:
        tasks.drain()
        _tell_of(note, console)
    sites.allow(SAMPLE_SITE, _origins(settings))
    report.show(console)
    _export(settings.home / "export", console)


def _play(home: Path, note: Note | None, console: Console) -> None:
    if note is None:
        # The full hour that has just begun: two starts in one hour play the same week.
        note = Note(clock.now().replace(minute=0, second=0, microsecond=0), False)
        week_note.write(home, note)
    with as_file(files("collector.simulation.demo").joinpath("workspace")) as folder:
        apply_workspace(workspace.read(folder))
    with clock.at(note.end - timedelta(days=week.DAYS)):
        staff = enumerate(gaming.roster())
        replace_roster(read_roster((f"/{at}", entry) for at, entry in staff), SERVICE)
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
    week_note.write(home, replace(note, done=True))


def _export(folder: Path, console: Console) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("ndjson", "csv", "parquet"):
        path = folder / f"responses.{kind}"
        try:
            with export_files.replacing(path) as out:
                count = write(of_app(), kind, out, Cut(0, feed.last_number()))
        except Unavailable as error:
            console.print(f"[yellow]No {kind}: {error.detail}[/yellow]")
        else:
            told = f"{count} rows ({_made_of(count)})"
            console.print(f"Exported {told} to {short(path)}", soft_wrap=True)


def _made_of(rows: int) -> str:
    """So many of the rows are first ones; the others are edits and changed verdicts."""
    answers = len({row["response_id"] for row in feed.stream()})
    return f"{answers} answers, and {rows - answers} later revisions of them"


def _origins(settings: Settings) -> list[str]:
    port = settings.base_url.rpartition(":")[2]
    local = [f"http://localhost:{port}"] if settings.base_url == f"http://{HOST}:{port}" else []
    return [settings.base_url, *local]


def _tell_of(note: Note, console: Console) -> None:
    age = clock.now() - note.end
    console.print(f"The week that ended {note.end:%Y-%m-%d %H:%M} UTC is already here.")
    if age > STALE:
        console.print("[yellow]Its questions have lapsed; --fresh plays a new week.[/yellow]")


def short(path: Path) -> str:
    """The path as somebody in this folder would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
