"""What waits for a person inside the product: invitations sent in-app, open and unanswered.

The message row *is* the inbox entry (see `channels/inapp/channel.py`). Reading it records nothing.
Used by `calls.py` and `pages/sample.py`; why it is empty: `reasons.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Row, Select, bindparam, exists, select, true
from sqlalchemy.orm import Session

from channels.locales import direction
from collector import clock
from collector.invitations import dismiss as dismissing
from collector.invitations import links
from collector.invitations.reachability import says_no
from collector.model.access import Site
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.invitations import SENT, Invitation, Message
from collector.model.people import Person
from collector.rules import rulebook, stops
from collector.rules.stops import Stops
from collector.surveys import catalog
from collector.surveys.brand import shades
from collector.surveys.metrics import Metric
from collector.surveys.wording import Wording
from collector.translations.catalogue import translator
from collector.web.widget import reads, sites

CHANNEL = "inapp"
NOTHING = "nothing_open"
HELD = "held"
COMMENT_MAX = 2000
DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open invitation, as much as the widget needs of it."""

    token_id: str
    survey_version_id: str
    locale: str


def _every() -> Select[Any]:
    """The open messages in the inbox of `:ref`, the newest first. Found by their address, which
    in-app is the person's reference, so that an empty inbox costs one look into one index."""
    return (
        select(Invitation.token_id, Invitation.survey_version_id, Invitation.locale, Person.id)
        .add_columns(Person.paused_until, Invitation.rule_version_id)
        .add_columns(says_no(Person.id, CHANNEL).label("denied"))
        .select_from(Message)
        .join(Invitation, Invitation.id == Message.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(
            Message.channel == CHANNEL,
            Message.address == bindparam("ref"),
            dismissing.in_inbox(),
            Invitation.status == SENT,
            Invitation.lapses_at > bindparam("now"),
            Person.ref == bindparam("ref"),
            ~exists().where(Tap.invitation_id == Invitation.id),
        )
        .order_by(Message.sent_at.desc(), Invitation.id.desc())
    )


EVERY: Final = _every()
OPEN: Final = EVERY.limit(1).subquery()
LOOK: Final = (
    select(Site.origins, OPEN)
    .select_from(Site)
    .outerjoin(OPEN, true())
    .where(Site.public_key == bindparam("key"), Site.revoked_at.is_(None))
)
PEEK: Final = select(OPEN)
ASKED: Final = select(
    Site.origins,
    exists()
    .where(
        Invitation.token_id == bindparam("token_id"),
        Person.id == Invitation.person_id,
        Person.ref == bindparam("ref"),
    )
    .label("theirs"),
).where(Site.public_key == bindparam("key"), Site.revoked_at.is_(None))


def look(key: str, origin: str, ref: str, now: datetime) -> Waiting | str:
    """The newest open question for this person on this site, or a word for why there is none.

    Raises Forbidden as `sites.admit` does. One statement (`reads.py`).
    """
    row = reads.first(LOOK, {"key": key, "ref": ref, "now": now})
    sites.check(row.origins if row else None, origin)
    return _open(row, ref, now)


def now_for(ref: str) -> Waiting | None:
    """The open question for this person at this moment, if any."""
    now = clock.now()
    found = _open(db.session.execute(PEEK, {"ref": ref, "now": now}).one_or_none(), ref, now)
    return found if isinstance(found, Waiting) else None


def _open(row: Row[Any] | None, ref: str, now: datetime) -> Waiting | str:
    if row is None or row.token_id is None:
        return NOTHING
    if row.paused_until is not None and row.paused_until > now:
        return "paused"
    if row.denied:
        return "opted_out"
    # Nothing of a rule or survey that was stopped since, nor of a rule without this channel by now.
    stopped = stops.load(cast(Session, db.session()))
    if _stopped([row], stopped):
        others = db.session.execute(EVERY, {"ref": ref, "now": now}).all()
        shown = [one for one in others if one.token_id not in _stopped(others, stopped)]
        if not shown:
            return HELD
        row = shown[0]
    return Waiting(row.token_id, row.survey_version_id, row.locale)


def _stopped(rows: Sequence[Row[Any]], stopped: Stops) -> set[str]:
    """The tokens of those that are not to be shown at this moment."""
    session = cast(Session, db.session())
    versions = {row.rule_version_id for row in rows}
    rules = rulebook.versions(session, versions)
    removed = stops.removed(session, versions)
    return {
        row.token_id
        for row in rows
        if stopped.reason(rules[row.rule_version_id].key, rules[row.rule_version_id].survey_key)
        or CHANNEL in removed.get(row.rule_version_id, ())
    }


def asked(key: str, origin: str, ref: str, token_id: str) -> bool:
    """Does this question belong to this person, on this site? Raises Forbidden as `sites.admit`
    does. One statement (`reads.py`)."""
    row = reads.first(ASKED, {"key": key, "ref": ref, "token_id": token_id})
    sites.check(row.origins if row else None, origin)
    return row is not None and bool(row.theirs)


def dismiss(token_id: str) -> None:
    """Take the question out of the inbox: the person closed it unanswered."""
    dismissing.dismiss(token_id, CHANNEL)


def shown(token_id: str) -> None:
    """A person could see the question: the widget made sure of it."""
    dismissing.show(token_id, CHANNEL)


def question(waiting: Waiting) -> dict[str, Any]:
    """The JSON from which the widget builds itself: texts, scale, and the token to answer with."""
    survey = catalog.get(waiting.survey_version_id)
    wording = survey.wording(waiting.locale)
    say = translator(wording.locale)
    metric = survey.metric
    return {
        "token": links.token(waiting.token_id, CHANNEL),
        "metric": metric.key,
        "low": metric.low,
        "high": metric.high,
        "locale": wording.locale,
        "dir": direction(wording.locale),
        "question": wording.question,
        "low_label": wording.low,
        "high_label": wording.high,
        "comment_max": COMMENT_MAX,
        "follow_up": _comment_questions(metric, wording),
        "brand": _brand(survey.definition.get("brand") or {}),
        "texts": {
            "thanks": wording.thanks,
            "close": say("widget.close"),
            "send": say("widget.send"),
            "sent": say("widget.sent"),
            "waiting": say("widget.waiting"),
            "failed": say("widget.failed"),
        },
    }


def _brand(brand: Mapping[str, str]) -> dict[str, Any]:
    """Whose question it is, as far as the survey says: `name`, `logo` and `colors`, which are the
    colour on a light and on a dark card, each followed by that of a text upon it."""
    told: dict[str, Any] = {name: brand[name] for name in ("name", "logo") if brand.get(name)}
    if brand.get("color"):
        made = shades(brand["color"])
        told["colors"] = [made.light, made.on_light, made.dark, made.on_dark]
    return told


def opened_at(seen_ms: object) -> datetime | None:
    """When the question was first seen, from how long ago the browser says that was (its own clock
    is not to be trusted, the span is). None for anything but 0 ms to a day."""
    if not isinstance(seen_ms, int) or isinstance(seen_ms, bool) or not 0 <= seen_ms <= DAY_MS:
        return None
    return clock.now() - timedelta(milliseconds=seen_ms)


def _comment_questions(metric: Metric, wording: Wording) -> list[list[Any]]:
    """`[[6, "What went wrong?"], [10, "…"]]`: the comment's question up to each score."""
    steps: list[list[Any]] = []
    for score in range(metric.low, metric.high + 1):
        text = wording.comment_question(metric.band(score))
        if steps and steps[-1][1] == text:
            steps[-1][0] = score
        else:
            steps.append([score, text])
    return steps
