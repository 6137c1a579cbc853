"""The pages' style sheets and script, under addresses that change with their content.

So they may be cached for ever, the pages need no inline code, and a page of an older deployment
that asks for its own version still gets a working one. A brand's colour is a style sheet too, made
from its address alone, with how a brand signs. For the page to stay small the script is put
together from its parts without what only its readers need, and both are sent packed. The page
itself is not: it holds a secret beside a person's words. Registered with `tap.py`'s blueprint; used
by `layout.py`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from typing import Final

from flask import Response, abort, request

from collector.surveys import brand

PREFIX: Final = "/t-static"
FOLDER: Final = Path(__file__).parent / "assets"
TYPES: Final = {
    "tap.css": "text/css; charset=utf-8",
    "frame.css": "text/css; charset=utf-8",
    "preferences.css": "text/css; charset=utf-8",
    "tap.js": "text/javascript; charset=utf-8",
}
SCRIPT: Final = ("view.js", "outbox.js", "tap.js")  # in this order, in one scope
ASIDE: Final = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)  # no text of ours spans lines


def _content(name: str) -> bytes:
    if name != "tap.js":
        return (FOLDER / name).read_bytes()
    parts = "\n".join((FOLDER / part).read_text("utf-8") for part in SCRIPT)
    return ('"use strict";(()=>{\n' + ASIDE.sub("", parts) + "})()\n").encode()


CONTENT: Final = {name: _content(name) for name in TYPES}
PACKED: Final = {name: gzip.compress(body, mtime=0) for name, body in CONTENT.items()}
VERSIONS: Final = {name: hashlib.sha256(body).hexdigest()[:12] for name, body in CONTENT.items()}


BRAND: Final = "brand"
HOUSE: Final = "#2b46c8"  # the colour of tap.css, for brands that name none
# How a brand signs: its postal address at the foot, its logo on a light plate where it is dark.
SIGNED: Final = (
    ".postal{margin-top:.5rem;font:inherit;font-size:.82rem;color:var(--soft);"
    "text-align:center;text-wrap:balance}"
)
PLATE: Final = "header img{padding:4px 8px;border-radius:8px;background:#fff}"
FOREVER: Final = "public, max-age=31536000, immutable"


def path(name: str) -> str:
    """The address of the current version of this file."""
    return f"{PREFIX}/{VERSIONS[name]}/{name}"


def brand_path(colour: str) -> str:
    """The address of the style sheet for this colour (#rrggbb)."""
    return f"{PREFIX}/{BRAND}/{colour.removeprefix('#')}.css"


def serve(version: str, name: str) -> Response:
    """The file; cacheable for a year where the version is the one that it names."""
    if version == BRAND:
        return _brand("#" + name.removesuffix(".css"))
    if name not in CONTENT:
        abort(404)
    packed = request.accept_encodings["gzip"] > 0
    answer = Response((PACKED if packed else CONTENT)[name])
    answer.vary.add("Accept-Encoding")
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Content-Type"] = TYPES[name]
    answer.headers["Cache-Control"] = FOREVER if version == VERSIONS[name] else "no-store"
    return answer


def _brand(colour: str) -> Response:
    if not brand.COLOUR.match(colour):
        abort(404)
    shades = brand.shades(colour)
    light = f":root{{--accent:{shades.light};--on:{shades.on_light}}}"
    dark = f":root{{--accent:{shades.dark};--on:{shades.on_dark}}}"
    answer = Response(f"{SIGNED}{light}@media(prefers-color-scheme:dark){{{PLATE}{dark}}}")
    answer.headers["Content-Type"] = TYPES["tap.css"]
    answer.headers["Cache-Control"] = FOREVER
    return answer
