"""The tap page's style sheet and script, under addresses that change with their content.

So they may be cached for ever, the page needs no inline code, and a page of an older deployment
that asks for its own version still gets a working one. Registered with `tap.py`'s blueprint.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from flask import Response, abort

PREFIX: Final = "/t-static"
FOLDER: Final = Path(__file__).parent / "assets"
TYPES: Final = {
    "tap.css": "text/css; charset=utf-8",
    "tap.js": "text/javascript; charset=utf-8",
}
CONTENT: Final = {name: (FOLDER / name).read_bytes() for name in TYPES}
VERSIONS: Final = {name: hashlib.sha256(body).hexdigest()[:12] for name, body in CONTENT.items()}


def path(name: str) -> str:
    """The address of the current version of this file."""
    return f"{PREFIX}/{VERSIONS[name]}/{name}"


def serve(version: str, name: str) -> Response:
    """The file; cacheable for a year where the version is the one that it names."""
    if name not in CONTENT:
        abort(404)
    answer = Response(CONTENT[name])
    answer.headers["Content-Type"] = TYPES[name]
    current = version == VERSIONS[name]
    answer.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if current else "no-store"
    )
    return answer
