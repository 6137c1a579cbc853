"""Which of the event types that are known is nearest to one that is not. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The nearest of these event types; empty where none is near."""
    folded = {one.lower(): one for one in known}
    same = [one for low, one in folded.items() if _bare(low) == _bare(word.lower())]
    near = same or [folded[one] for one in difflib.get_close_matches(word.lower(), folded, 1, 0.75)]
    return near[0] if near else ""


def _bare(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum())
