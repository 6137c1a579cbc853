"""A relay that refuses us condemns nobody: after it is mended, everybody is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from channels.inapp.channel import InApp
from channels.registry import build
from collector import clock
from collector.invitations import send
from collector.invitations.senders import holds
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.people import Suppression
from tests.channels.fake_smtp import FakeSmtp
from tests.how_much import FULL
from tests.invitations.conftest import START, Due, statuses

PEOPLE, STEP = (20, 1) if FULL else (6, 4)
# What a relay says at which moment when something about our set-up is wrong: 25 ways.
FAULTS = [
    ("rcpt", "550 relay not permitted"),
    ("rcpt", "554 5.7.1 <{to}>: Relay access denied"),
    ("rcpt", "550 5.1.8 <care@shop.example>: Sender address rejected: Domain not found"),
    ("rcpt", "553 5.1.7 sender address rejected"),
    ("rcpt", "550 5.1.0 sender rejected"),
    ("rcpt", "554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.example"),
    ("rcpt", "550 Access denied"),
    ("rcpt", "554 Too many hops"),
    ("rcpt", "503 Bad sequence of commands"),
    ("rcpt", "552 Mailbox full"),
    ("rcpt", "550 5.1.1 <{to}>: Recipient address rejected: User unknown in relay recipient table"),
    ("rcpt", "550 Requested action not taken: mailbox unavailable"),
    ("rcpt", "550 5.1.2 Host or domain name not found"),
    ("rcpt", "451 4.3.0 Temporary lookup failure"),
    ("rcpt", "530 5.7.0 Must issue a STARTTLS command first"),
    ("rcpt", "550 nope"),
    ("rcpt", "450 4.7.1 Client host rejected: cannot find your reverse hostname"),
    ("mail", "550 5.7.1 Sender not authorized"),
    ("mail", "530 5.7.0 Authentication required"),
    ("mail", "451 4.3.5 Server configuration problem"),
    ("data", "550 5.7.26 Unauthenticated email is not accepted due to DMARC policy"),
    ("data", "554 5.7.1 message looks like spam"),
    ("data", "552 5.3.4 Message size exceeds fixed limit"),
    ("data", "550 5.7.23 SPF validation failed"),
    ("down", ""),
]


class Wrong(FakeSmtp):
    """A relay that refuses everything at one moment, until it is mended."""

    def __init__(self, moment: str, reply: str) -> None:
        super().__init__()
        self.moment, self.reply = moment, reply

    async def handle_MAIL(self, *given: object) -> str:  # type: ignore[override]  # noqa: N802
        answer = await super().handle_MAIL(*given)  # type: ignore[arg-type]
        return self.reply if self.moment == "mail" else answer

    async def handle_RCPT(self, *given: object) -> str:  # type: ignore[override]  # noqa: N802
        if self.moment == "rcpt":
            return self.reply.format(to=given[3])
        return await super().handle_RCPT(*given)  # type: ignore[arg-type]

    async def handle_DATA(self, *given: object) -> str:  # type: ignore[override]  # noqa: N802
        if self.moment == "data":
            return self.reply
        return await super().handle_DATA(*given)  # type: ignore[arg-type]


def by_relay(app: Flask, url: str) -> None:
    app.extensions["collector.channels"] = {
        "email": build("email", {"url": url}),
        "inapp": InApp(),
    }
    app.extensions.pop("collector.refusals", None)


def sweeps(since: datetime, *minutes: int) -> datetime:
    """What workers do after so many minutes each."""
    now = since
    for after in minutes:
        now = since + timedelta(minutes=after)
        with clock.at(now):
            while send.run_batch():
                pass
    return now


def suppressed() -> int:
    with unit_of_work() as work:
        return len(work.session.scalars(select(Suppression)).all())


# What a reply means is the same on any database: all of them on one, a few on the other.
STEPS = {"sqlite": 1, "postgres": STEP}
BOTH = [(kind, *fault) for kind, step in STEPS.items() for fault in FAULTS[::step]]


@pytest.mark.parametrize(
    ("database_url", "moment", "reply"),
    BOTH,
    ids=["-".join(one) for one in BOTH],
    indirect=["database_url"],
)
def test_after_the_relay_is_mended_everybody_is_asked(
    ctx: Flask, due: Due, moment: str, reply: str
) -> None:
    with Wrong(moment, reply) as relay:
        url = relay.url if moment != "down" else relay.url.replace(str(relay.port), "1")
        by_relay(ctx, url)
        ids = due(PEOPLE, channels=["email"])
        with clock.at(START):
            while send.run_batch():
                pass
        now = sweeps(START, 2, 30, 240, 540)
        assert suppressed() == 0
        assert set(statuses(ids)) == {"waiting"}
        assert [one.channel for one in holds.listed()][:1] == ["email"]
        assert relay.mails == []
        relay.moment = ""
        by_relay(ctx, relay.url)
        sweeps(now, 16, 19, 25, 62, 65, 71)
        assert sorted(statuses(ids)) == ["sent"] * PEOPLE
        assert len(relay.mails) == len({to for _, (to,), _ in relay.mails}) == PEOPLE
        assert holds.listed() == []
    assert suppressed() == 0


def test_one_fault_of_the_relay_pauses_and_one_mail_at_a_time_probes(ctx: Flask, due: Due) -> None:
    with Wrong("mail", "550 5.7.1 Sender not authorized") as relay:
        by_relay(ctx, relay.url)
        due(PEOPLE, channels=["email"])
        with clock.at(START):
            while send.run_batch():
                pass
        sweeps(START, *range(1, 61))
        with unit_of_work() as work:
            tries = work.session.query(Message).filter(Message.code.like("%5.7.1%")).count()
    (hold,) = holds.listed()
    assert (hold.domain, hold.cause) == ("", "sender_refused")
    assert 3 <= tries <= 10
    assert hold.next_at <= START + timedelta(minutes=80)


def test_a_dead_mailbox_among_living_ones_is_struck_off(ctx: Flask, due: Due) -> None:
    with FakeSmtp() as relay:
        by_relay(ctx, relay.url)
        relay.plan_rcpt("250 OK", "550 5.1.1 no such user", "250 OK")
        ids = due(3, channels=["email"])
        with clock.at(START):
            send.run_batch()
    assert sorted(statuses(ids)) == ["failed", "sent", "sent"]
    row = db.session.scalars(select(Suppression)).one()
    assert (row.reason, row.cause, row.code) == ("undeliverable", "no_mailbox", "550 5.1.1")


def test_a_domain_that_refuses_us_holds_that_domain_alone(ctx: Flask, due: Due) -> None:
    with FakeSmtp() as relay:
        by_relay(ctx, relay.url)
        relay.plan_rcpt("550 5.7.1 against our policy")
        with unit_of_work() as work:
            from tests import factories

            survey = factories.survey_version(work.session)
            for at, host in enumerate(("strict.example", "strict.example", "kind.example")):
                somebody = factories.person(
                    work.session, contact_points={"email": f"someone{at}@{host}"}
                )
                factories.invitation(
                    work.session, of=somebody, survey=survey, channels=["email"],
                    due_at=START + timedelta(seconds=at), lapses_at=START + timedelta(days=3),
                )  # fmt: skip
            work.commit()
        with clock.at(START + timedelta(seconds=5)):
            send.run_batch()
        assert [to for _, (to,), _ in relay.mails] == ["someone2@kind.example"]
        (hold,) = holds.listed()
        assert (hold.domain, hold.cause) == ("strict.example", "policy")
        sweeps(START, 6, 8, 12)
        assert len(relay.mails) == 3
    assert holds.listed() == []
