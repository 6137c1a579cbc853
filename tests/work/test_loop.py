"""The one loop: bells and the sweep, neither in the other's way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from structlog.testing import capture_logs

from collector.work.bells import LocalBells
from collector.work.loop import Loop
from collector.work.tasks import Task
from tests.journeys.processes import wait_until

SOON = 20.0
NEVER = 1_000_000


class Stage:
    """A stage that writes down its runs; `gives` says what each of them handled."""

    def __init__(self, name: str, gives: Callable[[], int] = lambda: 0) -> None:
        self.runs = 0
        self.gives = gives
        self.task = Task(name, self.run, lambda: 0)

    def run(self, limit: int) -> int:
        self.runs += 1
        return self.gives()


@contextmanager
def living(app: Flask, bells: LocalBells, seconds: float, *stages: Stage) -> Iterator[Loop]:
    """A loop of these stages in a thread of its own."""
    loop = Loop(app, bells, seconds, [stage.task for stage in stages])
    thread = threading.Thread(target=loop.run)
    thread.start()
    try:
        yield loop
    finally:
        loop.stop()
        thread.join()


def test_steady_bells_do_not_keep_the_sweep_waiting(app: Flask) -> None:
    bells, rung, forgotten = LocalBells(), Stage("rung"), Stage("forgotten")
    with living(app, bells, 0.2, rung, forgotten):

        def steadily() -> bool:
            bells.ring("rung")
            return forgotten.runs >= 4  # once at the start, thrice by the sweep

        wait_until(steadily, SOON, "the sweep came round")
    assert rung.runs > forgotten.runs


def test_a_stage_that_never_runs_out_of_work_does_not_keep_the_others_waiting(app: Flask) -> None:
    bells, endless, other = LocalBells(), Stage("endless", lambda: 100), Stage("other")
    with living(app, bells, NEVER, endless, other):
        wait_until(lambda: endless.runs > 3, SOON, "it is at work")
        bells.ring("other")
        wait_until(lambda: other.runs >= 2, SOON, "the other one was answered")


def test_a_stage_that_raises_keeps_no_other_waiting_and_its_rows_are_tried_again(
    app: Flask,
) -> None:
    def broken() -> int:
        raise ValueError("someone@example.com is not a number")

    bad, good = Stage("bad", broken), Stage("good")
    with capture_logs() as logs, living(app, LocalBells(), 0.05, bad, good):
        wait_until(lambda: bad.runs >= 2 and good.runs >= 2, SOON, "both came round again")
    assert {"task_failed"} == {line["event"] for line in logs}
    assert (logs[0]["task"], logs[0]["kind"]) == ("bad", "ValueError")
    assert "someone@" not in str(logs)


def test_a_burst_of_bells_is_one_run(app: Flask) -> None:
    bells, stage = LocalBells(), Stage("send")
    for _ in range(100):
        bells.ring("send")
    Loop(app, bells, NEVER, [stage.task]).run(burst=True)
    assert stage.runs == 1, "the sweep at the start and the hundred bells are one"


def test_a_bell_that_rings_while_its_stage_is_at_work_is_answered_once_more(app: Flask) -> None:
    bells = LocalBells()
    stage = Stage("send", lambda: bells.ring("send") or 0 if stage.runs == 1 else 0)
    Loop(app, bells, NEVER, [stage.task]).run(burst=True)
    assert stage.runs == 2


def test_a_bell_for_a_stage_that_is_not_there_does_no_harm(app: Flask) -> None:
    bells, stage = LocalBells(), Stage("send")
    bells.ring("from_a_newer_version")
    Loop(app, bells, NEVER, [stage.task]).run(burst=True)
    assert stage.runs == 1


def test_told_to_stop_it_finishes_the_batch_in_hand_and_begins_no_other(app: Flask) -> None:
    def told() -> int:
        loop.stop()
        return 100

    first, second = Stage("first", told), Stage("second")
    loop = Loop(app, LocalBells(), NEVER, [first.task, second.task])
    loop.run()
    assert (first.runs, second.runs) == (1, 0)
