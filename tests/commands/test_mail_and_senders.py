"""`collector bounces`, `channels` and `messages`: what people do by hand about sending."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.commands import context
from collector.commands.operating import bounces, channels, doctor, messages, suppressions
from collector.invitations.senders import channel_status
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.people import Suppression
from tests import factories
from tests.channels.email.reports import dsn


@pytest.fixture(autouse=True)
def _this_app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (context, doctor):
        monkeypatch.setattr(module, "create_app", lambda: app)


def run(command: object, *words: str, stdin: bytes = b"") -> str:
    result = CliRunner().invoke(command, list(words), input=stdin)  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return result.output


def mailed(app: Flask) -> str:
    """The Message-ID of a mail that went out."""
    with app.app_context(), unit_of_work() as work:
        row = factories.sent_invitation(work.session, channels=["email"])
        about = f"<{row.id}-email@shop.example>"
        work.commit()
    return about


def suppressed(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Suppression)).all())


def test_one_mail_from_a_pipe(app: Flask) -> None:
    about = mailed(app)
    assert "matched 1" in run(bounces.command, stdin=dsn(about=about))
    assert suppressed(app) == 1
    assert "no report 1" in run(bounces.command, stdin=b"hello")


def test_a_maildir_and_what_else_lies_in_it(app: Flask, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    for name in ("new/1", "new/2", "cur/3:2,S"):
        (tmp_path / name).write_bytes(dsn(about=mailed(app)))
    (tmp_path / "new" / "4").write_bytes(b"Subject: holiday\r\n\r\nI am away.")
    (tmp_path / "tmp" / "5").write_bytes(dsn(about=mailed(app)))
    for _ in range(2):
        said = run(bounces.command, str(tmp_path))
        assert said == "matched 3, not about our mails 0, no report 1\n"


def test_the_secret_is_shown_to_who_asks(app: Flask) -> None:
    assert run(bounces.command, "--secret").startswith("whsec_")


def test_a_stop_lasts_is_seen_by_the_doctor_and_is_lifted_by_a_command(app: Flask) -> None:
    with app.app_context(), unit_of_work() as work:
        channel_status.suspend(work.session, "sms", "30007", clock.now())
        work.commit()
    assert "STOPPED" in run(channels.command, "list")
    seen = CliRunner().invoke(doctor.command)
    assert "30007" in seen.output
    assert "collector channels resume sms" in seen.output
    assert "may send again" in run(channels.command, "resume", "sms")
    assert "was not stopped" in run(channels.command, "resume", "sms")
    assert "30007" not in CliRunner().invoke(doctor.command).output
    run(channels.command, "stop", "sms")
    assert "by_hand" in run(channels.command, "list")


def test_messages_in_doubt_are_listed_and_settled_by_hand(app: Flask) -> None:
    assert "None:" in run(messages.command, "unknown")
    with app.app_context(), unit_of_work() as work:
        ids = []
        for _ in range(2):
            row = factories.sent_invitation(work.session, channels=["sms"], status="sending")
            message = work.session.scalars(
                select(Message).where(Message.invitation_id == row.id)
            ).one()
            message.status, message.text_digest = "unknown", "d" * 64
            ids.append(message.id)
        work.commit()
    listed = run(messages.command, "unknown")
    assert all(id in listed for id in ids)
    assert "+1" not in listed
    run(messages.command, "settle", ids[0], "sent")
    run(messages.command, "settle", ids[1], "not-sent")
    assert "None:" in run(messages.command, "unknown")
    refused = CliRunner().invoke(messages.command, ["settle", ids[0], "sent"])
    assert refused.exit_code == 2
    with app.app_context():
        assert sorted(db.session.scalars(select(Invitation.status))) == ["failed", "sent"]


def test_suppressions_are_listed_explained_and_lifted(app: Flask) -> None:
    about = mailed(app)
    run(bounces.command, stdin=dsn(about=about))
    assert "undeliverable" in run(suppressions.command, "list", "--json")
    assert "+1…00" not in run(suppressions.command, "list", "--cause", "full")
    with app.app_context():
        id = db.session.scalars(select(Suppression.id)).one()
    told = run(suppressions.command, "explain", id)
    assert "no such mailbox" in told
    assert "lift" in told
    assert "1 would be lifted" in run(
        suppressions.command, "lift-many", "--cause", "no_mailbox", "--by", "ops",
        "--reason", "wrong relay in August",
    )  # fmt: skip
    run(suppressions.command, "lift", id, "--by", "ops", "--reason", "mailbox is back again")
    assert suppressed(app) == 0
    assert "not suppressed" in run(suppressions.command, "explain", "ann@customer.example")


def test_a_hold_is_listed_seen_by_the_doctor_and_lifted(app: Flask) -> None:
    about = mailed(app)
    assert "a fault of ours" in run(bounces.command, stdin=dsn("5.1.8", about=about))
    assert "HELD" in run(channels.command, "list")
    assert "sender_refused" in CliRunner().invoke(doctor.command).output
    assert "may send again" in run(channels.command, "resume", "email")
    assert "HELD" not in run(channels.command, "list")
    assert "None:" in run(bounces.command, "--unread")
