"""Concurrent writers and publishers: no gap, no loss, and the newest row is the newest word."""

from __future__ import annotations

import random
import threading
import time

from flask import Flask
from sqlalchemy import select

from collector.exports.invited import publish
from collector.model import locks
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from tests import factories
from tests.exports.invited.looking import behind, publish_all, rows
from tests.exports.test_sequence import run_all
from tests.factories import NOON

WRITERS, PUBLISHERS, ASKS, CHANGES = 4, 2, 6, 5


def test_no_change_is_lost_none_is_overtaken_and_numbers_have_no_gap(app: Flask) -> None:
    with app.app_context():
        ids = [factories.sent_invitation(db.session).id for _ in range(ASKS)]
        db.session.commit()
        db.session.remove()
    left = threading.Semaphore(0)
    written = threading.Event()

    def write(seed: int) -> None:
        """Each writer changes each invitation or its message, and commits late and out of order."""
        chance = random.Random(seed)
        for number in range(CHANGES):
            for id in ids:
                with unit_of_work() as work:
                    asked = locks.one(work.session, Invitation, id)
                    assert asked is not None
                    if chance.random() < 0.5:
                        asked.locale = f"{seed}-{number}"
                    else:
                        query = select(Message).where(Message.invitation_id == id)
                        (message,) = locks.entities(work.session, Message, query)
                        message.channel = f"{seed}-{number}"
                    work.session.flush()
                    time.sleep(chance.random() / 200)
                    work.commit()
        left.release()

    def publish_some() -> None:
        while not written.is_set():
            publish.run_batch(limit=3)

    def end() -> None:
        for _ in range(WRITERS):
            left.acquire()
        written.set()

    run_all(
        app,
        [
            *(lambda seed=seed: write(seed) for seed in range(WRITERS)),
            *(publish_some for _ in range(PUBLISHERS)),
            end,
        ],
    )
    with app.app_context():
        publish_all(NOON)
        assert behind(NOON) == []
        told = rows()
    assert [one["number"] for one in told] == list(range(1, len(told) + 1))
    seen: dict[str, int] = {}
    for one in told:
        assert one["revision"] == seen.get(one["invitation_id"], 0) + 1
        seen[one["invitation_id"]] = one["revision"]
    assert sorted(seen) == sorted(ids)
