"""`collector serve`: the web process, under gunicorn (threads; several processes where it grew up).

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
from collector.config import EMBEDDED_BASE_URL, Settings
from collector.errors import CollectorError
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
        return app


def run(settings: Settings, host: str, port: int, processes: int | None = None) -> None:
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
    if settings.base_url == EMBEDDED_BASE_URL:
        settings = replace(settings, base_url=f"http://{host}:{port}")
    Server(
        settings,
        {
            "bind": f"{f'[{host}]' if ':' in host else host}:{port}",
            "workers": processes or (1 if settings.embedded else 2),
            "threads": THREADS,
            "worker_class": "gthread",
            "accesslog": None,  # an access log would keep links, which are tokens
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 20,
        },
    ).run()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", type=click.IntRange(1, 64), help="Default: 1 embedded, else 2.")
def command(host: str, port: int, processes: int | None) -> None:
    """Serve the API, the pages and the widget.

    Put a proxy that ends TLS in front; COLLECTOR_BASE_URL is the address that customers see.
    """
    try:
        settings: Settings = create_app().extensions["collector.settings"]
    except CollectorError as error:
        raise Refused(error.detail) from error
    click.echo(f"Listening on http://{host}:{port} (public address {settings.base_url})", err=True)
    run(settings, host, port, processes)
