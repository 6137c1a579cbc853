"""The embedded loop: a thread of the process that rings, with an end that loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from collector.app import create_app
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.conftest import KEYS, migrated, settings_for

PROCESS = """
from collector.app import create_app
from collector.model.base import db
from collector.model.invitations import Message
from tests.journeys.processes import wait_until
from tests.work.test_worker import invite

def handed_over():
    db.session.rollback()
    return db.session.query(Message).filter(Message.text_digest != "").count() > 0

with create_app().app_context():
    invite(5)
    wait_until(handed_over, 60, "the first text is being handed over")
"""


def test_a_process_that_ends_finishes_the_message_in_the_hand_of_its_thread(tmp_path: Path) -> None:
    url = migrated(f"sqlite:///{tmp_path / 'collector.db'}", tmp_path)
    with FakeTwilio() as twilio:
        twilio.plan(*(Fault("delay", seconds=1) for _ in range(5)))
        environment = {
            **{name: value for name, value in os.environ.items() if "COLLECTOR_" not in name},
            "PYTHONPATH": os.getcwd(),
            "COLLECTOR_DATABASE_URL": url,
            "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
            "COLLECTOR_BASE_URL": "https://ask.example.com",
            "COLLECTOR_HOME": str(tmp_path),
            "COLLECTOR_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "COLLECTOR_TWILIO_AUTH_TOKEN": "a" * 32,
            "COLLECTOR_TWILIO_FROM": "+15005550006",
            "COLLECTOR_TWILIO_BASE_URL": twilio.url,
        }
        ended = subprocess.run(
            [sys.executable, "-c", PROCESS],
            env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        assert twilio.count == 1
    app = create_app(settings_for(url, tmp_path), bell=lambda name: None)
    with app.app_context():
        sent = [message.status for message in db.session.query(Message)]
        assert sorted(sent) == ["not_sent"] * 4 + ["sent"]
        assert db.session.query(Invitation).filter_by(status="waiting").count() == 4
        db.session.remove()
        db.engine.dispose()
