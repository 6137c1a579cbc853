"""Channels for a replay: whatever is set up here, a replay keeps its messages and sends nobody any.

The people in recorded events are real. Used by `replay.py` and by the replay's own workers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from channels.registry import build
from collector.config import settings

KEPT = ("sms", "email")


@contextmanager
def nothing_leaves() -> Iterator[None]:
    """In this block the running app keeps every message as a file under COLLECTOR_HOME/preview."""
    app, folder = current_app, Path(settings().home, "preview")
    before = app.extensions["collector.channels"]
    kept = {kind: build("preview", {"kind": kind, "directory": str(folder)}) for kind in KEPT}
    app.extensions["collector.channels"] = {**kept, "inapp": build("inapp")}
    try:
        yield
    finally:
        app.extensions["collector.channels"] = before
