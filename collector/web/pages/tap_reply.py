"""What the tap page's script gets back for a press: the page's `<main>` as it stands, nothing else.

The script puts it in place of the old one; head, brand and footer stay as they are. Rendered once
for each thing that it can say, and kept: what differs from press to press is filled in. Words that
somebody wrote are never kept. Used by `tap.py`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from flask import Response, render_template
from markupsafe import escape

from collector import keys
from collector.answers.answer_state import AnswerState
from collector.translations.catalogue import translator
from collector.web.pages import layout
from collector.web.pages.tap_view import TapView, view

TEMPLATE: Final = "pages/tap_main.html"
# What is filled in stands for itself until then; none of these signs can be part of a page.
FILLED: Final = ("action", "key", "nonce", "saved", "version")
MARKS: Final = {name: f"\x02{name}\x03" for name in FILLED}
MAX_KEPT: Final = 1_000


def reply(
    standing: AnswerState,
    *,
    token: str,
    token_id: str,
    nonce: str,
    saved: str,
    tapped: int | None,
    finished: bool,
) -> Response:
    """The answer to the press called `saved`, on the page whose nonce this is."""
    locale = standing.wording.locale
    seen = view(standing, translator(locale), tapped=tapped, finished=finished)
    filled = {
        "action": f"/t/{token}?lang={locale}",
        "key": keys.fingerprint("page", token_id)[:16],
        "nonce": nonce,
        "saved": saved,
        "version": seen.version,
    }
    if seen.comment:
        text = _render(seen, locale, filled)
    else:
        text = _kept(replace(seen, version=MARKS["version"]), locale, bool(saved))
        for name, value in filled.items():
            text = text.replace(MARKS[name], str(escape(value)))
    return layout.private(Response(text), script=True)


@lru_cache(maxsize=MAX_KEPT)
def _kept(seen: TapView, locale: str, named: bool) -> str:
    return _render(seen, locale, MARKS if named else {**MARKS, "saved": ""})


def _render(seen: TapView, locale: str, filled: dict[str, str]) -> str:
    return render_template(
        TEMPLATE,
        say=translator(locale),
        view=seen,
        hint=seen.hint,
        auto=False,
        comment_text=seen.comment,
        **{name: filled[name] for name in FILLED if name != "version"},
    )
