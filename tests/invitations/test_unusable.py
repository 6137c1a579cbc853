"""A channel that cannot be used ends an ask with a reason, once, and the explanation says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from channels.registry import build
from collector import clock
from collector.invitations import lapse, send
from collector.invitations.senders import channel_status
from collector.model.base import db
from collector.model.events import Decision
from collector.model.invitations import Invitation
from collector.model.senders import Hold
from collector.triggers.explain.event import explain_event
from tests.triggers.conftest import PutToUse, in_use
from tests.triggers.making import NOON, event, rule
from tests.triggers.test_reason_codes import noon, send_in

__all__ = ["in_use", "noon"]

CHINA = {"phone": "+8613800138000"}


def decisions() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(Decision).order_by(Decision.number))
    return [(one.outcome, one.reason) for one in rows]


def statuses() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Invitation.status)))


def told(id: str) -> dict[str, Any]:
    (one,) = explain_event(id)["rules"]
    found: dict[str, Any] = one
    return found


def later(**span: float) -> None:
    with clock.at(NOON + timedelta(**span)):
        while send.run_batch():
            pass
        lapse.run_batch()


@pytest.mark.parametrize(
    ("channels", "who", "unusable"),
    [
        (["sms", "webhook"], CHINA, ["sms (no_links_there)", "webhook (not_set_up)"]),
        (["sms"], CHINA, ["sms (no_links_there)"]),
        (["webhook"], {}, ["webhook (not_set_up)"]),
        (["webhook", "sms"], {"phone": None}, ["webhook (not_set_up)"]),
    ],
)
def test_who_can_be_reached_by_nothing_here_is_held_back_at_once(
    noon: None, in_use: PutToUse, channels: list[str], who: dict[str, Any], unusable: list[str]
) -> None:
    in_use(rule(channels=channels))
    (id,) = send_in(event(who=who))
    for minute in (0, 10, 60, 60 * 24 * 20):
        later(minutes=minute)
    assert decisions() == [("held_back", "channel_unusable")]
    then = told(id)["then"]
    assert then["sentence"] == f"Cannot be used: {', '.join(unusable)}."
    assert "doctor" in then["remedy"]
    assert told(id)["now"]["reason"] == "channel_unusable"


def test_another_channel_takes_over_from_one_that_cannot_be_used(
    noon: None, in_use: PutToUse
) -> None:
    in_use(rule(channels=["sms", "webhook", "email"]))
    (id,) = send_in(event(who=CHINA))
    assert decisions() == [("invited", "invited")]
    assert told(id)["then"]["sentence"] == "Will be asked over email."


def without(ctx: Flask, monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
    held = dict(ctx.extensions["collector.channels"])
    left = {kind: channel for kind, channel in held.items() if kind not in kinds}
    monkeypatch.setitem(ctx.extensions, "collector.channels", left)


def test_an_ask_whose_channel_is_taken_away_ends_with_a_decision(
    ctx: Flask, noon: None, in_use: PutToUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(rule(channels=["sms"], delay="30m"))
    (id,) = send_in(event(occurred_at="2026-03-02T12:00:00Z"))
    without(ctx, monkeypatch, "sms")
    for minute in (29, 31, 45, 60 * 24 * 20):
        later(minutes=minute)
    assert decisions() == [("invited", "invited"), ("held_back", "channel_unusable")]
    assert statuses() == ["cancelled"]
    then = told(id)["then"]
    assert (then["reason"], then["outcome"]) == ("channel_unusable", "held_back")
    assert then["overtaken_by"][0]["sentence"] == "Cannot be used: sms (not_set_up)."


def test_an_ask_goes_by_the_next_channel_where_one_is_taken_away(
    ctx: Flask, noon: None, in_use: PutToUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(rule(channels=["sms", "inapp"], delay="30m"))
    send_in(event(occurred_at="2026-03-02T12:00:00Z"))
    without(ctx, monkeypatch, "sms")
    later(minutes=31)
    assert statuses() == ["sent"]
    assert decisions() == [("invited", "invited")]


def test_what_waits_for_a_held_channel_says_so_and_ends_with_a_decision(
    ctx: Flask, noon: None, in_use: PutToUse
) -> None:
    in_use(rule(channels=["sms"]))
    (id,) = send_in(event())
    channel_status.stop("sms")
    later(minutes=1)
    (waits,) = [one for one in told(id)["then"]["afterwards"] if one["planned"]]
    assert waits["sentence"].startswith("The ask waits: sms is held (by_hand) until `collector")
    assert decisions() == [("invited", "invited")]
    later(days=20)
    assert statuses() == ["lapsed"]
    assert decisions() == [("invited", "invited"), ("held_back", "channel_unusable")]
    assert told(id)["then"]["overtaken_by"][0]["sentence"] == "Cannot be used: sms (held)."
    later(days=21)
    assert len(decisions()) == 2


def test_a_held_channel_that_is_resumed_in_time_sends_what_waited(
    ctx: Flask, noon: None, in_use: PutToUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(rule(channels=["sms"]))
    send_in(event())
    channel_status.stop("sms")
    later(minutes=1)
    channel_status.resume("sms")
    later(minutes=10)
    assert statuses() == ["sent"]
    assert decisions() == [("invited", "invited")]


def test_what_is_set_up_is_used(
    ctx: Flask, noon: None, in_use: PutToUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(ctx.extensions["collector.settings"].home / "preview")
    webhook = build("preview", {"kind": "email", "directory": folder})
    held = {**ctx.extensions["collector.channels"], "webhook": webhook}
    monkeypatch.setitem(ctx.extensions, "collector.channels", held)
    in_use(rule(channels=["sms", "webhook"]))
    (id,) = send_in(event(who=CHINA))
    assert told(id)["then"]["sentence"] == "Will be asked over webhook."


def refused(channel: str, cause: str) -> None:
    """The provider refuses everything for a fault of ours, since a minute."""
    hold = {"key": channel, "channel": channel, "cause": cause, "since": NOON, "next_at": NOON}
    db.session.add(Hold(**hold))
    db.session.commit()


@pytest.mark.parametrize(
    ("channels", "sentence"),
    [
        (["sms"], "The ask waits: sms is held (authentication), because the provider refuses our "
         "set-up, until that is mended."),
        (["sms", "email"], "The ask goes by email where that reaches the person: sms is held "
         "(authentication), because the provider refuses our set-up, until that is mended."),
        (["email", "sms"], "The ask will go out."),
    ],
)  # fmt: skip
def test_what_a_provider_refuses_for_our_fault_is_said_of_the_asks_that_wait_for_it(
    noon: None, in_use: PutToUse, channels: list[str], sentence: str
) -> None:
    in_use(rule(channels=channels, delay="30m"))
    (id,) = send_in(event(occurred_at="2026-03-02T12:00:00Z"))
    refused("sms", "authentication")
    (waits,) = [one for one in told(id)["then"]["afterwards"] if one["planned"]]
    assert waits["sentence"] == sentence


def test_a_paused_rule_is_said_before_a_held_channel(noon: None, in_use: PutToUse) -> None:
    asked = rule(channels=["sms"], delay="30m")
    in_use(asked)
    (id,) = send_in(event(occurred_at="2026-03-02T12:00:00Z"))
    refused("sms", "authentication")
    in_use({**asked, "status": "paused"})
    (waits,) = [one for one in told(id)["then"]["afterwards"] if one["planned"]]
    assert waits["sentence"] == "The ask is held. The rule delivered is paused."
