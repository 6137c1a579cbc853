"""`/p/<token>`: what a person will be asked, by which ways, a break, an end, and their answers.

A GET writes nothing. Every change is a plain form post, so it works without scripts, and ends on
the page again (303). The token is in the address and there are no cookies, so nobody else's site
can post in somebody's name. Deleting wants a tick first: a crawler that presses every button must
not destroy anything.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from collector.answers.answer_history import answers_given
from collector.errors import Gone, InvalidInput, NotFound
from collector.exports import erase
from collector.invitations import links
from collector.invitations.links import Link
from collector.invitations.optouts import preferences
from collector.translations.catalogue import translator
from collector.web.pages import brand_lookup, days, layout, url_cleanup

blueprint = Blueprint("preferences", __name__)
blueprint.url_value_preprocessor(url_cleanup.tidy)
SAVED, DELETED = "saved", "deleted"
FOLD = 280  # characters of a comment that are shown before it is folded


@blueprint.get("/p/<token>", strict_slashes=False)
def show(token: str) -> Response:
    """The page as things stand. Writes nothing."""
    try:
        return _page(links.read_preferences(token))
    except Gone:
        return layout.notice("gone", 410)


@blueprint.post("/p/<token>", strict_slashes=False)
def change(token: str) -> AnyResponse:
    """Make one change and show the page again. What is no change at all is answered with it too."""
    try:
        link = links.read_preferences(token)
        said = _changed(link)
        if not said:
            return _page(link, 422)
    except Gone:
        return layout.notice("gone", 410)
    return layout.private(redirect(f"/p/{token}?said={said}", 303, Response))  # type: ignore[arg-type]


def _changed(link: Link) -> str:
    """What was done: `saved`, `deleted`, or '' for a form that makes no sense."""
    form = request.form
    act = form.get("act", "")
    try:
        if act == "ways":
            preferences.choose(link, form.getlist("way"))
        elif act == "pause":
            length = form.get("days", "")
            preferences.pause(link, int(length) if length.isascii() and length.isdigit() else 0)
        elif act == "resume":
            preferences.resume(link)
        elif act == "stop":
            preferences.stop_everything(link)
        elif act == "delete" and form.get("sure"):
            erase.erase(preferences.load(link).person_id, form.get("answer", ""))
            return DELETED
        else:
            return ""
    except (InvalidInput, NotFound):
        return ""
    return SAVED


def _page(link: Link, status: int = 200) -> Response:
    now = preferences.load(link)
    locale = now.locale or "en"
    say = translator(locale)
    said = {SAVED: say("preferences.saved"), DELETED: say("answers.deleted")}
    until = now.paused_until
    return layout.page(
        "pages/preferences.html",
        locale,
        status,
        sheets=("frame.css", "preferences.css"),
        action=request.path,
        brand=brand_lookup.of_invitation(link.token_id),
        ways={way: say(f"preferences.way.{way}") for way in preferences.WAYS},
        fold=FOLD,
        now=now,
        said=said.get(request.args.get("said", ""), "") if request.method == "GET" else "",
        paused=say("preferences.paused", day=days.written(until, locale)) if until else "",
        pauses=preferences.PAUSES,
        planned=[
            (one, say("preferences.planned", day=days.written(one.at, locale)))
            for one in now.planned
        ],
        given=[
            (one, say("answers.answered", day=days.written(one.answered_at, locale)))
            for one in answers_given(now.person_id, link.token_id)
        ],
    )
