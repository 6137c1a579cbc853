"""Words without a score leave through the feed, open a case and enter no figure."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.answers.record import record
from collector.answers.taps import CONFIRMED, SMS_REPLY, IncomingTap
from collector.exports import feed, files
from collector.exports.kpis import kpis
from collector.model.base import db
from collector.model.followups import FollowUp
from collector.model.verdicts import Verdict
from tests import factories
from tests.exports.erasing import until
from tests.factories import NOON


def say(invitation: str, score: int | None, words: str | None, minutes: int) -> None:
    with clock.at(NOON + timedelta(minutes=minutes)):
        record(
            IncomingTap(
                kind=CONFIRMED, via=SMS_REPLY, channel="sms", idempotency_key=f"k{minutes}",
                invitation_id=invitation, score=score, comment=words,
            )
        )  # fmt: skip
    until(NOON + timedelta(minutes=minutes + 30))


def test_words_leave_open_a_case_and_are_completed_by_a_score(ctx: Flask) -> None:
    first, other = (factories.sent_invitation(db.session).id for _ in range(2))
    db.session.commit()
    say(other, 5, None, 1)
    say(first, None, "please call me", 60)
    rows = list(feed.stream())
    assert [(row["score"], row["comment"], row["band"]) for row in rows] == [
        (5, None, "satisfied"), (None, "please call me", "")
    ]  # fmt: skip
    assert (rows[1]["verdict"], rows[1]["weight"], rows[1]["reasons"]) == ("clean", 0.0, [])
    figures = {(one.answers, one.mean, one.weighted_mean) for one in kpis(rows)}
    assert figures == {(1, 5.0, 5.0), (0, None, None)}  # each was asked by a survey of its own
    assert len(db.session.scalars(select(FollowUp)).all()) == 1
    for kind in ("csv", "ndjson", "parquet"):
        out = BytesIO()
        assert files.write(feed.stream(), kind, out) == 2
        assert out.getvalue()
    say(first, 2, None, 120)
    newest = list(feed.stream())[-1]
    assert (newest["response_id"], newest["revision"]) == (rows[1]["response_id"], 2)
    assert (newest["score"], newest["comment"]) == (2, "please call me")
    assert len(db.session.scalars(select(FollowUp)).all()) == 1
    assert db.session.scalars(select(Verdict)).first() is not None
