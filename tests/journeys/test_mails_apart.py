"""A message reaches its person alone: two wake-ups and a sweep at once, in one process.

A hundred mails, once; with COLLECTOR_TEST_FULL=1 a thousand, ten times over.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from collector.app import create_app
from collector.invitations import links
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation
from collector.model.people import ContactPoint
from collector.work import tasks
from tests import factories
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import settings_for
from tests.how_much import FULL

MAILS, RUNS = (1_000, 10) if FULL else (100, 1)
LINK = re.compile(r"/t/([\w.-]+)")


def invite(count: int) -> None:
    with unit_of_work() as work:
        survey = factories.survey_version(work.session)
        for _ in range(count):
            factories.invitation(
                work.session,
                survey=survey,
                channels=["email"],
                lapses_at=factories.NOON.replace(year=2126),
            )
        work.commit()


def at_once(app: Flask, *jobs: Callable[[], object]) -> None:
    failed: list[Exception] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        with app.app_context():
            try:
                start.wait()
                job()
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def addresses() -> dict[str, tuple[str, str]]:
    """The link's id and the address of every invitation."""
    query = select(Invitation.id, Invitation.token_id, ContactPoint.address).join(
        ContactPoint, ContactPoint.person_id == Invitation.person_id
    )
    rows = db.session.execute(query.where(ContactPoint.channel == "email")).all()
    return {row[0]: (row[1], row[2]) for row in rows}


def mixed_up(relay: FakeSmtp) -> list[str]:
    """The mails in which envelope, header or body are not of one person alone."""
    known, wrong = addresses(), []
    for _, recipients, raw in relay.mails:
        mail = message_from_bytes(raw, policy=default)
        invitation_id = str(mail["Message-ID"]).strip("<>").partition("-email@")[0]
        token_id, address = known.get(invitation_id, ("", ""))
        leads_to = {
            links.read(token).token_id
            for part in ("plain", "html")
            if (body := mail.get_body((part,)))
            for token in LINK.findall(body.get_content())
        }
        if (recipients, mail["To"], leads_to) != ([address], address, {token_id}):
            wrong.append(f"{recipients} {mail['To']} {invitation_id}")
    return wrong


@pytest.mark.parametrize("turn", range(RUNS))
def test_two_wake_ups_and_a_sweep_at_once_mix_up_no_mail(
    database_url: str, tmp_path: Path, turn: int
) -> None:
    with FakeSmtp() as relay:
        settings = settings_for(database_url, tmp_path, smtp_url=relay.url, embedded=False)
        app = create_app(settings, bell=lambda name: None)
        with app.app_context():
            invite(MAILS)
            at_once(app, lambda: tasks.run("send"), lambda: tasks.run("send"), tasks.drain)
            assert mixed_up(relay) == []
            assert len({tuple(to) for _, to, _ in relay.mails}) == len(relay.mails) == MAILS
            sent = select(Invitation.id).where(Invitation.status == "sent")
            assert len(db.session.scalars(sent).all()) == MAILS
            db.session.remove()
            db.engine.dispose()
