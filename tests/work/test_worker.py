"""A worker process: it outlives Redis, is not timed out, and ends with the message in its hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import func, select

from collector.app import create_app
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.work import worker
from tests import factories, servers
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.conftest import KEYS, migrated, settings_for
from tests.journeys.processes import Worker, wait_until
from tests.work.redis_process import OwnRedis

SOON = 40.0
SID = "AC" + "0" * 32


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as server:
        yield server


def settings_of(twilio: FakeTwilio) -> dict[str, object]:
    account = {"account_sid": SID, "auth_token": "a" * 32, "sender": "+15005550006"}
    return {"embedded": False, "twilio": {**account, "base_url": twilio.url}}


def environment(database: str, home: Path, twilio: FakeTwilio, **more: str) -> dict[str, str]:
    """What a worker process is started with."""
    return {
        "COLLECTOR_DATABASE_URL": database,
        "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
        "COLLECTOR_BASE_URL": "https://ask.example.com",
        "COLLECTOR_HOME": str(home),
        "COLLECTOR_TWILIO_ACCOUNT_SID": SID,
        "COLLECTOR_TWILIO_AUTH_TOKEN": "a" * 32,
        "COLLECTOR_TWILIO_FROM": "+15005550006",
        "COLLECTOR_TWILIO_BASE_URL": twilio.url,
        **more,
    }


@pytest.fixture
def database(postgres_url: str, tmp_path: Path) -> str:
    return migrated(servers.new_database("collector_worker"), tmp_path / "home")


@contextmanager
def service(database: str, home: Path, **settings: object) -> Iterator[Flask]:
    app = create_app(settings_for(database, home, **settings))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def at_work(environment: dict[str, str], log: Path) -> Iterator[Worker]:
    worker = Worker(environment, log)
    try:
        yield worker
    finally:
        worker.kill()


def invite(count: int) -> None:
    with unit_of_work() as work:
        survey = factories.survey_version(work.session)
        for _ in range(count):
            factories.invitation(
                work.session,
                survey=survey,
                channels=["sms"],
                lapses_at=factories.NOON.replace(year=2126),
            )
        work.ring("send")
        work.commit()


def counted(table: type[Invitation] | type[Message], status: str) -> int:
    found = db.session.scalar(select(func.count()).select_from(table).where(table.status == status))
    db.session.rollback()
    return found or 0


def test_a_worker_started_without_redis_sweeps_and_answers_bells_once_it_is_there(
    database: str, own_redis: OwnRedis, twilio: FakeTwilio, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    often = environment(
        database, tmp_path, twilio, COLLECTOR_REDIS_URL=own_redis.url, COLLECTOR_SWEEP_SECONDS="2"
    )
    with service(database, tmp_path, redis_url=own_redis.url, embedded=False):
        invite(1)
        with at_work(often, log) as worker:
            wait_until(lambda: twilio.count == 1, SOON, "the sweep at the start sent it")
            invite(1)
            wait_until(lambda: twilio.count == 2, SOON, "the next sweep did, too")
            own_redis.start()
            wait_until(lambda: "redis_back" in log.read_text(), SOON, "it found Redis")
            own_redis.stop()
            wait_until(lambda: log.read_text().count("redis_away") == 2, SOON, "it went again")
            invite(1)
            wait_until(lambda: twilio.count == 3, SOON, "it sweeps on")
            assert worker.runs
            assert worker.terminate() == 0
    said = log.read_text()
    assert (said.count("redis_away"), said.count("redis_back")) == (2, 1)
    assert "Traceback" not in said


def test_a_bell_is_answered_long_before_the_sweep(
    database: str, flushed: str, twilio: FakeTwilio, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    seldom = environment(
        database, tmp_path, twilio, COLLECTOR_REDIS_URL=flushed, COLLECTOR_SWEEP_SECONDS="100000"
    )
    with service(database, tmp_path, redis_url=flushed, embedded=False), at_work(seldom, log):
        invite(1)
        wait_until(lambda: twilio.count == 1, SOON, "the first one is sent")
        for count in (2, 3):
            invite(1)
            wait_until(lambda count=count: twilio.count == count, SOON, "a bell was heard")
    assert log.read_text() == ""


def test_a_worker_that_is_to_end_finishes_the_message_in_its_hand_and_nothing_more(
    database: str, flushed: str, twilio: FakeTwilio, tmp_path: Path
) -> None:
    twilio.plan(*(Fault("delay", seconds=1) for _ in range(10)))
    given = environment(database, tmp_path, twilio, COLLECTOR_REDIS_URL=flushed)
    with service(database, tmp_path, redis_url=flushed, embedded=False):
        invite(10)
        with at_work(given, tmp_path / "worker.log") as worker:
            wait_until(lambda: twilio.count == 1, SOON, "the first one is being handed over")
            assert worker.terminate() == 0
        assert twilio.count == 1
        assert counted(Message, "sent") == 1
        assert counted(Message, "claimed") == counted(Message, "unknown") == 0
        assert counted(Invitation, "waiting") == 9, "another worker's at once"


@pytest.fixture
def serving(app: Flask, twilio: FakeTwilio) -> Flask:
    """The app on either database, its texts going to the stand-in."""
    settings = app.extensions["collector.settings"]
    return create_app(
        settings_for(settings.database_url, settings.home, **settings_of(twilio)),
        bell=lambda name: None,
    )


def test_no_time_limit_of_a_job_ends_the_handing_over_of_a_message(
    serving: Flask, twilio: FakeTwilio, flushed: str
) -> None:
    """An alarm in the middle would make of a text that was sent one of which nobody knows."""
    twilio.plan(Fault("delay", seconds=2))
    with serving.app_context():
        invite(1)
        with Redis.from_url(flushed) as redis:
            Queue("collector", connection=redis, serializer=JSONSerializer).enqueue(
                "collector.work.tasks.run", "send", job_timeout=1
            )
        settings = serving.extensions["collector.settings"]
        within = settings_for(
            settings.database_url, settings.home, redis_url=flushed, **settings_of(twilio)
        )
        worker.work(serving, within, burst=True)
        assert counted(Message, "sent") == 1
        assert twilio.count == 1
        db.session.remove()
        db.engine.dispose()


def named_loop() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.name == "loop"}


def test_without_redis_the_worker_hears_its_own_bells_and_starts_no_second_thread(
    serving: Flask, twilio: FakeTwilio
) -> None:
    settings = serving.extensions["collector.settings"]
    before, loops = threading.active_count(), named_loop()
    with serving.app_context():
        invite(30)  # more than one batch
        worker.work(serving, settings, burst=True)
        serving.extensions["collector.doorbell"]("send")
        assert twilio.count == 30
        callers = sum(one.name.startswith("caller-") for one in threading.enumerate())
        others = threading.active_count() - before - callers
        assert others <= twilio.connections, "the stand-in's alone, beside those that call it"
        assert named_loop() <= loops  # there may be one of another test's app
        db.session.remove()
        db.engine.dispose()
