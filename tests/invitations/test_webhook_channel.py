"""The webhook channel in the service: from a due invitation to the gateway, and stopping it."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from channels.registry import build
from collector.invitations import links, send
from collector.invitations.optouts import optout
from collector.model.base import unit_of_work
from collector.model.invitations import Invitation
from tests.channels.fake_gateway import DROP, SECRET, FakeGateway
from tests.invitations.conftest import Due, statuses

LOUD = {"quiet_hours": {"webhook": "none"}}


def test_an_invitation_goes_out_by_the_gateway_and_unsubscribing_holds(
    ctx: Flask, due: Due, at_start: datetime
) -> None:
    with FakeGateway() as gateway:
        channel = build("webhook", {"url": gateway.url, "secret": SECRET})
        ctx.extensions["collector.channels"] = {"webhook": channel}
        ids = due(3, channels=["webhook"], rule_definition=LOUD)
        while send.run_batch():
            pass
        assert statuses(ids) == ["sent"] * 3
        assert {id for id, _ in gateway.accepted} == {f"{id}-webhook" for id in ids}
        ((_, data), *_) = gateway.accepted
        link = links.read(data["text"].rsplit("/", 1)[1])
        assert link.channel == "webhook"
        assert data["to"].startswith("customer-")

        with unit_of_work() as work:
            for id in ids:
                work.session.get_one(Invitation, id).status = "waiting"
            work.commit()
        optout.unsubscribe(links.read_unsubscribe(data["unsubscribe_url"].rsplit("/", 1)[1]))
        while send.run_batch():
            pass
        assert statuses(ids) == ["sent"] * 3  # it went out before; nothing follows it
        assert [to["to"] for _, to in gateway.accepted].count(data["to"]) == 1


def test_a_lost_answer_is_repeated_under_the_same_id(
    ctx: Flask, due: Due, at_start: datetime
) -> None:
    with FakeGateway() as gateway:
        channel = build("webhook", {"url": gateway.url, "secret": SECRET})
        ctx.extensions["collector.channels"] = {"webhook": channel}
        ids = due(1, channels=["webhook"], rule_definition=LOUD)
        gateway.plan(DROP)
        send.run_batch()
        assert statuses(ids) == ["waiting"]
