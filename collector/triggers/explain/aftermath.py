"""What happened after a decision: attempts to send, receipts, lapsed or called off, the answer.

Reads only, straight from the tables of the later stages. Holds no address, no score and no comment:
why somebody was asked can be told without what they said. Used by `event.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Decision
from collector.model.invitations import (
    CANCELLED,
    FAILED,
    LAPSED,
    SENT,
    WAITING,
    Invitation,
    Message,
)
from collector.model.senders import Hold, Sender
from collector.rules import stops
from collector.triggers import reasons

SAID = {
    "claimed": "An attempt over {channel} was begun; its outcome is not known yet.",
    "unknown": "Whether it arrived over {channel} is being asked of the provider.",
    "not_sent": "An attempt over {channel} was not taken{why}.",
    "sent": "Went out over {channel}.",
    "delivered": "Arrived over {channel}.",
    "failed": "Failed over {channel}{why}.",
    "bounced": "Came back over {channel}{why}.",
}
UNSEEN = "unseen"
FOR_US, HELD = ("ours:configuration", "ours:refuses_everybody"), "ours:held"
IN_PAGE = {
    "shown": "Was shown in the product, where it could be seen and pressed.",
    "dismissed": "Was closed in the product without an answer.",
}
ANSWERED = {
    "provisional": "Answered; the answer settles unless something contradicts it.",
    "settled": "Answered.",
    "confirmed": "Answered, and confirmed with a press.",
    "set_aside": "Only machines opened the link so far; nothing counts as an answer.",
}

WORDS = "Answered with words, and no score; they open a case."


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened (`at`), or is still to come (`planned`)."""

    at: datetime
    what: str
    sentence: str
    planned: bool = False


def of_decisions(decision_ids: Sequence[str]) -> Mapping[str, list[Step]]:
    """What happened after each of these decisions, in the order of time, by decision id."""
    steps: dict[str, list[Step]] = {one: [] for one in decision_ids}
    rows = db.session.scalars(select(Invitation).where(Invitation.decision_id.in_(decision_ids)))
    invitations = {row.id: row for row in rows}
    stopped = _stopped([row for row in invitations.values() if row.status in (WAITING, SENT)])
    held = _held()
    for row in invitations.values():
        steps[row.decision_id] += _of_invitation(row, stopped.get(row.decision_id, ""), held)
    for message in db.session.scalars(
        select(Message)
        .where(Message.invitation_id.in_(invitations))
        .order_by(Message.claimed_at, Message.id)
    ):
        owner = invitations[message.invitation_id].decision_id
        steps[owner] += _of_message(message)
    for response in db.session.scalars(
        select(Response).where(Response.invitation_id.in_(invitations))
    ):
        owner = invitations[response.invitation_id].decision_id
        said = (
            WORDS
            if response.score is None and response.comment
            else ANSWERED.get(response.state, "Answered.")
        )
        steps[owner].append(Step(response.answered_at, response.state, said))
    return {one: sorted(found, key=lambda step: step.at) for one, found in steps.items()}


def _stopped(rows: Sequence[Invitation]) -> dict[str, str]:
    """Why these do not go out at this moment, in words, by decision id; nothing where they may."""
    session = cast(Session, db.session())
    stopped = stops.load(session) if rows else None
    if not stopped:
        return {}
    asked = session.execute(
        select(Decision.id, Decision.rule_key, Decision.survey_key).where(
            Decision.id.in_([row.decision_id for row in rows])
        )
    )
    return {
        row.id: reasons.sentence(why, stopped.facts(row.rule_key, row.survey_key))
        for row in asked
        if (why := stopped.reason(row.rule_key, row.survey_key))
    }


def _held() -> dict[str, str]:
    """The channels on which nothing goes out now, each with why and what ends it."""
    holds = db.session.execute(select(Hold.channel, Hold.cause).where(Hold.domain == ""))
    found = {
        row.channel: (
            f"is held ({row.cause}), because the provider refuses our set-up, until that is mended"
        )
        for row in holds
    }
    stopped = select(Sender.channel, Sender.stop_code).where(Sender.stopped_at.is_not(None))
    return found | {
        row.channel: f"is held ({row.stop_code}) until `collector channels resume {row.channel}`"
        for row in db.session.execute(stopped)
    }


def _waiting(row: Invitation, held: Mapping[str, str]) -> str:
    left = row.channels[row.step :]
    first = left[0] if left else ""
    if first not in held:
        return "The ask will go out."
    others = [kind for kind in left if kind not in held]
    way = f"goes by {others[0]} where that reaches the person" if others else "waits"
    return f"The ask {way}: {first} {held[first]}."


def _of_invitation(row: Invitation, stopped: str, held: Mapping[str, str]) -> list[Step]:
    steps = []
    if stopped and (row.status == WAITING or row.next_at is not None):
        what = "The ask is held" if row.sent_at is None else "What would follow it is held"
        steps.append(Step(row.due_at, "held", f"{what}. {stopped}", planned=True))
    elif row.status == WAITING:
        steps.append(Step(row.due_at, "waiting", _waiting(row, held), planned=True))
    elif row.status == LAPSED:
        said = (
            "Nobody answered in time, so the question is closed."
            if row.sent_at
            else "It could not go out in time, so it never will; it does not count for any pause."
        )
        steps.append(Step(row.lapses_at, "lapsed", said))
    elif row.status == CANCELLED:
        said = "Called off: the person said no, or something overtook it."
        steps.append(Step(row.claimed_at or row.created_at, "cancelled", said))
    elif row.status == FAILED:
        said = "Every channel was tried and none of them reached the person."
        steps.append(Step(row.claimed_at or row.created_at, "failed", said))
    if row.reminded_at and row.status != WAITING:
        steps.append(Step(row.reminded_at, "reminded", "The one reminder went out."))
    return steps


def _of_message(message: Message) -> list[Step]:
    channel, steps = message.channel, []
    if message.sent_at is not None and message.status != SENT:
        steps.append(Step(message.sent_at, "sent", SAID["sent"].format(channel=channel)))
    why = f" (code {message.code})" if message.code else ""
    if message.code.startswith(FOR_US) or message.code.startswith(HELD):
        why += ": our own set-up is refused, nobody is blamed; it goes on once that is mended"
    said = SAID[message.status].format(channel=channel, why=why)
    if message.code == UNSEEN:
        said = f"Was not seen over {channel} in time, so the next channel was tried."
    said = IN_PAGE.get(message.code, said)
    at = message.settled_at if message.status != SENT else message.sent_at
    steps.append(Step(at or message.claimed_at, message.status, said))
    return steps
