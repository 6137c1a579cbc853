"""For whoever operates it: alive, ready, and the backlog of every task as metrics.

`/healthz` touches nothing; `/readyz` asks the database; `/metrics` counts what waits (no person,
no address, no token in any label).
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import text

from collector.model.base import db
from collector.work import tasks

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers too. 503 (by the error map) when it does not."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ready")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus text format: `collector_backlog{task=…}`."""
    registry = CollectorRegistry()
    gauge = Gauge("collector_backlog", "Items due and not yet handled", ["task"], registry=registry)
    for task in tasks.TASKS:
        gauge.labels(task=task.name).set(task.backlog())
    return Response(generate_latest(registry), mimetype="text/plain")
