"""Workers killed with -9 amid hundreds of SMS, and Redis flushed: none lost, none twice.

Real `collector worker` processes on PostgreSQL and Redis; a stand-in for Twilio counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import func, select

from collector.app import create_app
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from tests import factories, servers
from tests.channels.fake_twilio import FakeTwilio
from tests.conftest import KEYS, migrated, settings_for
from tests.how_much import FULL
from tests.journeys.processes import Worker, wait_until

SENDS = 2_000 if FULL else 200
SECONDS_AFTER_RESTART = 90
WORKERS = 2


@pytest.fixture
def database(postgres_url: str, tmp_path: Path) -> str:
    """A PostgreSQL database of its own: the workers are other processes."""
    return migrated(servers.new_database("collector_crash"), tmp_path / "home")


def invite(app: Flask, count: int) -> None:
    """Waiting invitations, due long ago and open for years, to `count` different numbers."""
    with unit_of_work() as work:
        survey = factories.survey_version(work.session)
        for _ in range(count):
            of = factories.person(work.session)
            factories.invitation(
                work.session,
                of=of,
                survey=survey,
                channels=["sms"],
                lapses_at=factories.NOON.replace(year=2126),
            )
        work.ring("send")
        work.commit()


def counted(status: str) -> int:
    query = select(func.count()).select_from(Invitation).where(Invitation.status == status)
    found = db.session.scalar(query)
    db.session.rollback()
    return found or 0


def test_killed_workers_and_a_flushed_redis_lose_nothing_and_send_nothing_twice(
    database: str, redis_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with FakeTwilio() as twilio:
        environment = {
            "COLLECTOR_DATABASE_URL": database,
            "COLLECTOR_REDIS_URL": redis_url,
            "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
            "COLLECTOR_BASE_URL": "https://ask.example.com",
            "COLLECTOR_HOME": str(tmp_path),
            "COLLECTOR_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "COLLECTOR_TWILIO_AUTH_TOKEN": "a" * 32,
            "COLLECTOR_TWILIO_FROM": "+15005550006",
            "COLLECTOR_TWILIO_BASE_URL": twilio.url,
        }
        redis = Redis.from_url(redis_url)
        redis.flushall()
        app = create_app(settings_for(database, tmp_path, redis_url=redis_url, embedded=False))
        with app.app_context():
            invite(app, SENDS)
            log = tmp_path / "workers.log"
            workers = [Worker(environment, log) for _ in range(WORKERS)]
            for share in (4, 2):  # once after a quarter, once after half of the sends
                wait_until(
                    lambda share=share: twilio.count >= SENDS // share, 120, f"a {share}th was sent"
                )
                for worker in workers:
                    worker.kill()
                redis.flushall()
                workers = [Worker(environment, log) for _ in range(WORKERS)]
            took = wait_until(
                lambda: counted("sent") == SENDS, SECONDS_AFTER_RESTART, "all are sent"
            )
            for worker in workers:
                worker.kill()
            redis.close()

            per_number = Counter(message["to"] for message in twilio.created)
            looked_for = db.session.query(Message).filter(Message.attempt > 1).count()
            record_property(
                "figure",
                f"crash: {SENDS:,} SMS, workers killed with -9 and Redis flushed twice: "
                f"{len(per_number):,} numbers reached, {len(twilio.created) - len(per_number)} "
                f"twice, {looked_for} of them by a second attempt; done {took:.0f} s after restart",
            )
            assert len(per_number) == SENDS
            assert set(per_number.values()) == {1}
            assert db.session.query(Message).filter(Message.status == "unknown").count() == 0
            db.session.remove()
            db.engine.dispose()
    assert took <= SECONDS_AFTER_RESTART
