"""Findings: opened, kept up to date, lapsed; what a reviewer ruled stays as it was ruled."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from collector.integrity.engine.subjects.findings import SubjectFinding
from collector.integrity.engine.subjects.peers import Evidence
from collector.integrity.evidence import subject_analysis
from collector.model.base import db
from collector.model.integrity import Finding
from tests.effort import watched
from tests.factories import NOON

TESTS = (
    Evidence("LATE_DISPATCH", 0.5, True, {"seen": 1}),
    Evidence("QA_SOLICITATION", 0.001, True, {"calls_heard": 4}),
)


def concluded(day: int, *reasons: str) -> list[Finding]:
    """All findings after this was found about agent a1 (nothing, without reasons)."""
    finding = SubjectFinding("a1", bool(reasons), 0.001, reasons, {"solicitation": 0.001}, TESTS)
    flagged = [("agent", finding)] if reasons else []
    subject_analysis.keep(db.session(), flagged, NOON + timedelta(days=day))
    db.session.commit()
    return list(db.session.scalars(select(Finding).order_by(Finding.found_at, Finding.id)))


def rule(state: str) -> None:
    for row in db.session.scalars(select(Finding)):
        row.state = state
    db.session.commit()


def test_a_finding_says_what_was_seen_and_what_else_it_can_be(ctx: Flask) -> None:
    (row,) = concluded(0, "QA_SOLICITATION")
    assert (row.about, row.subject, row.state, row.p) == ("agent", "a1", "open", 0.001)
    assert [one["code"] for one in row.evidence] == ["QA_SOLICITATION"]
    assert row.evidence[0]["calls_heard"] == 4
    assert row.innocent["QA_SOLICITATION"]


def test_it_is_kept_up_to_date_lapses_and_may_come_back(ctx: Flask) -> None:
    concluded(0, "QA_SOLICITATION")
    (row,) = concluded(7, "QA_SOLICITATION", "REVISION_RATE")
    assert row.found_at == NOON
    assert row.seen_at == NOON + timedelta(days=7)
    assert row.reasons == ["QA_SOLICITATION", "REVISION_RATE"]
    (row,) = concluded(14)
    assert row.state == "lapsed"
    assert [one.state for one in concluded(21, "QA_SOLICITATION")] == ["lapsed", "open"]


def test_what_a_reviewer_ruled_on_is_not_found_again_but_for_something_new(ctx: Flask) -> None:
    concluded(0, "QA_SOLICITATION", "REVISION_RATE")
    rule("cleared")
    assert [one.state for one in concluded(7, "QA_SOLICITATION")] == ["cleared"]
    assert [one.state for one in concluded(14)] == ["cleared"]
    assert [one.state for one in concluded(21, "LATE_DISPATCH")] == ["cleared", "open"]


def test_findings_that_are_over_are_not_read_unless_their_subject_is_found_again(
    ctx: Flask,
) -> None:
    concluded(0, "QA_SOLICITATION")
    (row,) = concluded(7)
    gone = {c.key: getattr(row, c.key) for c in Finding.__table__.columns}
    for n in range(40):
        db.session.add(Finding(**gone | {"id": f"fnd_{n}", "subject": f"a{n + 2}"}))
    db.session.commit()
    with watched() as seen:
        concluded(14)
        read = seen.rows - 41  # those that the test itself looks at
    assert read == 0
    with watched() as seen:
        rows = concluded(21, "QA_SOLICITATION")
        read = seen.rows - 42
    assert 0 < read < 4
    assert [one.state for one in rows if one.subject == "a1"] == ["lapsed", "open"]
