"""What one revision says: the newest fold and judgement of a response, and how it came to be asked.

Pure: takes what was read, gives the feed row's values. Used by `publish.py` alone, which reads no
more columns than this needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from collector.exports import pii_fields
from collector.integrity.rulings import counts_for
from collector.model.answers import Response
from collector.model.events import Event
from collector.model.invitations import Invitation
from collector.model.rules import RuleVersion
from collector.model.surveys import SurveyVersion
from collector.model.verdicts import Verdict
from collector.surveys.metrics import METRICS

ANSWER, TOMBSTONE = "answer", "tombstone"


@dataclass(frozen=True, slots=True)
class Judged:
    """A response with its judgement, and how it came to be asked for."""

    verdict_number: int
    verdict: str
    weight: float
    reasons: list[Any]
    checks_version: str
    judged_at: datetime
    response_id: str
    person_id: str
    score: int | None
    state: str
    comment: str | None
    taps: int
    channel: str
    answered_at: datetime
    erased_at: datetime | None
    invitation_id: str
    locale: str
    sent_at: datetime | None
    invited_at: datetime
    event_source: str
    event_id: str
    event_type: str
    occurred_at: datetime
    subjects: Mapping[str, Any]
    survey: str
    survey_version: int
    metric: str
    rule: str
    rule_version: int


COLUMNS: Final = (
    Verdict.number, Verdict.verdict, Verdict.weight, Verdict.reasons, Verdict.checks_version,
    Verdict.created_at,
    Response.id, Response.person_id, Response.score, Response.state, Response.comment,
    Response.taps, Response.channel, Response.answered_at, Response.erased_at,
    Invitation.id, Invitation.locale, Invitation.sent_at, Invitation.created_at,
    Event.source, Event.event_id, Event.type, Event.occurred_at, Event.subjects,
    SurveyVersion.key, SurveyVersion.version, SurveyVersion.metric,
    RuleVersion.key, RuleVersion.version,
)  # fmt: skip
"""What is read of each, in the order of `Judged`'s fields."""


def revision(
    judged: Judged, number: int, nth: int, appeal: str, published_at: datetime
) -> dict[str, Any]:
    """The row with this place in the feed, the `nth` one about its response.

    `appeal` is the state of the newest appeal about it, '' where there is none.
    """
    metric = METRICS[judged.metric]
    row = {
        "number": number,
        "response_id": judged.response_id,
        "revision": nth,
        "kind": ANSWER,
        "survey": judged.survey,
        "survey_version": judged.survey_version,
        "metric": metric.key,
        "scale_low": metric.low,
        "scale_high": metric.high,
        "direction": metric.direction,
        "score": judged.score,
        "band": "" if judged.score is None else metric.band(judged.score),
        "state": judged.state,
        "comment": judged.comment,
        "verdict": judged.verdict,
        "weight": judged.weight,
        "reasons": list(judged.reasons),
        "checks_version": judged.checks_version,
        "taps": judged.taps,
        "channel": judged.channel,
        "locale": judged.locale,
        "invited_at": judged.sent_at or judged.invited_at,
        "answered_at": judged.answered_at,
        "published_at": published_at,
        "invitation_id": judged.invitation_id,
        "person_id": judged.person_id,
        "rule": judged.rule,
        "rule_version": judged.rule_version,
        "event_source": judged.event_source,
        "event_id": judged.event_id,
        "event_type": judged.event_type,
        "occurred_at": judged.occurred_at,
        "subjects": judged.subjects,
        "appeal": appeal,
        "counts_for": counts_for(judged.reasons),
    }
    return row if judged.erased_at is None else {**row, **_erased(row)}


def _erased(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an erased answer's row says instead. A later judgement of it is a tombstone as well:
    whoever drops earlier contents at a tombstone must not be handed an answer after it.
    """
    return {
        **pii_fields.REVISION,
        "subjects": pii_fields.about(row["subjects"]),
        "kind": ANSWER if row["revision"] == 1 else TOMBSTONE,
    }
