"""What RQ calls by name, inside the worker's app. One function: a bell rang.

Imported by nobody; `doorbell.py` names it as text, so that a web process never loads a worker.
"""

from __future__ import annotations

from typing import cast

from flask import current_app
from redis import Redis

from collector.model.base import db
from collector.work import tasks
from collector.work.doorbell import bell_key


def wake(name: str) -> int:
    """Answer the bell `name`: first make it ring-able again, then work until nothing is due."""
    redis = cast("Redis | None", current_app.extensions.get("collector.redis"))
    if redis is not None:
        redis.delete(bell_key(name))
    try:
        return tasks.run(name)
    finally:
        db.session.remove()
