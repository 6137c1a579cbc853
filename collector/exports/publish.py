"""The sequencer: unpublished verdicts become numbered revisions, one publisher at a time.

Numbers are given under a lock on the feed's head, and only to verdicts that have committed. So no
number appears below one that a reader has already seen: reading by id or by time instead loses rows
under concurrent writers. Woken by the bell `publish`. Next: `feed.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Table, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from collector import clock
from collector.exports.publish_time import at_least_last
from collector.exports.revision import COLUMNS, Judged, revision
from collector.integrity.appeals.latest_appeal import latest
from collector.model import batches, locks
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.events import Event
from collector.model.feed import FeedHead, Revision
from collector.model.invitations import Invitation
from collector.model.rules import RuleVersion
from collector.model.sql.bulk import insert_all, one_of
from collector.model.surveys import SurveyVersion
from collector.model.transaction import transaction
from collector.model.verdicts import Verdict

STAGE = "publish"


def run_batch(limit: int = 100) -> int:
    """Publish up to `limit` responses whose judgement has not left yet. Returns how many left.

    The order is (verdict's time, response id), so that the same week played twice gives the same
    feed.

    A response that is set apart leaves when it is released, under the next number: none was given
    to it before.
    """
    return batches.run(STAGE, limit, _publish)


@transaction
def _publish(limit: int, rows: Rows) -> int:
    with unit_of_work() as work:
        head = locks.one(work.session, FeedHead, 1)
        assert head is not None
        wanted = _DUE.where(rows.among(Verdict.response_id)).limit(limit)
        due = [Judged(*row) for row in work.session.execute(wanted)]
        rows.took([one.response_id for one in due])
        # Nothing leaves before it was judged, wherever this process' clock stands.
        now = max([clock.now(), *(one.judged_at for one in due)])
        if not due:
            return 0
        now = at_least_last(work.session, head, now)
        table = cast(Table, Revision.__table__)
        insert_all(work.session, table, _rows(work.session, due, head.last_number, now))
        _mark(work.session, due)
        head.last_number += len(due)
        work.commit()
        return len(due)


def backlog() -> int:
    """How many responses have a judgement that has not left yet."""
    waiting = _DUE.where(batches.free(STAGE, Verdict.response_id))
    due = waiting.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    count = db.session.execute(due).scalar_one()
    db.session.rollback()
    return count


def _due() -> Select[Any]:
    """Each response with an unpublished verdict, beside its newest one, if that judges what stands.

    A response edited after its verdict waits for the next verdict: no score may leave under the
    judgement of another score.
    """
    newer = aliased(Verdict)
    superseded = exists().where(
        newer.response_id == Verdict.response_id, newer.number > Verdict.number
    )
    return (
        select(*COLUMNS)
        .select_from(Verdict)
        .join(Response, Response.id == Verdict.response_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Event, Event.id == Invitation.event_id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .join(RuleVersion, RuleVersion.id == Invitation.rule_version_id)
        .where(~Verdict.published, Verdict.response_version == Response.version, ~superseded)
        .order_by(Verdict.created_at, Verdict.response_id)
    )


_DUE = _due()  # built once: building it costs more than running it on a short queue


def _rows(
    session: Session, due: Sequence[Judged], last_number: int, now: datetime
) -> list[dict[str, Any]]:
    about = [one.response_id for one in due]
    query = (
        select(Revision.response_id, func.max(Revision.revision).label("nth"))
        .where(one_of(Revision.response_id, about))
        .group_by(Revision.response_id)
    )
    before = {found.response_id: found.nth for found in session.execute(query)}
    appeals = latest(session, about)
    return [
        revision(
            one,
            number=last_number + place,
            nth=before.get(one.response_id, 0) + 1,
            appeal=appeals.get(one.response_id, ""),
            published_at=now,
        )
        for place, one in enumerate(due, start=1)
    ]


def _mark(session: Session, due: Sequence[Judged]) -> None:
    """Take these verdicts, and the ones that they replace, out of the queue; none that is newer."""
    newest = {one.response_id: one.verdict_number for one in due}
    query = select(Verdict.id, Verdict.response_id, Verdict.number).where(
        ~Verdict.published, one_of(Verdict.response_id, newest)
    )
    left = [
        found.id for found in session.execute(query) if found.number <= newest[found.response_id]
    ]
    session.execute(
        update(Verdict).where(one_of(Verdict.id, left)).values(published=True),
        execution_options={"synchronize_session": False},
    )
