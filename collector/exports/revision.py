"""What one revision says: the newest fold and judgement of a response, and how it came to be asked.

Pure: takes loaded rows, gives the feed row's values. Used by `publish.py` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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

    verdict: Verdict
    response: Response
    invitation: Invitation
    event: Event
    survey: SurveyVersion
    rule: RuleVersion


def revision(
    judged: Judged, number: int, nth: int, appeal: str, published_at: datetime
) -> dict[str, Any]:
    """The row with this place in the feed, the `nth` one about its response.

    `appeal` is the state of the newest appeal about it, '' where there is none.
    """
    verdict, response, invitation = judged.verdict, judged.response, judged.invitation
    metric = METRICS[judged.survey.metric]
    row = {
        "number": number,
        "response_id": response.id,
        "revision": nth,
        "kind": ANSWER,
        "survey": judged.survey.key,
        "survey_version": judged.survey.version,
        "metric": metric.key,
        "scale_low": metric.low,
        "scale_high": metric.high,
        "direction": metric.direction,
        "score": response.score,
        "band": "" if response.score is None else metric.band(response.score),
        "state": response.state,
        "comment": response.comment,
        "verdict": verdict.verdict,
        "weight": verdict.weight,
        "reasons": list(verdict.reasons),
        "checks_version": verdict.checks_version,
        "taps": response.taps,
        "channel": response.channel,
        "locale": invitation.locale,
        "invited_at": invitation.sent_at or invitation.created_at,
        "answered_at": response.answered_at,
        "published_at": published_at,
        "invitation_id": invitation.id,
        "person_id": response.person_id,
        "rule": judged.rule.key,
        "rule_version": judged.rule.version,
        "event_source": judged.event.source,
        "event_id": judged.event.event_id,
        "event_type": judged.event.type,
        "occurred_at": judged.event.occurred_at,
        "subjects": judged.event.subjects,
        "appeal": appeal,
        "counts_for": counts_for(verdict.reasons),
    }
    return row if response.erased_at is None else {**row, **_erased(row)}


def _erased(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an erased answer's row says instead. A later judgement of it is a tombstone as well:
    whoever drops earlier contents at a tombstone must not be handed an answer after it.
    """
    return {
        **pii_fields.REVISION,
        "subjects": pii_fields.about(row["subjects"]),
        "kind": ANSWER if row["revision"] == 1 else TOMBSTONE,
    }
