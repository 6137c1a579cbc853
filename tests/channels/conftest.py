"""Real servers on the loopback for the channels' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as server:
        yield server


@pytest.fixture
def relay() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server
