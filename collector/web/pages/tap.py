"""`/t/<token>`: the page on which a person answers with one tap.

GET, HEAD and OPTIONS write nothing, whoever sends them: the page shows the tapped score as chosen
and posts it itself (provisional) once it is visible; a press is confirmed. Without scripts every
press is a plain form post. The script believes only a reply that names its press (`data-saved`),
and sends the press again until then. What is shown is decided in `tap_view.py`, what counts in
`answers/`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from collector import clock, keys
from collector.answers import answer_state, user_agents
from collector.answers.record import MAX_COMMENT, record, record_and_see
from collector.answers.taps import CONFIRMED, DECOY, PAGE, PROVISIONAL, IncomingTap
from collector.config import settings
from collector.errors import Conflict, Gone, InvalidInput
from collector.invitations import links
from collector.translations.catalogue import translator
from collector.web.pages import form_fields, layout, page_nonce, tap_assets, tap_reply, url_cleanup
from collector.web.pages.tap_view import view

BY_HAND: Final = timedelta(seconds=1)
DEVICE: Final = "d"
DEVICE_SECONDS: Final = 365 * 24 * 3600
MAX_PRESS: Final = 40  # characters by which a page knows a press again

blueprint = Blueprint("tap", __name__)
blueprint.url_value_preprocessor(url_cleanup.tidy)
blueprint.add_url_rule(f"{tap_assets.PREFIX}/<version>/<name>", "asset", tap_assets.serve)


@blueprint.get("/t/<token>", strict_slashes=False)
@blueprint.get("/t/<token>/<score>", strict_slashes=False)
def show(token: str, score: str = "") -> Response:
    """The page, with the score of the address chosen. Writes nothing."""
    try:
        link = links.read(token)
        if score == links.DECOY:
            answer_state.of(token_id=link.token_id)
            return _neutral(link)
        return _page(token, link, tapped=_whole(score), finished="done" in request.args)
    except Gone as over:
        return _gone(over, token)


@blueprint.post("/t/<token>", strict_slashes=False)
@blueprint.post("/t/<token>/<score>", strict_slashes=False)
def answer(token: str, score: str = "") -> AnyResponse:
    """Record a tap and show where the answer stands now. A forged or stale page records nothing."""
    try:
        link = links.read(token)
        if score == links.DECOY:
            return _decoy(link)
        said = form_fields.read()
        nonce = page_nonce.read(said.get("nonce", ""), link, clock.now())
        tapped = _whole(said.get("score", ""))
        if nonce is None:
            return _page(token, link, tapped=tapped, stale=True, status=400)
        return _answered(token, link, nonce, tapped, said)
    except Gone as over:
        return _gone(over, token)


def _answered(
    token: str,
    link: links.Link,
    nonce: page_nonce.PageNonce,
    tapped: int | None,
    said: Mapping[str, str],
) -> AnyResponse:
    by_script = bool(said.get("script"))
    agent = request.headers.get("User-Agent", "")
    if by_script:
        provisional = said.get("kind") == PROVISIONAL and tapped is not None
    else:
        provisional = _mechanical(nonce, agent)
    finished, press = "done" in said, _press(said)
    device = request.cookies.get(DEVICE) or secrets.token_urlsafe(12)
    tap = IncomingTap(
        kind=PROVISIONAL if provisional else CONFIRMED,
        via=PAGE,
        channel=link.channel,
        idempotency_key=_key(nonce, link, said),
        token_id=link.token_id,
        score=tapped,
        comment=None if provisional and by_script else _comment(link, finished, said),
        opened_at=nonce.opened_at,
        remote_addr=request.remote_addr or "",
        device=device,
        user_agent=agent,
        made_at=_made_at(said) if by_script else None,
    )
    try:
        _, seen = record_and_see(tap)
    except InvalidInput:
        return _page(token, link, status=422, opened=nonce)
    except Conflict as conflict:
        if conflict.code != "overtaken":
            raise
        return _page(token, link, tapped=tapped, opened=nonce, saved=press)
    except Gone as over:
        if over.code != "edit_window_closed":
            raise
        return _page(token, link, status=410)
    page: Response
    if by_script:
        page = tap_reply.reply(
            answer_state.after(seen, link.token_id),
            token=token,
            token_id=link.token_id,
            nonce=nonce.text,
            saved=press,
            tapped=tapped,
            finished=finished,
        )
    else:
        ending = "?done=1" if finished else ""
        page = layout.private(redirect(f"/t/{token}{ending}", 303, Response))  # type: ignore[arg-type]
    secure = settings().base_url.startswith("https://")
    page.set_cookie(
        DEVICE, device, DEVICE_SECONDS, path="/t", httponly=True, samesite="Lax", secure=secure
    )
    return page


def _made_at(said: Mapping[str, str]) -> datetime | None:
    """When this press was made, as the script says it (`age`, in ms)."""
    age = said.get("age", "")
    if not (age.isascii() and age.isdigit() and len(age) <= 10):
        return None
    return clock.now() - timedelta(milliseconds=int(age))


def _press(said: Mapping[str, str]) -> str:
    """By which name the script knows this press again; one name, one tap."""
    return said.get("press", "")[:MAX_PRESS]


def _mechanical(nonce: page_nonce.PageNonce, agent: str) -> bool:
    """Was this form submitted faster than a hand can, or by a known machine? Then nobody pressed,
    and it counts as what a page does by itself."""
    hasty = clock.now() - nonce.opened_at < BY_HAND
    return hasty or user_agents.scanner(agent) not in ("", "empty")


def _comment(link: links.Link, finished: bool, said: Mapping[str, str]) -> str | None:
    """What was written. An emptied box takes a comment back; without a box nothing is said."""
    text = said.get("comment", "").strip()[:MAX_COMMENT]
    if text or finished:
        return text
    if "comment" not in said:
        return None
    folded = answer_state.of(token_id=link.token_id).folded
    return "" if folded and folded.comment else None


def _decoy(link: links.Link) -> Response:
    """Keep that something followed the link which no person sees; alone it changes no answer."""
    key = request.form.get("nonce") or f"{request.remote_addr}:{clock.now():%Y%m%d%H%M}"
    digest = hashlib.sha256(f"{link.token_id}\x1f{key}".encode()).hexdigest()
    record(
        IncomingTap(
            kind=DECOY,
            via=PAGE,
            channel=link.channel,
            idempotency_key=f"decoy:{digest[:48]}",
            token_id=link.token_id,
            remote_addr=request.remote_addr or "",
            user_agent=request.user_agent.string,
        )
    )
    return _neutral(link)


def _key(nonce: page_nonce.PageNonce, link: links.Link, said: Mapping[str, str]) -> str:
    """One key for one press: a post that is sent twice, from a renewed page too, is one tap."""
    parts = [said.get(name, "") for name in ("seq", "kind", "score", "comment", "done")]
    origin = _press(said) or nonce.text
    digest = hashlib.sha256("\x1f".join([link.token_id, origin, *parts]).encode()).hexdigest()
    return f"page:{digest[:48]}"


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None


def _page(
    token: str,
    link: links.Link,
    *,
    tapped: int | None = None,
    finished: bool = False,
    stale: bool = False,
    status: int = 200,
    opened: page_nonce.PageNonce | None = None,
    saved: str = "",
    auto: bool = True,
) -> Response:
    """The page as the invitation stands now. Raises Gone. `saved`: the press that it answers."""
    now = answer_state.of(token_id=link.token_id)
    locale = now.wording.locale
    say = translator(locale)
    seen = view(now, say, tapped=tapped, finished=finished)
    return layout.page(
        "pages/tap.html",
        locale,
        status,
        # A prefetched page must not post by itself: nobody has seen it yet.
        script=not _prefetched(),
        brand=now.survey.definition.get("brand"),
        view=seen,
        hint=say("tap.stale") if stale else seen.hint,
        auto=auto and seen.auto and not stale,
        comment_text=_typed(stale) or seen.comment,
        action=f"/t/{token}?lang={locale}",
        key=keys.fingerprint("page", link.token_id)[:16],
        saved=saved,
        nonce=page_nonce.make(link, opened.opened_at if opened else clock.now()).text,
        preferences="/p/" + links.preferences_token(link.token_id, link.channel),
        unsubscribe="/u/" + links.unsubscribe_token(link.token_id, link.channel),
    )


def _typed(stale: bool) -> str:
    """Nothing that was written is lost to a page that had to be renewed."""
    return request.form.get("comment", "")[:MAX_COMMENT] if stale else ""


def _neutral(link: links.Link) -> Response:
    """What a machine finds behind the link that only it can see."""
    nonce = page_nonce.make(link, clock.now()).text
    script = not _prefetched()
    return layout.notice(
        "nothing", 200, script=script, nonce=nonce, action=request.path, saved=_press(request.form)
    )


def _gone(over: Gone, token: str) -> Response:
    """The same words for an unknown, a forged and an expired link.

    Who holds a link that we signed hears them in its invitation's language; who took their answer
    back is told so, for nobody else can see that it was theirs.
    """
    kind: layout.Kind = "erased" if over.code == "erased" else "gone"
    try:
        setting = answer_state.setting_of(links.read(token).token_id)
    except Gone:
        setting = None
    if setting is None:
        return layout.notice(kind, 410)
    return layout.notice(kind, 410, locale=setting.locale, brand=setting.brand)


def _prefetched() -> bool:
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in purpose.lower() for purpose in purposes)
