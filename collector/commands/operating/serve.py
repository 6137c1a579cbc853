"""`collector serve`: the web process, under gunicorn (threads; several processes where it grew up),
or under granian, which costs less per request (`granian_server.py`).

`run` is also how the demo serves. In the embedded default one process does everything, with the
doorbell's thread inside it.
"""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from collector.app import create_app
from collector.commands.context import Refused
from collector.commands.operating import granian_server
from collector.commands.operating.settle_memory import settle_memory
from collector.config import EMBEDDED_BASE_URL, Settings, names_its_address
from collector.errors import CollectorError
from collector.settings.served import remember_served, served_at
from collector.work.doorbell import start_embedded

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn with our options instead of a configuration file."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        # Each worker process makes its own app: connections and threads do not survive a fork.
        app = create_app(self._settings)
        start_embedded(app)
        settle_memory()
        return app


def run(
    settings: Settings,
    host: str,
    port: int,
    processes: int | None = None,
    server: str = "gunicorn",
) -> None:
    """Serve until told to stop. Raises Refused if somebody else has the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"cannot listen on {host}:{port} ({error.strerror}); try another --port"
            ) from error
        except (ValueError, TypeError) as error:  # a label too long, a zero byte
            raise Refused("--host is no address to listen on, such as 127.0.0.1") from error
    settings = reached_at(settings, host, port)
    processes = processes or (1 if settings.embedded else 2)
    if server == "granian":
        granian_server.run(host, port, processes, THREADS)
        return
    Server(
        settings,
        {
            "bind": f"{f'[{host}]' if ':' in host else host}:{port}",
            "workers": processes,
            "threads": THREADS,
            "worker_class": "gthread",
            "accesslog": None,  # an access log would keep links, which are tokens
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 20,
        },
    ).run()


def reached_at(settings: Settings, host: str, port: int) -> Settings:
    """The settings as the pages have to name them: where no public address is set, the one that is
    listened on, which the other commands find in a file (`config.py`)."""
    if names_its_address():
        return settings
    if settings.embedded and settings.base_url in (EMBEDDED_BASE_URL, served_at(settings.home)):
        name = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
        address = f"http://{f'[{name}]' if ':' in name else name}:{port}"
        remember_served(settings.home, address)
        return replace(settings, base_url=address)
    return settings


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", type=click.IntRange(1, 64), help="Default: 1 embedded, else 2.")
@click.option(
    "--server",
    type=click.Choice(["gunicorn", "granian"]),
    default="gunicorn",
    show_default=True,
    help="granian costs half as much per tap; it is an extra: pip install 'collector[fast]'.",
)
def command(host: str, port: int, processes: int | None, server: str) -> None:
    """Serve the API, the pages and the widget.

    Put a proxy that ends TLS in front; COLLECTOR_BASE_URL is the address that customers see.
    """
    try:
        settings: Settings = create_app().extensions["collector.settings"]
    except CollectorError as error:
        raise Refused(error.detail) from error
    public = reached_at(settings, host, port).base_url
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Listening on http://{shown}:{port} (public address {public})", err=True)
    run(settings, host, port, processes, server)
