"""Providers are called several at once: never more than may be, and never one message twice; what
is in doubt, given back or refused is as when they were called one after the other."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from channels.base import Channel, ChannelError, Receipt
from channels.base import Message as Finished
from channels.preview import Preview
from collector import clock, stopping
from collector.invitations import claims, reconcile, schedule, send
from collector.invitations.delivery import lanes
from collector.invitations.delivery.lanes import Lane
from collector.invitations.schedule import Outcome
from collector.invitations.transports import channels
from collector.model.base import db
from collector.model.invitations import Message
from collector.model.people import Suppression
from tests.invitations.conftest import Due, statuses
from tests.invitations.test_crashes import KillNine

MOST = 4


class Provider(Channel):
    """Counts who is with it at the same time, and does what the test says with each."""

    kind, at_most_once, side_by_side = "sms", True, MOST

    def __init__(self, does: Callable[[int], None] = lambda number: None) -> None:
        self.does = does
        self.taken: list[str] = []
        self.at_once = self.most_at_once = self.began = 0
        self.lock = threading.Lock()

    @classmethod
    def from_options(cls, options: object) -> Provider:
        raise NotImplementedError

    def check(self) -> str:
        return ""

    def send(self, message: Finished) -> Receipt:
        with self.lock:
            self.began += 1
            number = self.began
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.does(number)
            with self.lock:
                self.taken.append(message.id)
        finally:
            with self.lock:
                self.at_once -= 1
        return Receipt("sent", f"ref-{message.id}")

    def find(self, message: Finished, since: datetime) -> Receipt | None:
        return Receipt("sent", f"ref-{message.id}") if message.id in self.taken else None


@pytest.fixture
def put_in(ctx: Flask) -> Iterator[Callable[..., Provider]]:
    """`put_in(provider, kind="sms")`: the app sends by it, and keeps mails for preview."""
    folder = ctx.extensions["collector.settings"].home / "preview"

    def put(provider: Any, kind: str = "sms") -> Any:
        provider.kind = kind
        others = {"email": Preview("email", folder)}
        ctx.extensions["collector.channels"] = {**others, kind: provider}
        return provider

    yield put
    for callers in ctx.extensions.get("collector.callers", {}).values():
        callers.end()


def shortly(_: int) -> None:
    """Long enough for others to begin meanwhile."""
    time.sleep(0.01)  # the provider's own time: what is looked at is who is with it at once


def kinds_of_messages() -> Counter[str]:
    db.session.rollback()
    return Counter(db.session.scalars(select(Message.status)))


def send_all() -> None:
    while send.run_batch():
        pass


def test_as_many_are_called_at_once_as_the_channel_takes_and_each_once(
    put_in: Callable[..., Provider], due: Due, at_start: datetime
) -> None:
    provider = put_in(Provider(shortly))
    ids = due(30)
    send_all()
    assert statuses(ids) == ["sent"] * 30
    assert Counter(provider.taken) == {f"{id}-sms": 1 for id in ids}
    assert 1 < provider.most_at_once <= MOST


def test_what_is_marked_as_being_handed_over_is_never_more_than_that(
    ctx: Flask, put_in: Callable[..., Provider], due: Due, at_start: datetime
) -> None:
    marked: list[int] = []

    def look(_: int) -> None:
        with ctx.app_context():
            found = select(Message.id).where(Message.status == "claimed", Message.text_digest != "")
            marked.append(len(db.session.scalars(found).all()))
            db.session.remove()

    put_in(Provider(look))
    due(20)
    send_all()
    assert len(marked) == 20
    assert max(marked) <= MOST


def test_a_worker_that_is_killed_leaves_at_most_the_calls_in_flight_in_doubt(
    put_in: Callable[..., Provider], due: Due, at_start: datetime
) -> None:
    def dies(number: int) -> None:
        if number == 9:
            raise KillNine
        shortly(number)

    provider = put_in(Provider(dies))
    ids = due(claims.AT_MOST_ONCE_BATCH)
    with pytest.raises(KillNine):
        send.run_batch()
    with clock.at(at_start + timedelta(seconds=21)):
        reconcile.run_batch()
        assert 1 <= kinds_of_messages()["unknown"] <= MOST
    provider.does = lambda number: None
    for seconds in (26, 60):
        with clock.at(at_start + timedelta(seconds=seconds)):
            while reconcile.run_batch() + send.run_batch():
                pass
    assert statuses(ids) == ["sent"] * len(ids)
    assert max(Counter(provider.taken).values()) == 1


def test_told_to_stop_it_gives_back_what_it_has_not_handed_over(
    put_in: Callable[..., Provider], due: Due, at_start: datetime
) -> None:
    told = threading.Event()

    def tells(number: int) -> None:
        shortly(number)
        if number == 5:
            told.set()

    provider = put_in(Provider(tells))
    ids = due(18)
    with stopping.told_by(told.is_set):
        send.run_batch()
    assert 5 <= len(provider.taken) <= 5 + MOST
    found = Counter(statuses(ids))
    assert found == {"sent": len(provider.taken), "waiting": 18 - len(provider.taken)}
    assert send.backlog() == found["waiting"], "due at once, for whoever comes next"


def test_a_provider_that_is_slow_keeps_no_other_channel_waiting(
    put_in: Callable[..., Provider], due: Due, at_start: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "SLOW", 0.0)
    mails_out = threading.Event()

    def waits(_: int) -> None:
        mails_out.wait(20)

    put_in(Provider(waits))
    texts, mails = due(2), due(45, channels=["email"])

    def look() -> None:
        while not mails_out.is_set():
            if len(preview.list(100)) == 45:
                mails_out.set()
            mails_out.wait(0.02)

    preview = channels()["email"]
    assert isinstance(preview, Preview)
    watcher = threading.Thread(target=look)
    watcher.start()
    assert send.run_batch(10) >= 45, "one batch, in which the others had further claims"
    watcher.join()
    send_all()
    assert statuses(texts + mails) == ["sent"] * 47


def test_what_waits_behind_a_provider_that_is_too_slow_is_given_back(
    put_in: Callable[..., Provider], due: Due, at_start: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.invitations.delivery.hand_over.PATIENCE", -1.0)
    provider = put_in(Provider())
    ids = due(5)
    assert send.run_batch() == 5
    assert (provider.taken, statuses(ids)) == ([], ["waiting"] * 5)
    monkeypatch.setattr("collector.invitations.delivery.hand_over.PATIENCE", lanes.PATIENCE)
    send_all()
    assert statuses(ids) == ["sent"] * 5


def test_a_relay_that_begins_to_refuse_everybody_amid_a_batch_condemns_nobody(
    put_in: Callable[..., Provider], due: Due, at_start: datetime
) -> None:
    def refuses(number: int) -> None:
        shortly(number)
        if number > 6:
            raise ChannelError("No such user.", permanent=True, suppress=True, code="5.1.1")

    put_in(Provider(refuses), kind="email")
    due(24, channels=["email"])
    send_all()
    assert db.session.scalars(select(Suppression)).all() == []
    assert kinds_of_messages()["sent"] == 6


def test_a_lane_widens_with_what_is_taken_and_narrows_with_what_is_refused() -> None:
    lane = Lane(most=3)
    assert lane.room() == 1
    for expected in (2, 3, 3):
        lane.out += 1
        lane.back(Outcome("sent", "sent"))
        assert lane.room() == expected
    lane.out += 1
    lane.back(Outcome("failed", "next_channel"))
    assert lane.room() == 3, "about one address"
    lane.out += 1
    lane.back(Outcome("unknown", "stay"))
    assert lane.room() == 1
    lane.out += 1
    lane.back(schedule.stopped())
    assert lane.room() == 0


def test_a_channel_that_cannot_be_made_in_its_thread_ends_the_batch_and_hangs_nothing(
    ctx: Flask, put_in: Callable[..., Provider], due: Due, at_start: datetime
) -> None:
    provider, here = put_in(Provider()), threading.get_ident()

    class Broken(dict[str, Channel]):
        def __getitem__(self, kind: str) -> Channel:
            if threading.get_ident() != here:
                raise OSError("too many open files")
            return super().__getitem__(kind)

    ctx.extensions["collector.channels"] = Broken(ctx.extensions["collector.channels"])
    due(3)
    with pytest.raises(OSError, match="too many open files"):
        send_all()
    assert provider.taken == []
