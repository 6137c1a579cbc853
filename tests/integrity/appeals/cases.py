"""Published answers to contest, and the feed to look at afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from collector import clock
from collector.exports import feed, publish
from collector.integrity.appeals.terms import Decision, Opening
from collector.integrity.inputs.roster import reading, replace
from collector.model.audit import Author
from collector.model.base import db
from collector.model.events import Event
from collector.model.ids import new_id
from collector.model.integrity import Finding
from collector.model.invitations import Invitation
from tests import factories
from tests.factories import NOON

JUDGED = NOON + timedelta(minutes=2)
PUBLISHED = NOON + timedelta(minutes=3)
LATER = NOON + timedelta(days=1)
SUBJECTS = {
    "agent": {"id": "a1", "credited": "a2"},
    "team": {"id": "t1", "credited": "t1"},
    "order": {"id": "o-1", "credited": "o-1"},
}
REJECTED = {
    "verdict": "rejected", "weight": 0.0, "reasons": ["DEVICE_SHARED"],
    "evidence": {"DEVICE_SHARED": {"customers": 7, "for_subject": 6}, "p": 0.98},
}  # fmt: skip


def published(score: int = 1, **verdict: Any) -> str:
    """An answer about agent a1 (credited: a2) of team t1, judged and published."""
    row = factories.response(db.session, score=score, needs_verdict=False)
    factories.verdict(db.session, row.id, created_at=JUDGED, **verdict)
    of = db.session.get_one(Invitation, row.invitation_id)
    db.session.get_one(Event, of.event_id).subjects = SUBJECTS
    id = row.id
    db.session.commit()
    send(PUBLISHED)
    return id


def send(at: Any = None) -> None:
    """Publish what waits."""
    with clock.at(at or clock.now() + timedelta(minutes=1)):
        publish.run_batch()


def revisions(response_id: str) -> list[dict[str, Any]]:
    """What left about this response, oldest first."""
    return [dict(row) for row in feed.stream() if row["response_id"] == response_id]


def newest(response_id: str) -> dict[str, Any]:
    return revisions(response_id)[-1]


def opening(by: str = "a1", ground: str = "product_failed", **changes: Any) -> Opening:
    return Opening(by, ground, changes.pop("statement", "The box was empty."), **changes)


def upheld(outcome: str = "company_only", by: str = "rita", **changes: Any) -> Decision:
    return Decision(by, "upheld", outcome, changes.pop("reason", "The photo shows it."), **changes)


def dismissed(by: str = "rita", **changes: Any) -> Decision:
    return Decision(by, "dismissed", "", "The call was listened to.", **changes)


def staff(*entries: dict[str, Any]) -> None:
    """Make this the roster."""
    replace.replace(reading.read((str(n), one) for n, one in enumerate(entries)), Author("hr"))


def finding(**changes: Any) -> str:
    """An open finding about agent a1."""
    row = Finding(
        **{
            "id": new_id("fnd"),
            "about": "agent",
            "subject": "a1",
            "state": "open",
            "p": 0.0005,
            "families": {"selection": 0.0005},
            "reasons": ["SELECTIVE_INVITE"],
            "evidence": [
                {
                    "code": "SELECTIVE_INVITE",
                    "p": 0.0005,
                    "independent": True,
                    "of_these": 9,
                    "with_trouble": 7,
                    "expected_with_trouble": 2.1,
                }
            ],
            "innocent": {"SELECTIVE_INVITE": "Angry customers decline more often."},
            "checks_version": "2-00000000",
            "found_at": NOON,
            "seen_at": NOON,
            **changes,
        }
    )
    db.session.add(row)
    db.session.commit()
    return row.id
