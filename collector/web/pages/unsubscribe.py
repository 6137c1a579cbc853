"""`/u/<token>`: a page with a button, and the one-click address of every email (RFC 8058).

A GET shows the page and writes nothing, for scanners open every link of a mail. A POST does it,
from the page's button or from the mailbox's own, with no cookie, no session and no redirect, and
says 200 as often as it is asked.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from collector.errors import Gone
from collector.invitations import links
from collector.invitations.links import Link
from collector.invitations.optouts import optout, preferences
from collector.translations.catalogue import translator
from collector.web.pages import brand_lookup, layout, url_cleanup

blueprint = Blueprint("unsubscribe", __name__)
blueprint.url_value_preprocessor(url_cleanup.tidy)


@blueprint.get("/u/<token>", strict_slashes=False)
def ask(token: str) -> Response:
    """The page with the button; for whoever has unsubscribed before, that it is so."""
    try:
        link = links.read_unsubscribe(token)
        now = preferences.load(link)
        return _page(link, now.locale, done=now.ways.get(link.channel) is False)
    except Gone:
        return layout.notice("gone", 410)


@blueprint.post("/u/<token>", strict_slashes=False)
def unsubscribe(token: str) -> Response:
    """Unsubscribe."""
    try:
        link = links.read_unsubscribe(token)
        return _page(link, optout.unsubscribe(link), done=True)
    except Gone:
        return layout.notice("gone", 410)


def _page(link: Link, locale: str, *, done: bool) -> Response:
    say = translator(locale or "en")
    brand = brand_lookup.of_invitation(link.token_id)
    # A name stays in one piece, above all where it is written the other way round.
    whom = (brand or {}).get("name", "").replace(" ", "\u00a0") or say("unsubscribe.us")
    return layout.page(
        "pages/unsubscribe.html",
        locale or "en",
        sheets=("frame.css",),
        brand=brand,
        what=say(f"unsubscribe.no_more.{link.channel}", brand=whom),
        preferences=f"/p/{links.preferences_token(link.token_id, link.channel)}",
        done=done,
        action=request.path,
    )
