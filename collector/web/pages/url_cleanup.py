"""What mail programs and people add to the end of a link: `/t/TOKEN.` means `/t/TOKEN`.

A program that makes links of plain text takes the full stop or the bracket after it along; people
copy blanks and a slash. None of these can be part of a token, so nothing becomes guessable.
Used by the pages behind links: `tap.py`, `unsubscribe.py`, `preferences.py`.
"""

from __future__ import annotations

from typing import Any, Final

STRAY: Final = " \t\r\n\u00a0\u200b.,;:!?)]}>'\"’”»。，、！？）】」』؟،"


def tidy(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """For `url_value_preprocessor`: the token and the score of the address, without what strayed
    in behind them."""
    for name in ("token", "score"):
        if values and isinstance(values.get(name), str):
            values[name] = values[name].rstrip(STRAY)
