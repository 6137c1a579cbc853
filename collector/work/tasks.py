"""What every bell wakes: the stages, in the order of the walk.

A task handles a batch of claims; it is told only its name, because the database is the queue.
`loop.py` runs them batch by batch; `run` and `drain` run them to the end, where no time passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from collector.answers import fold, settle
from collector.exports import publish
from collector.exports.invited import publish as invited
from collector.followups import open as follow_up
from collector.integrity import judge, nightly_rejudge
from collector.invitations import escalate, lapse, reconcile, send
from collector.triggers import decide

BATCH = 100


@dataclass(frozen=True, slots=True)
class Task:
    """`run(limit)` handles up to `limit` due items and counts them; `backlog()` counts the due."""

    name: str
    run: Callable[[int], int]
    backlog: Callable[[], int]


TASKS = (
    Task("decide", decide.run_batch, decide.backlog),
    Task("lapse", lapse.run_batch, lapse.backlog),
    Task("follow", escalate.run_batch, escalate.backlog),
    Task("send", send.run_batch, send.backlog),
    Task("reconcile", reconcile.run_batch, reconcile.backlog),
    Task("fold", fold.run_batch, fold.backlog),
    Task("settle", settle.run_batch, settle.backlog),
    Task("nights", nightly_rejudge.run_batch, nightly_rejudge.backlog),
    Task("judge", judge.run_batch, judge.backlog),
    Task("follow_up", follow_up.run_batch, follow_up.backlog),
    Task("publish", publish.run_batch, publish.backlog),
    Task("publish_invitations", invited.run_batch, invited.backlog),
)
BY_NAME = {task.name: task for task in TASKS}


def run(name: str) -> int:
    """Run the task called `name` until nothing of it is due. Returns how many items it handled.

    Raises KeyError for a name that is not a task: a bell nobody listens to is a mistake.
    """
    task = BY_NAME[name]
    handled = 0
    while done := task.run(BATCH):
        handled += done
    return handled


def drain() -> int:
    """Run every task, in the order of the walk, until nothing at all is due now."""
    total = 0
    while handled := sum(run(task.name) for task in TASKS):
        total += handled
    return total


def backlog() -> int:
    """How many items are due now, over all tasks."""
    return sum(task.backlog() for task in TASKS)
