"""What an export lacks may cost recall and never an honest answer. Null is neither equal nor
different.
"""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.integrity.curves.judging import Judged, judge
from benchmarks.integrity.curves.missing import SHARES, company, fields, point
from tests.how_much import FULL

# Those on which checks hang; all fields of all files with COLLECTOR_TEST_FULL=1.
TELLING = (
    "responses.device_hash", "responses.ip_hash", "responses.net_hash", "responses.user_agent",
    "responses.opened_at", "responses.invitation_id", "responses.channel", "responses.agent_id",
    "invitations.sent_at", "invitations.contact_hash", "invitations.event_id",
    "events.contact_on_file", "events.customer_id", "events.occurred_at", "events.handle_seconds",
    "events.handled_by", "events", "invitations", "signals", "roster",
)  # fmt: skip
POINTS = [
    (what, share)
    for number, what in enumerate(fields() if FULL else TELLING)
    for share in (SHARES if FULL else (SHARES[number % 3],))
]


@cache
def whole() -> Judged:
    return judge(company())


@pytest.mark.parametrize(("what", "share"), POINTS)
def test_a_field_or_file_that_lacks_hurts_nobody_more(what: str, share: float) -> None:
    before, after = whole(), point(what, share)
    assert set(after.wrong) <= set(before.wrong)


@pytest.mark.parametrize("share", SHARES)
def test_a_device_that_is_not_known_makes_nobody_alike(share: float) -> None:
    before, after = whole(), point("responses.device_hash", share)
    gained = [
        number for number, (label, _) in company().labels.items()
        if label == "honest" and after.rank(number) > before.rank(number)
    ]  # fmt: skip
    assert len(gained) <= 0.005 * before.honest
