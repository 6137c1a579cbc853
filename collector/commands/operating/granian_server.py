"""`collector serve --server granian`: the same service under a server that costs less per request.

Granian reads HTTP outside Python, which gunicorn does inside it: for a tap that is most of a
server's time. An extra (`collector[fast]`), loaded only when it is asked for. Called by `serve.py`,
whose limits it shares; a worker process that ends is replaced, and SIGTERM lets requests end. One
that ends again within 5.5 seconds is a crash loop for Granian: the service ends with an error, for
its supervisor to start again, where gunicorn would go on replacing it.
"""

from __future__ import annotations

from flask import Flask

from collector.app import create_app
from collector.commands.context import Refused
from collector.commands.operating.settle_memory import settle_memory
from collector.work.doorbell import start_embedded

GRACE = 20  # seconds
RESPAWN = 0.2
BACKLOG = 1_024
TARGET = f"{__name__}:load"


def load() -> Flask:
    """The app of one worker process; connections and threads do not survive a fork."""
    app = create_app()
    start_embedded(app)
    settle_memory()
    return app


def run(host: str, port: int, processes: int, threads: int) -> None:
    """Serve until told to stop. Raises Refused where granian is not installed."""
    try:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels
    except ImportError as error:
        raise Refused(
            "granian is not installed; pip install 'collector[fast]', or leave --server away"
        ) from error
    Granian(
        TARGET,
        host,
        port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=processes,
        blocking_threads=threads,
        # More than are worked on wait in the queue of the kernel, as under gunicorn.
        backlog=BACKLOG,
        backpressure=max(threads * 8, 64),
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,  # an access log would keep links, which are tokens
        respawn_failed_workers=True,
        respawn_interval=RESPAWN,
        workers_kill_timeout=GRACE,
    ).serve()
