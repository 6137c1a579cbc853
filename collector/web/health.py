"""For whoever operates it: alive, ready, and the backlog of every task as metrics.

`/healthz` touches nothing; `/readyz` asks the database; `/metrics` counts what waits (no person,
no address, no token in any label).
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from collector import clock
from collector.invitations.optouts import unread
from collector.invitations.senders import holds
from collector.invitations.stops import everything
from collector.model import batches
from collector.work import tasks

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers too. 503 (by the error map) when it does not.

    `set_apart` counts by stage the rows that wait for a person (`collector set-apart list`). The
    service is ready all the same: every other row goes its way. `paused` tells since when all
    asking is paused (`collector pause`), and is null while it is not: paused is ready, too. `held`
    says by channel what waits because a provider refuses our set-up (`collector channels list`).
    """
    halt = everything.state()
    paused = {"since": clock.iso(halt.at)} if halt else None
    return jsonify(status="ready", set_apart=batches.counted(), paused=paused, held=holds.counted())


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus text format: backlog and set-apart by task, what is held, what is unread."""
    registry = CollectorRegistry()
    gauge = Gauge("collector_backlog", "Items due and not yet handled", ["task"], registry=registry)
    for task in tasks.TASKS:
        gauge.labels(task=task.name).set(task.backlog())
    apart = Gauge(
        "collector_set_apart",
        "Items that raised and wait for a person",
        ["task"],
        registry=registry,
    )
    counted = batches.counted()
    for task in tasks.TASKS:
        apart.labels(task=task.name).set(counted.get(task.name, 0))
    paused = Gauge("collector_paused", "1 while all asking is paused", registry=registry)
    paused.set(everything.state() is not None)
    held = Gauge(
        "collector_channel_held",
        "What waits because a provider refuses us: 1 for a whole channel, and domains",
        ["channel", "scope"],
        registry=registry,
    )
    for channel, told in holds.counted().items():
        held.labels(channel=channel, scope="channel").set(int(told["whole"]))
        held.labels(channel=channel, scope="domain").set(told["domains"])
    lost = Gauge(
        "collector_mail_reports_unread",
        "Reports about mail that led to nothing, of the last 30 days",
        ["why"],
        registry=registry,
    )
    counts = unread.counted()
    for why in unread.KINDS:
        lost.labels(why=why).set(counts.get(why, 0))
    return Response(generate_latest(registry), mimetype="text/plain")
