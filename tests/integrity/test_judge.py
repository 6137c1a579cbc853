"""Verdicts in the database: written once for each change, by any number of workers."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.integrity import judge
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import Invitation
from collector.model.surveys import SurveyVersion
from collector.model.verdicts import Verdict
from tests import factories
from tests.factories import NOON


def answered(**changes: Any) -> Response:
    """A confirmed five with its tap, a minute after noon."""
    of = changes.pop("of", None) or factories.sent_invitation(db.session)
    row = factories.response(db.session, of, **changes)
    kind = "confirmed" if row.state == "confirmed" else "provisional"
    factories.tap(db.session, of.id, row.score, kind=kind, tapped_at=row.answered_at)
    db.session.commit()
    return row


def run(minutes: float = 5) -> int:
    with clock.at(NOON + timedelta(minutes=minutes)):
        return judge.run_batch()


def verdicts() -> list[Verdict]:
    db.session.rollback()
    return list(db.session.scalars(select(Verdict).order_by(Verdict.number)))


def again(row: Response, **changes: Any) -> None:
    db.session.rollback()
    fresh = db.session.get_one(Response, row.id)
    for name, value in {"needs_verdict": True, **changes}.items():
        setattr(fresh, name, value)
    db.session.commit()


def two_events_of_one_order(ctx: Flask) -> tuple[Response, Response]:
    """The same order reported twice by one shop, asked about twice, answered twice."""
    who = factories.person(db.session)
    survey = factories.survey_version(db.session)
    rows = []
    for minutes in (10, 30):
        of = factories.sent_invitation(db.session, of=who, survey=survey)
        event = db.session.get_one(Event, of.event_id)
        event.subjects = {"order": {"id": "o-1", "credited": "o-1"}}
        rows.append(answered(of=of, answered_at=NOON + timedelta(minutes=minutes)))
    return rows[0], rows[1]


def test_an_honest_answer_is_clean_and_the_next_stages_are_woken(ctx: Flask) -> None:
    answered()
    assert (judge.backlog(), run(), judge.backlog(), run()) == (1, 1, 0, 0)
    (verdict,) = verdicts()
    assert (verdict.verdict, verdict.weight, verdict.reasons, verdict.number) == (
        "clean", 1.0, [], 1,
    )  # fmt: skip
    assert ctx.extensions["collector.rung"] == ["publish", "follow_up"]


def test_a_provisional_response_is_not_judged(ctx: Flask) -> None:
    answered(state="provisional", settles_at=NOON + timedelta(minutes=11))
    assert (judge.backlog(), run(), verdicts()) == (0, 0, [])


def test_judging_again_writes_nothing_new(ctx: Flask) -> None:
    row = answered()
    run()
    for minutes in (6, 7, 8):
        again(row)
        assert run(minutes) == 1
    assert len(verdicts()) == 1


def test_a_judge_whose_clock_is_behind_keeps_nothing_back(ctx: Flask) -> None:
    """What another worker folded a minute ahead of us is judged, although taps still wait."""
    row = answered(updated_at=NOON + timedelta(minutes=6))
    factories.tap(db.session, row.invitation_id, 4, folded=False)
    db.session.commit()
    assert run(5) == 1
    assert len(verdicts()) == 1


def test_a_changed_answer_gets_a_new_verdict(ctx: Flask) -> None:
    row = answered()
    run()
    again(row, version=2, comment="and the courier was kind")
    run(6)
    assert [(v.number, v.response_version) for v in verdicts()] == [(1, 1), (2, 2)]


def test_a_response_set_aside_is_rejected_and_opens_no_case(ctx: Flask) -> None:
    aside = [{"tap_id": "x", "reason": "decoy", "figures": {"seconds_from_decoy": 2.0}}]
    answered(state="set_aside", score=None, set_aside=aside)
    run()
    (verdict,) = verdicts()
    assert (verdict.verdict, verdict.weight, verdict.reasons) == ("rejected", 0.0, ["LINK_SCANNER"])
    assert verdict.evidence == {"LINK_SCANNER": {"decoy": {"seconds_from_decoy": 2.0}}}
    assert ctx.extensions["collector.rung"] == ["publish"]


def test_one_order_answered_through_two_invitations_counts_once(ctx: Flask) -> None:
    first, second = two_events_of_one_order(ctx)
    assert run() == 2
    by = {verdict.response_id: verdict for verdict in verdicts()}
    assert (by[first.id].verdict, by[second.id].verdict) == ("clean", "rejected")
    assert by[second.id].reasons == ["DUPLICATE"]
    assert by[second.id].evidence["DUPLICATE"]["of"] == first.id


def test_another_survey_about_the_same_order_is_no_duplicate(ctx: Flask) -> None:
    _, second = two_events_of_one_order(ctx)
    of = db.session.get_one(Invitation, second.invitation_id)
    of.survey_version_id = factories.survey_version(db.session).id
    db.session.commit()
    run()
    assert {verdict.verdict for verdict in verdicts()} == {"clean"}


def test_two_versions_of_one_survey_ask_the_same_question(ctx: Flask) -> None:
    _, second = two_events_of_one_order(ctx)
    of = db.session.get_one(Invitation, second.invitation_id)
    key = db.session.get_one(SurveyVersion, of.survey_version_id).key
    of.survey_version_id = factories.survey_version(db.session, key=key, version=2).id
    db.session.commit()
    run()
    assert sorted(verdict.verdict for verdict in verdicts()) == ["clean", "rejected"]


def test_a_rejected_answer_makes_nobody_elses_a_duplicate(ctx: Flask) -> None:
    first, second = two_events_of_one_order(ctx)
    again(second, needs_verdict=False)
    factories.verdict(db.session, first.id, verdict="rejected", weight=0.0, reasons=["appeal"])
    db.session.commit()
    again(first, needs_verdict=False)
    again(second)
    run()
    assert {v.response_id: v.verdict for v in verdicts()}[second.id] == "clean"


def test_every_verdict_that_is_not_clean_has_reasons_with_figures(ctx: Flask) -> None:
    two_events_of_one_order(ctx)
    aside = [{"tap_id": "x", "reason": "scanner_agent", "figures": {"agent": "empty"}}]
    answered(state="set_aside", score=None, set_aside=aside)
    run()
    for verdict in verdicts():
        assert bool(verdict.reasons) == (verdict.verdict != "clean")
        assert all(verdict.evidence[reason] for reason in verdict.reasons)


def test_three_workers_judge_everything_once(ctx: Flask) -> None:
    for _ in range(30):
        answered()

    def work() -> None:
        with ctx.app_context(), clock.at(NOON + timedelta(hours=1)):
            while judge.backlog():
                judge.run_batch(4)
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    written = verdicts()
    assert len(written) == len({verdict.response_id for verdict in written}) == 30
