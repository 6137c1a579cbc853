"""Reports that blame us blame nobody, those that may pass add up, and the mail is found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from channels.email import feedback
from channels.email.references import References
from collector import clock
from collector.errors import Conflict, InvalidInput
from collector.invitations import return_path
from collector.invitations.optouts import bounces, lift, optout, suppression_views, unread
from collector.invitations.optouts.suppression_views import Wanted
from collector.invitations.senders import holds
from collector.model.audit import AuditEntry
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.people import Person, Suppression
from tests import factories
from tests.channels.email.reports import dsn

ANN = "ann@customer.example"
GIVEN = "0100018f3c2a1b4d-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d-000000"
REASON = "the mailbox is back, says support"


def mailed(at: datetime, **changes: object) -> str:
    """A mail that went to ANN; the id of its invitation."""
    with unit_of_work() as work:
        person = work.session.scalar(select(Person).where(Person.ref == "ann"))
        person = person or factories.person(work.session, ref="ann", contact_points={"email": ANN})
        row = factories.sent_invitation(work.session, of=person, channels=["email"], sent_at=at)
        message = work.session.scalars(select(Message).where(Message.invitation_id == row.id)).one()
        message.address, message.claimed_at, message.sent_at = ANN, at, at
        for name, value in changes.items():
            setattr(message, name, value)
        id = row.id
        work.commit()
    return id


def failed_on(days: list[int], code: str) -> list[str]:
    """ANN's mail failed on these days; the reasons for which the address is suppressed."""
    for day in days:
        at = factories.NOON + timedelta(days=day)
        with clock.at(at):
            about = f"<{mailed(at)}-email@shop.example>"
            bounces.take([feedback.event(about, "soft", code)])
    return reasons()


def reasons() -> list[str]:
    with unit_of_work() as work:
        return list(work.session.scalars(select(Suppression.reason)))


@pytest.mark.parametrize("code", ["5.7.1", "5.7.26", "5.1.8", "5.4.6", "5.3.4"])
def test_a_hard_bounce_with_a_code_that_blames_us_suppresses_nobody(ctx: Flask, code: str) -> None:
    about = f"<{mailed(factories.NOON)}-email@shop.example>"
    taken = bounces.take([feedback.event(about, "hard", code)])
    assert (taken.matched, taken.ours) == (1, 1)
    assert reasons() == []
    assert [one.channel for one in holds.listed()] == ["email"]


def test_a_hard_bounce_that_is_none_suppresses_nobody(ctx: Flask) -> None:
    about = f"<{mailed(factories.NOON)}-email@shop.example>"
    bounces.take([feedback.event(about, "hard", "4.2.2")])
    assert (reasons(), holds.listed()) == ([], [])


def test_soft_bounces_add_up_over_days_and_not_over_tries(ctx: Flask) -> None:
    assert failed_on([0, 0, 0, 0, 0, 0], "5.2.2") == []
    assert failed_on([1, 2, 3], "5.2.2") == []
    assert failed_on([4], "5.2.2") == ["soft_bounces"]


def test_a_domain_that_does_not_exist_is_not_asked_a_ninth_time(ctx: Flask) -> None:
    for day in range(8):
        at = factories.NOON + timedelta(days=day)
        with clock.at(at):
            about = f"<{mailed(at)}-email@shop.example>"
            bounces.take([feedback.event(about, "hard", "5.1.2")])
        assert reasons() == ([] if day < 2 else ["soft_bounces"])


def test_a_mail_that_arrives_begins_the_count_anew(ctx: Flask) -> None:
    failed_on([0, 1, 2, 3], "5.2.2")
    arrived = factories.NOON + timedelta(days=4)
    with clock.at(arrived):
        about = f"<{mailed(arrived)}-email@shop.example>"
        bounces.take([feedback.event(about, "delivered")])
    assert failed_on([5, 6, 7, 8], "5.2.2") == []
    assert failed_on([9], "5.2.2") == ["soft_bounces"]


def test_a_relays_id_names_the_mail_where_it_fits_the_address(ctx: Flask) -> None:
    mailed(factories.NOON, given_ref=GIVEN)
    (one,) = feedback.read(dsn(about=f"<{GIVEN}@email.amazonses.com>"))
    forged = replace(one, recipient="somebody.else@evil.example")
    assert bounces.take([forged]).unknown == 1
    assert reasons() == []
    assert bounces.take([replace(one, recipient=ANN.upper())]).matched == 1
    assert reasons() == ["undeliverable"]


def test_a_signed_return_path_names_the_mail_and_a_forged_one_does_not(ctx: Flask) -> None:
    id = mailed(factories.NOON)
    settings = ctx.extensions["collector.settings"]
    ctx.extensions["collector.settings"] = replace(settings, bounce_domain="bounces.example.com")
    path = return_path.made(id)
    ctx.extensions["collector.settings"] = replace(
        settings, secret_keys=(*settings.secret_keys, "a-key-that-was-added-a-moment-ago-000000")
    )
    assert len(path.partition("@")[0]) <= 64
    (one,) = feedback.read(dsn(about="<x@y.example>"))
    for wrong in (
        path.replace("bounce+0", "bounce+1"),
        path[:40] + "0" * 9 + path[49:],
        "a+b@c.de",
    ):
        if wrong != path:
            about = References("", (), (wrong,))
            assert bounces.take([replace(one, references=about)]).unknown == 1
    about = References("", (), (path.upper(),))
    assert bounces.take([replace(one, references=about)]).matched == 1


def test_what_leads_to_nothing_is_counted_and_kept_without_an_address(ctx: Flask) -> None:
    raw = b"From: somebody@private.example\r\n\r\n550 5.1.1 somebody@private.example +4915112345678"
    for _ in range(2):
        assert bounces.take_mail(raw).no_report == 1
    assert bounces.take_mail(dsn(about="<x@y.example>")).unknown == 1
    kept = {one.why: one for one in unread.listed()}
    assert kept["no_report"].times == 2
    assert set(kept) == {"no_report", "not_ours"}
    for one in kept.values():
        assert "private.example" not in one.outline
        assert "4915112345678" not in one.outline
        assert "5.1.1" in one.outline


def test_a_bounce_is_lifted_with_a_reason_that_is_kept(ctx: Flask) -> None:
    about = f"<{mailed(factories.NOON)}-email@shop.example>"
    bounces.take([feedback.event(about, "hard", "5.1.1")])
    (view,) = suppression_views.page(Wanted())
    assert (view.address, view.cause, view.liftable) == (
        "a…@customer.example",
        "no_mailbox",
        "reason",
    )
    with pytest.raises(InvalidInput):
        lift.lift(view.id, "ops", "because")
    lift.lift(view.id, "ops", REASON)
    assert reasons() == []
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.kind, entry.action, entry.by, entry.reason) == (
        "suppression", "lifted", "ops", REASON,
    )  # fmt: skip
    assert ANN not in str(entry.details)


def test_what_a_person_asked_for_is_lifted_only_where_they_asked(ctx: Flask) -> None:
    mailed(factories.NOON)
    optout.stop("email", ANN, "api")
    view = suppression_views.of_address("email", ANN.upper())
    assert view is not None
    with pytest.raises(Conflict):
        lift.lift(view.id, "ops", REASON)
    since = factories.NOON - timedelta(days=9000)
    assert lift.lift_many(Wanted(since=since), "ops", REASON, dry_run=False) == 0
    lift.lift(view.id, "ops", "asked by phone on Monday", person_asked=True)
    assert reasons() == []


def test_what_a_misconfiguration_suppressed_before_is_lifted_together(ctx: Flask) -> None:
    with unit_of_work() as work:
        for at in range(4):
            mailed_to = f"person{at}@x.example"
            work.session.add(
                Suppression(
                    id=f"sup_{at}", channel="email", address=mailed_to, reason="undeliverable",
                    created_at=factories.NOON + timedelta(days=at),
                )
            )  # fmt: skip
        work.commit()
    wanted = Wanted(channel="email", cause="not_kept", since=factories.NOON + timedelta(days=1))
    assert lift.lift_many(wanted, "ops", REASON, dry_run=True) == 3
    assert len(reasons()) == 4
    assert lift.lift_many(wanted, "ops", REASON, dry_run=False) == 3
    assert len(reasons()) == 1
    with pytest.raises(InvalidInput):
        lift.lift_many(Wanted(), "ops", REASON, dry_run=True)
