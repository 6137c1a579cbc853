"""The sweep: every 30 s it does whatever was forgotten, whoever forgot it. Needs no Redis.

Run by the worker's ticker and by the embedded thread. Bells may be lost at any time; this is why
nothing else is.
"""

from __future__ import annotations

import structlog

from collector.work import tasks

log = structlog.get_logger()


def run() -> int:
    """Run every task that has something due. One failing task does not keep the others waiting."""
    handled = 0
    for task in tasks.TASKS:
        try:
            handled += tasks.run(task.name)
        except Exception as error:
            log.error("sweep_task_failed", task=task.name, kind=type(error).__name__)
    return handled
