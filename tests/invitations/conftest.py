"""A real stand-in for Twilio on loopback, channels on it, and due invitations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from channels.inapp.channel import InApp
from channels.preview import Preview
from channels.registry import build
from collector import clock
from collector.model.base import unit_of_work
from collector.model.invitations import Invitation
from tests import factories
from tests.channels.fake_twilio import FakeTwilio

Due = Callable[..., list[str]]
START = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as server:
        yield server


@pytest.fixture
def by_twilio(ctx: Flask, twilio: FakeTwilio) -> Flask:
    """The app, with its texts going to the stand-in and its mails kept for preview."""
    sms = build(
        "sms",
        {
            "account_sid": "AC00000000000000000000000000000001",
            "auth_token": "a-token",
            "from_number": "+15005550006",
            "base_url": twilio.url,
            "read_timeout": "2",
        },
    )
    folder = ctx.extensions["collector.settings"].home / "preview"
    ctx.extensions["collector.channels"] = {
        "sms": sms,
        "email": Preview("email", folder),
        "inapp": InApp(),
    }
    return ctx


@pytest.fixture
def due(ctx: Flask) -> Due:
    """`due(3, channels=["sms"])` commits three invitations due at START; gives their ids."""

    def make(count: int = 1, **changes: Any) -> list[str]:
        with unit_of_work() as work:
            survey = factories.survey_version(work.session)
            rows = [
                factories.invitation(
                    work.session,
                    survey=survey,
                    **{
                        "due_at": START,
                        "created_at": START,
                        "lapses_at": START + timedelta(days=14),
                        "channels": ["sms"],
                        **changes,
                    },
                )
                for _ in range(count)
            ]
            ids = [row.id for row in rows]
            work.commit()
        return ids

    return make


@pytest.fixture
def at_start() -> Iterator[datetime]:
    """The clock stands at START, which is the real present: the stand-in's clock is real too."""
    with clock.at(START):
        yield START


def statuses(ids: list[str]) -> list[str]:
    """The invitations' statuses, freshly read."""
    with unit_of_work() as work:
        rows = {row.id: row.status for row in work.session.query(Invitation).all()}
    return [rows[id] for id in ids]
