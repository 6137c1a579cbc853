"""Stop wins: over what waits, over what is claimed, and until the person takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from channels.base import Channel, Receipt
from channels.base import Message as Finished
from collector.errors import Gone
from collector.invitations import links, send
from collector.invitations.optouts import optout
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation
from collector.model.people import Consent, ContactPoint, Suppression
from tests import factories
from tests.channels.fake_twilio import FakeTwilio
from tests.invitations.conftest import Due, statuses


def number_of(invitation_id: str, channel: str = "sms") -> str:
    with unit_of_work() as work:
        person_id = work.session.get_one(Invitation, invitation_id).person_id
        return work.session.scalars(
            select(ContactPoint.address).where(
                ContactPoint.person_id == person_id, ContactPoint.channel == channel
            )
        ).one()


def consents() -> list[tuple[str, str, str]]:
    with unit_of_work() as work:
        rows = work.session.scalars(select(Consent).order_by(Consent.channel)).all()
        return [(row.channel, row.state, row.source) for row in rows]


def test_stop_cancels_what_waits_and_nothing_more_goes_out(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(3)
    assert optout.stop("sms", number_of(ids[0]), "sms_reply") == 1
    assert statuses(ids) == ["cancelled", "waiting", "waiting"]
    assert consents() == [("sms", "denied", "sms_reply")]
    while send.run_batch():
        pass
    assert twilio.count == 2
    assert number_of(ids[0]) not in {text["to"] for text in twilio.created}


def test_stop_twice_is_stop_once(by_twilio: Flask, due: Due, at_start: datetime) -> None:
    (id,) = due(1)
    for _ in range(2):
        optout.stop("sms", number_of(id), "sms_reply")
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 1
    assert len(consents()) == 1


def test_stop_by_text_leaves_what_is_next_by_mail(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    (id,) = due(1, channels=["email", "sms"])
    assert optout.stop("sms", number_of(id), "sms_reply") == 0
    send.run_batch()
    assert (statuses([id]), twilio.count) == (["sent"], 0)


def test_a_number_that_nobody_has_can_opt_out_too(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    optout.stop("sms", "+14155559999", "sms_reply")
    with unit_of_work() as work:
        somebody = factories.person(work.session, contact_points={"sms": "+14155559999"})
        factories.invitation(
            work.session, of=somebody, channels=["sms"], lapses_at=at_start + timedelta(days=1)
        )
        work.commit()
    send.run_batch()
    assert twilio.count == 0


def test_everybody_with_that_address_is_left_alone(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    with unit_of_work() as work:
        for address in ("Shared@Example.com", "shared@example.com"):
            somebody = factories.person(work.session, contact_points={"email": address})
            factories.invitation(
                work.session,
                of=somebody,
                channels=["email"],
                lapses_at=at_start + timedelta(days=1),
            )
        work.commit()
    assert optout.stop("email", "shared@example.COM", "api") == 2


def test_start_takes_it_back_but_a_bounce_stays(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    (id,) = due(1)
    number = number_of(id)
    optout.stop("sms", number, "sms_reply")
    optout.start("sms", number, "sms_reply")
    assert db.session.scalars(select(Suppression)).all() == []
    assert consents() == [("sms", "granted", "sms_reply")]
    with unit_of_work() as work:
        work.session.add(
            Suppression(
                id="sup_1", channel="sms", address=number, reason="bounce", created_at=at_start
            )
        )
        work.commit()
    optout.start("sms", number, "sms_reply")
    assert len(db.session.scalars(select(Suppression)).all()) == 1


class StopsDuring(Channel):
    """While the first text is on its way, everybody else says stop."""

    kind = "sms"
    at_most_once = True

    def __init__(self, numbers: list[str]) -> None:
        self.numbers = numbers
        self.sent: list[str] = []

    @classmethod
    def from_options(cls, options: object) -> StopsDuring:
        raise NotImplementedError

    def check(self) -> str:
        return ""

    def send(self, message: Finished) -> Receipt:
        self.sent.append(message.to)
        for number in self.numbers:
            if number != message.to:
                optout.stop("sms", number, "sms_reply")
        return Receipt("sent", f"ref-{message.id}")


def test_stop_wins_even_over_texts_that_are_already_claimed(
    ctx: Flask, due: Due, at_start: datetime
) -> None:
    ids = due(10)
    channel = StopsDuring([number_of(id) for id in ids])
    ctx.extensions["collector.channels"] = {"sms": channel}
    send.run_batch()
    assert len(channel.sent) == 1
    assert sorted(statuses(ids)) == ["cancelled"] * 9 + ["sent"]


def test_unsubscribing_covers_the_old_address_and_the_new(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    (id,) = due(1, channels=["email"])
    send.run_batch()
    before = number_of(id, "email")
    with unit_of_work() as work:
        contact = work.session.scalars(select(ContactPoint).filter_by(address=before)).one()
        contact.address = "new@example.com"
        token_id = work.session.get_one(Invitation, id).token_id
        work.commit()
    assert optout.unsubscribe(links.Link(token_id, "email")) == "en"
    suppressed = db.session.scalars(select(Suppression.address)).all()
    assert sorted(suppressed) == sorted([before, "new@example.com"])


def test_a_link_without_an_invitation_is_gone(ctx: Flask) -> None:
    with pytest.raises(Gone):
        optout.unsubscribe(links.Link("0" * 16, "email"))
