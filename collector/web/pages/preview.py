"""/preview: the messages that were "sent", as a phone and a mailbox show them; `/`: the way in.

Only in the embedded default (see `demo_only.py`). Nothing is recorded here; the links in the
messages are the real ones, so a survey can be answered from here like from any phone. What is
texted back goes to `preview_reply.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from flask import Blueprint, Response, request
from sqlalchemy import select

from channels.base import logo_id
from channels.locales import direction
from channels.preview import Kept
from collector import clock
from collector.errors import NotFound
from collector.exports import cleaned
from collector.model.answers import Response as Answer
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from collector.web.pages import demo_only, phone_replies
from collector.web.widget import sites

blueprint = Blueprint("preview", __name__)

SHOWN, MOST = 40, 1000
CHANNELS: Final = ("sms", "email")
LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
LOOPBACK: Final = re.compile(r"https?://(?:127\.0\.0\.1|localhost)(?::\d+)?(?=/[tu]/)")
FRAME_POLICY = (
    "default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


class Piece(NamedTuple):
    """A run of an SMS: plain, or a link that is shown as sent and opened here."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept message with what the service knows of its invitation."""

    id: str
    channel: str
    to: str
    subject: str
    text: str
    html: bool
    dir: str
    locale: str
    at: datetime
    state: str  # "open", "answered", "over"
    score: int | None
    replies: tuple[phone_replies.Exchange, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        end = 0
        for found in LINK.finditer(self.text):
            pieces.append(Piece(self.text[end : found.start()]))
            pieces.append(Piece(found.group(), here(found.group())))
            end = found.end()
        return [*pieces, Piece(self.text[end:])]

    @property
    def snippet(self) -> str:
        lines = [line for line in self.text.splitlines() if not LINK.search(line)]
        said = " ".join(lines)
        # The sender's name and the question stand above it already.
        return (said.partition(self.subject)[2] or said).strip()[:140]

    @property
    def ago(self) -> str:
        return ago(self.at, clock.now())


@blueprint.get("/")
def landing() -> Response:
    """The addresses worth opening."""
    demo_only.previews()
    # Only where the demo was played: a service that took in millions has better places to count.
    played = sites.by_name(demo_only.SAMPLE_SITE) is not None
    found = cleaned.differences() if played else []
    return demo_only.page(
        "pages/landing.html",
        "img-src 'self' data:",
        differ=[cleaned.sentence(one) for one in found],
    )


@blueprint.get("/preview")
def messages() -> Response:
    """Newest first. `channel=sms|email` filters, `open=<id>` shows one mail, `limit` shows more."""
    channel = request.args.get("channel", "")
    if channel not in ("", *CHANNELS):
        raise NotFound("there is no such kind of message here")
    limit = max(1, min(request.args.get("limit", SHOWN, type=int), MOST))
    previews = demo_only.previews()
    kinds = (channel,) if channel else CHANNELS
    shown = {kind: _shown(previews.list(limit + 1, kind)) for kind in kinds}
    wanted = request.args.get("open", "")
    mails = shown.get("email", [])
    opened = next((one for one in mails if one.id == wanted), None)
    if wanted and opened is None:
        opened = _one(wanted)
    return demo_only.page(
        "pages/preview.html",
        "frame-src 'self'; img-src 'self' data:",
        forms=True,
        nonce_of=phone_replies.nonce,
        channel=channel,
        shown={kind: found[:limit] for kind, found in shown.items()},
        more=any(len(found) > limit for found in shown.values()) and limit < MOST,
        limit=limit,
        opened=opened or next((one for one in mails if one.state == "open"), mails and mails[0]),
        chosen=bool(wanted),
        open_count=Counter(one.state for found in shown.values() for one in found)["open"],
    )


@blueprint.get("/preview/<id>/body")
def body(id: str) -> Response:
    """The mail itself, for the sandboxed frame: no scripts, links open in a window of their own."""
    kept = demo_only.previews().get(id)
    if kept is None or not kept.message.html:
        raise NotFound("there is no such mail here")
    html = LOOPBACK.sub("", kept.message.html)
    html = html.replace(f"cid:{logo_id(kept.message.id)}", kept.message.logo)
    base = '<base target="_blank">'
    html = re.sub(r"(<head[^>]*>)", rf"\1{base}", html, count=1, flags=re.I)
    response = Response(html if base in html else base + html)
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def here(url: str) -> str:
    """A link of a message, as it is opened from this page: our own ones stay on this server even
    when it listens on another port than the one the message was written for."""
    return LOOPBACK.sub("", url)


def ago(then: datetime, now: datetime) -> str:
    """`just now`, `12 min`, `5 h`, `3 d`."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"


def _one(id: str) -> Shown:
    kept = demo_only.previews().get(id)
    if kept is None:
        raise NotFound("there is no such message here; perhaps the demo was started afresh")
    return _shown([kept])[0]


def _shown(kept: list[Kept]) -> list[Shown]:
    """With state and time from the database: the folder only knows when the file was written."""
    ids = {one.message.id: one.message.id.rpartition("-")[0] for one in kept}
    known = {
        (row.id, row.channel): row
        for row in db.session.execute(
            select(
                Invitation.id, Message.channel, Message.sent_at, Invitation.lapses_at,
                Answer.score, Answer.id.label("answer"),
            )
            .join(Message, Message.invitation_id == Invitation.id)
            .outerjoin(Answer, Answer.invitation_id == Invitation.id)
            .where(Invitation.id.in_(set(ids.values())))
            .order_by(Message.attempt)
        )
    }  # fmt: skip
    now = clock.now()
    shown = []
    for one in kept:
        message, row = one.message, known.get((ids[one.message.id], one.message.channel))
        state = "over"
        if row is not None:
            state = "answered" if row.answer else "open" if row.lapses_at > now else "over"
        shown.append(
            Shown(
                id=message.id, channel=message.channel, to=message.to, subject=message.subject,
                text=message.text, html=bool(message.html), locale=message.locale,
                dir=direction(message.locale), state=state,
                at=(row.sent_at if row else None) or one.at, score=row.score if row else None,
                replies=phone_replies.of(message) if message.channel == "sms" else (),
            )
        )  # fmt: skip
    return sorted(shown, key=lambda one: (one.at, one.id), reverse=True)
