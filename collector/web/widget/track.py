"""`collector('track', …)`: an event that a page reports about whoever looks at it.

Goes through the same intake as `POST /v1/events`, with the site as the source. The identity says
who it is about; the site says which types its pages may report, for anything in a browser can be
made up by the person in front of it. No subjects are taken, for nobody may credit an agent from a
browser. Write-only: the reply tells of no decision. Called by `calls.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from collector import clock
from collector.errors import Conflict, Forbidden, InvalidInput
from collector.intake import receive
from collector.intake.formats import native
from collector.intake.outcomes import CONFLICT, Refused
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.rules.values import Problems
from collector.triggers import decide
from collector.web.widget.sites import KnownSite

OLDEST: Final = timedelta(days=7)
SOON: Final = timedelta(minutes=1)
CHANNEL: Final = "inapp"


def track(site: KnownSite, ref: str, event_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """Keep one event and have it decided: `{"status": "accepted" | "duplicate", "ask": bool}`.

    `ask`: a question for this person waits or is about to, so looking for it is worth a call.
    Raises Forbidden (`event_type_not_allowed`), InvalidInput (`invalid_event`) and Conflict (the id
    was used for something else).
    """
    kind = body.get("type")
    if kind not in site.event_types:
        raise Forbidden(
            "this site may not report such events; see `collector sites events`",
            code="event_type_not_allowed",
            pointer="/type",
        )
    now = clock.now()
    stamp = body.get("occurred_at")
    raw = {
        "source": site.name,
        "id": event_id,
        "type": kind,
        "occurred_at": clock.iso(_happened(stamp, body.get("sent_at"), now)),
        "person": {"ref": ref},
        "context": body.get("context"),
    }
    event = native.read_event(raw, "", now)
    if isinstance(event, Refused):
        raise InvalidInput(
            "this event cannot be used as it is; see `errors`",
            code="invalid_event",
            pointer=event.problems[0].pointer,
            problems=event.problems,
        )
    (outcome,) = receive.receive([replace(event, stamp=stamp or "")])
    if outcome.status == CONFLICT:
        raise Conflict(outcome.problems[0].detail, code=outcome.problems[0].code, pointer="/id")
    decisions = decide.decide_events([outcome.id]).get(outcome.id, [])
    invited = [one.invitation_id for one in decisions if one.invitation_id]
    return {"status": outcome.status, "ask": bool(invited) and _in_the_page(invited, now)}


def _happened(stamp: Any, sent: Any, now: datetime) -> datetime:
    """When it happened by our clock. The page's own is not to be trusted, a span on it is: how long
    before sending it happened. Without `sent_at`, its word is taken, but never for the future."""
    if stamp is None:
        return now
    problems = Problems()
    happened = problems.moment(stamp, "/occurred_at")
    left = problems.moment(sent, "/sent_at") if sent is not None else now
    if happened is None or left is None:
        first = problems.found[0]
        raise InvalidInput(first.detail, code=first.code, pointer=first.pointer)
    age = max(timedelta(0), left - happened)
    if age > OLDEST:
        raise InvalidInput(
            "this happened more than 7 days ago; send old events from your server",
            code="too_old",
            pointer="/occurred_at",
        )
    return now - age


def _in_the_page(invitation_ids: list[str], now: datetime) -> bool:
    rows = db.session.execute(
        select(Invitation.channels, Invitation.due_at).where(Invitation.id.in_(invitation_ids))
    )
    return any(channels[:1] == [CHANNEL] and due_at <= now + SOON for channels, due_at in rows)
