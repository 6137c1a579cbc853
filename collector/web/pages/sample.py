"""/sample: a product page of a made-up shop that carries the widget, as a customer's page would.

The identity is signed here the way the shop's own server would sign it, for somebody who has an
open question. The policy of the page is the strictest there is, to show that the widget lives under
it. Only in the embedded default, and only once `collector demo` has registered the sample's site.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from sqlalchemy import exists, select

from collector import clock
from collector.invitations import dismiss
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.invitations import SENT, Invitation, Message
from collector.model.people import Person
from collector.surveys.wording import chain
from collector.web.pages import demo_only
from collector.web.widget import identity, inbox, sites

blueprint = Blueprint("sample", __name__)

LOCALES = ("en", "es", "pt-BR", "zh", "ar")
POLICY = (
    "script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "require-trusted-types-for 'script'"
)


@blueprint.get("/sample")
def product() -> Response:
    """The page. `lang` prefers a person who reads that language."""
    demo_only.previews()
    site = sites.by_name(demo_only.SAMPLE_SITE)
    ref = _somebody(request.args.get("lang", "")) if site else None
    return demo_only.page(
        "pages/sample.html",
        POLICY,
        site=site,
        identity=identity.issue(site.public_key, ref) if site and ref else "",
        allowed=bool(site and request.host_url.rstrip("/") in site.origins),
        host=request.host_url.rstrip("/"),
        locales=LOCALES,
        lang=request.args.get("lang", ""),
    )


def _somebody(locale: str) -> str | None:
    """The reference of a person with an open in-app question, in this language if there is one."""
    now = clock.now()
    people = db.session.execute(
        select(Person.ref, Invitation.locale)
        .join(Invitation, Invitation.person_id == Person.id)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(
            Message.channel == inbox.CHANNEL,
            dismiss.in_inbox(),
            Invitation.status == SENT,
            Invitation.lapses_at > now,
            ~exists().where(Tap.invitation_id == Invitation.id),
        )
        .order_by(Message.sent_at.desc(), Invitation.id.desc())
        .limit(500)
    ).all()
    wanted = chain(locale or "en")
    fitting = [ref for ref, theirs in people if set(chain(theirs)) & set(wanted)]
    refs = fitting or [ref for ref, _ in people]
    return next((ref for ref in refs if inbox.now_for(ref)), None)
