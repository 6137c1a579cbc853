"""The page for an address that leads nowhere and for what went wrong. Used by `web/errors.py`."""

from __future__ import annotations

from typing import Final

from flask import Response

from collector.web.pages import layout

KINDS: Final[dict[int, layout.Kind]] = {
    404: "missing",
    405: "missing",
    410: "gone",
    429: "busy",
    503: "busy",
}


def page(status: int, detail: str, *, lost: bool = False) -> Response:
    """A page in the browser's language; what exactly was wrong is added where it can be acted on.

    `detail` is a sentence in English; it is shown to those who read the page in English. `lost`:
    the address is none of those that messages link to, so somebody who builds may have come here.
    """
    kind = KINDS.get(status, "failed")
    usable = lost or (kind == "failed" and status < 500)
    explains = usable and layout.language_asked_for() == "en"
    return layout.notice(kind, status, detail=detail if explains else "")
