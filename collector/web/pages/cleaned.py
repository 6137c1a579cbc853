"""/cleaned: why raw and cleaned differ, answer by answer, and how to contest one.

One of the newcomer's pages (`demo_only.py`): in a service that sends, the same is read from the
feed and with `collector findings` and `collector appeals`. A GET; writes nothing.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from collector.exports import cleaned
from collector.integrity.audit import words_answers
from collector.web.pages import demo_only

blueprint = Blueprint("cleaned", __name__)

SHOWN: Final = 60


@blueprint.get("/cleaned")
def why() -> Response:
    """Every survey whose figures differ, the sentence about it, and the answers behind it."""
    demo_only.previews()
    found = cleaned.differences()
    return demo_only.page(
        "pages/cleaned.html",
        "img-src 'self' data:",
        found=[(one, cleaned.sentence(one), one.doubted[:SHOWN]) for one in found],
        figure=cleaned.figure,
        met=_met(found),
    )


def _met(found: list[cleaned.Cleaned]) -> list[tuple[str, words_answers.Words]]:
    """The codes on this page, each once, with what was seen and what else it can be."""
    codes = {code for one in found for answer in one.doubted[:SHOWN] for code in answer.reasons}
    return [(code, words_answers.of(code)) for code in sorted(codes)]
