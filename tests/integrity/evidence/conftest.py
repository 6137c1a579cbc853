"""Answers for the running engine: who gave them from where is all that differs."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.integrity import judge, nightly_rejudge
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import audit
from collector.integrity.evidence.dump import dump
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.integrity import EngineState
from collector.model.verdicts import Verdict
from tests import factories
from tests.factories import NOON

Said = dict[str, tuple[str, float, tuple[str, ...]]]


@contextmanager
def killed(ctx: Flask, database_url: str, script: str, word: str) -> Iterator[None]:
    """Another process on the same database, held where it says this word; killed with -9 behind."""
    settings = ctx.extensions["collector.settings"]
    environment = {
        "COLLECTOR_DATABASE_URL": database_url, "COLLECTOR_HOME": str(settings.home),
        "COLLECTOR_SECRET_KEYS": ",".join(settings.secret_keys),
        "COLLECTOR_BASE_URL": settings.base_url, "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == word
    yield
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()


def answers(count: int, first: int = 0, own_every: int = 15) -> list[str]:
    """So many confirmed answers, half an hour apart, waiting for a verdict; their response ids.

    Five agents; every third answer of agent a0 (all, if `own_every` is 5) comes from one device,
    which roams over four addresses.
    """
    survey = factories.survey_version(db.session)
    ids = []
    for n in range(first, first + count):
        at = NOON + timedelta(minutes=30 * n)
        agent, own = f"a{n % 5}", n % own_every == 0
        of = factories.sent_invitation(db.session, survey=survey)
        event = db.session.get_one(Event, of.event_id)
        event.subjects = {
            "agent": {"id": agent, "credited": agent}, "team": {"id": "t1"}, "store": {"id": "s1"},
        }  # fmt: skip
        row = factories.response(
            db.session, of, score=5 if own or n % 4 else 2, answered_at=at, first_tapped_at=at,
            updated_at=at,
        )  # fmt: skip
        factories.tap(
            db.session, of.id, row.score, tapped_at=at, opened_at=at - timedelta(seconds=9),
            device_hash="d-own" if own else f"d{n}",
            address_hash=f"i-own{n % 4}" if own else f"i{n}",
            network_hash=f"n-own{n % 4}" if own else f"n{n}", contact_hash=f"c{n}", folded=True,
        )  # fmt: skip
        ids.append(row.id)
    db.session.commit()
    return ids


def judge_until(at: datetime, limit: int = 7) -> None:
    """Judge what was answered until this moment, in small batches."""
    with clock.at(at):
        while judge.backlog() and judge.run_batch(limit):
            pass
    db.session.remove()


def live_on(days: int) -> None:
    """Let the nights of so many days fall, and the Mondays in between."""
    with clock.at(NOON + timedelta(days=days)):
        while nightly_rejudge.run_batch():
            pass
    db.session.remove()


def said() -> Said:
    """The newest verdict on each response that the engine judged, by its answer's id."""
    db.session.rollback()
    newest: dict[str, Verdict] = {}
    for row in db.session.scalars(select(Verdict).order_by(Verdict.number)):
        newest[row.response_id] = row
    versions = {
        row.response_id: row.version
        for row in db.session.scalars(select(EngineState).where(EngineState.number > 0))
    }
    return {
        f"{id}.{versions[id]}": (row.verdict, row.weight, tuple(row.reasons))
        for id, row in newest.items()
        if id in versions
    }


def audited(folder: Path) -> Said:
    """What an audit of the service's own log says."""
    dump(db.session(), folder)
    db.session.rollback()
    found: Said = {}

    def keep(outcome: Any, rows: Any) -> None:
        for row in rows:
            found[row["response_id"]] = (row["verdict"], row["weight"], tuple(row["reasons"]))

    audit(folder, Columns(), keep)
    return found


def change(response_id: str, **values: Any) -> None:
    """Change a response as the fold would."""
    db.session.rollback()
    row = db.session.get_one(Response, response_id)
    for name, value in {"needs_verdict": True, **values}.items():
        setattr(row, name, value)
    db.session.commit()


@pytest.fixture
def again(ctx: Flask) -> Callable[[], None]:
    """Forget what this process knows, as a new worker would begin."""

    def run() -> None:
        ctx.extensions.pop("collector.keeper", None)

    return run
