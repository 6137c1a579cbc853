"""A worker process: the one loop in its main thread, until SIGTERM or SIGINT.

It does not fork for each bell: a stage's batch is short, and whatever a crash leaves behind is
found by the next sweep, so a child process would protect nothing.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence

from flask import Flask

from collector.config import Settings
from collector.work.bells import Bells, LocalBells
from collector.work.loop import Loop
from collector.work.tasks import TASKS, Task


def work(
    app: Flask, settings: Settings, *, burst: bool = False, stages: Sequence[Task] = TASKS
) -> None:
    """Work until told to stop; the message in hand is finished then, nothing more is begun.

    With `burst`, until no bell is left. Redis may be away at the start and at any time later:
    sweeps go on, and what this process rings itself is heard again once Redis is back.
    """
    bells: Bells = LocalBells()
    if settings.redis_url:
        from collector.work.redis_bells import RedisBells  # much to load

        bells = RedisBells(settings.redis_url)
    app.extensions["collector.doorbell"] = bells.ring  # without Redis, its own loop hears it
    loop = Loop(app, bells, settings.sweep_seconds, stages)
    before = {
        number: signal.signal(number, lambda *_: loop.stop())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        loop.run(burst=burst)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
