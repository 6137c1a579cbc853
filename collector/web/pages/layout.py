"""What all pages for people share: the frame around them, their style sheets and strict headers.

Used by `tap.py`, `preferences.py`, `unsubscribe.py` and `problem.py`. A page loads nothing from
elsewhere, has no inline code, is kept nowhere, and tells nobody where somebody came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from flask import Response, render_template, request

from channels.locales import LANGUAGES, direction, fitting, language
from collector.translations.catalogue import translator
from collector.web.pages import brand_lookup, tap_assets

Kind = Literal["gone", "erased", "nothing", "missing", "failed", "busy"]

NO_SCRIPT = "default-src 'none'; style-src 'self'; img-src data:; "
WITH_SCRIPT = f"{NO_SCRIPT}script-src 'self'; connect-src 'self'; "
SPOKEN: Final = frozenset(language(one) for one in LANGUAGES)
ENDS = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(
    template: str,
    locale: str,
    status: int = 200,
    *,
    brand: Mapping[str, str] | None = None,
    sheets: tuple[str, ...] = (),
    script: bool = False,
    **values: Any,
) -> Response:
    """The page, framed. `sheets` are further style sheets of ours, `script` the tap page's."""
    paths = [tap_assets.path(name) for name in ("tap.css", *sheets)]
    if brand:
        paths.append(tap_assets.brand_path(brand.get("color") or tap_assets.HOUSE))
    text = render_template(
        template,
        locale=locale,
        direction=direction(locale),
        say=translator(locale),
        sheets=paths,
        brand=brand,
        js=tap_assets.path("tap.js") if script else "",
        **values,
    )
    return private(Response(text, status), script)


def notice(
    kind: Kind,
    status: int,
    *,
    locale: str = "",
    script: bool = False,
    brand: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    """A page with nothing to ask, in the person's language or the browser's.

    `kind`: `gone` is a link that is unknown, forged or over, `nothing` the one that no person sees;
    for each there are a title and a text under `notice.` in the catalogues. Without a brand of its
    own it speaks for the one that all surveys here share: it must tell nothing about its link.
    """
    locale = locale or language_asked_for()
    if brand is None and kind not in ("failed", "busy"):  # then the database may be what failed
        brand = brand_lookup.shared()
    return page(
        "pages/notice.html", locale, status, sheets=("frame.css",), script=script, brand=brand,
        kind=kind, **values,
    )  # fmt: skip


def private(answer: Response, script: bool = False) -> Response:
    """Nothing of it is kept, passed on, or guessed at: the token is in the address."""
    answer.headers["Content-Security-Policy"] = (WITH_SCRIPT if script else NO_SCRIPT) + ENDS
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def language_asked_for() -> str:
    """The language that the page said it is in, else the first of the browser's that we speak."""
    said = request.args.get("lang", "")
    if language(said) in SPOKEN:
        return fitting(said)
    for part in request.headers.get("Accept-Language", "").split(","):
        wanted = part.partition(";")[0].strip()
        if language(wanted) in SPOKEN:
            return fitting(wanted)
    return "en"
