"""`collector worker`: answers the doorbell and sweeps every 30 s. Run as many as you like."""

from __future__ import annotations

import click
from flask import current_app

from collector.commands.context import with_app
from collector.config import settings
from collector.work import worker


@click.command("worker")
@click.option("--burst", is_flag=True, help="Stop when no bell is left, instead of waiting.")
@with_app
def command(burst: bool) -> None:
    """Send, fold, judge and publish whatever is due, until stopped.

    Workers may be killed at any moment and started again: nothing is lost, no SMS goes out twice.
    On SIGTERM one finishes the message in its hand and ends. While Redis is away, or without
    COLLECTOR_REDIS_URL, it sweeps only (the embedded web process needs no worker).
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself
    worker.work(app, settings(), burst=burst)
