"""Each of Twilio's codes leads to what should be done about it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from channels.base import DeliveryUnknown
from channels.sms.codes import TABLE, failure, refusal, until_pacific_midnight

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("code", ["21211", "21614", "21610", "30005", "30006"])
def test_a_number_that_is_no_use_is_suppressed(code: str) -> None:
    error = failure(code)
    assert error.permanent
    assert error.suppress
    assert error.retry_after is None


@pytest.mark.parametrize("code", ["30003", "30022", "20429", "30023"])
def test_what_passes_is_for_later(code: str) -> None:
    error = failure(code, now=NOW)
    assert not error.permanent
    assert not error.suppress
    assert not error.configuration


def test_rates_say_how_long_to_wait() -> None:
    assert failure("20429").retry_after == 1
    assert failure("20429", asked=7).retry_after == 7
    assert failure("30022").retry_after == 60


def test_spam_filtering_stops_sending() -> None:
    assert failure("30007").stop
    assert [code for code in TABLE if failure(code).stop] == ["30007"]


def test_a_wrong_secret_burns_no_message() -> None:
    error = failure("20003")
    assert error.configuration
    assert not error.permanent


def test_a_region_that_is_off_is_final_and_our_fault() -> None:
    error = failure("21408")
    assert error.permanent
    assert error.configuration
    assert not error.suppress


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 1, 15, 20, tzinfo=UTC), 12),  # noon in winter
        (datetime(2026, 7, 15, 19, tzinfo=UTC), 12),  # noon in summer
        (datetime(2026, 3, 8, 8, tzinfo=UTC), 23),  # midnight of the short day
        (datetime(2026, 11, 1, 7, tzinfo=UTC), 25),  # midnight of the long day
    ],
)
def test_a_daily_limit_ends_at_midnight_in_los_angeles(now: datetime, hours: int) -> None:
    assert until_pacific_midnight(now) == hours * 3600
    assert failure("30023", now=now).retry_after == hours * 3600


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 409])
@pytest.mark.parametrize("code", ["", "21211", "20500"])
def test_a_server_that_fails_or_conflicts_leaves_it_unknown(status: int, code: str) -> None:
    error = refusal(status, code)
    assert isinstance(error, DeliveryUnknown)
    assert not error.permanent


def test_too_many_requests_is_certainly_not_sent() -> None:
    error = refusal(429, "")
    assert not isinstance(error, DeliveryUnknown)
    assert not error.permanent
    assert error.retry_after == 1


@pytest.mark.parametrize("status", [401, 403, 404, 307])
def test_a_door_that_does_not_open_is_configuration(status: int) -> None:
    error = refusal(status, "")
    assert error.configuration
    assert not error.permanent


def test_a_code_that_nobody_knows_strikes_no_number_off() -> None:
    error = refusal(400, "29999")
    assert error.permanent
    assert not error.suppress
    assert "29999" in str(error)
