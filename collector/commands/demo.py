"""`collector demo`: a week of a made-up shop through the real pipeline, then pages to look at.

Options, the port and serving; the demo itself is `simulation/demo/run.py`.
"""

from __future__ import annotations

import socket
from time import monotonic

import click
from rich.console import Console

from collector import config
from collector.app import create_app
from collector.commands.context import Refused
from collector.commands.operating import migrate, serve
from collector.config import Settings
from collector.errors import CollectorError
from collector.model.base import db
from collector.simulation.demo import run, week_note
from collector.simulation.demo.run import HOST, short


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
        settings = run.checked(config.read(), port)
        if serve:
            _free(port)
        _play(settings, console, fresh)
    except CollectorError as error:
        raise Refused(error.detail) from error
    if serve:
        _serve(settings, console, port)


def _play(settings: Settings, console: Console, fresh: bool) -> None:
    started = monotonic()
    if fresh:
        week_note.forget(settings.home)
    # Bells would wake a thread that lives in real time, in the middle of the simulated week.
    app = create_app(settings, bell=lambda _name: None)
    with app.app_context():
        migrate.to_head()
        run.run(settings, console)
        db.session.remove()
        db.engine.dispose()
    console.print(f"[dim]Done in {monotonic() - started:.1f} s.[/dim]")


def _serve(settings: Settings, console: Console, port: int) -> None:
    base = f"http://{HOST}:{port}"
    console.print("\n[bold]Worth opening[/bold]")
    for path, what in (
        ("/cleaned", "why raw and cleaned differ, answer by answer"),
        ("/preview", 'the messages that were "sent"; follow a link, or text back'),
        ("/sample", "a product page with the widget, which asks at once"),
        ("/", "everything at a glance"),
        ("/v1/openapi.json", "the API, described"),
    ):
        console.print(f"  [link={base}{path}]{base}{path:<18}[/link] {what}", soft_wrap=True)
    console.print(f"  {short(settings.home / 'export')}  the export, as files", soft_wrap=True)
    console.print("\nCtrl-C stops it; a second `collector demo` finds everything as you left it.")
    serve.run(settings, HOST, port)


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
