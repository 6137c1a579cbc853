"""Whether a text is answered, and with what. Pure; `text_ledger.py` asks and writes it down.

For one question we send two texts back at most: asking once more for the number, and thanking, or
thanking twice. The same words again are answered once, for a telephone may be answering by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

ASK, THANKS, NOTED, OVER, HELP, STOPPED = "ask", "thanks", "noted", "over", "help", "stopped"
ABOUT_A_QUESTION: Final = (ASK, THANKS, NOTED, OVER)
MOST: Final = 2
HELP_EVERY: Final = timedelta(days=1)
SAME_WITHIN: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What we would like to send back; no kind: nothing."""

    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What was sent back so far: the kinds about this question, whether these very words were
    answered, and whether help was given lately."""

    about: Sequence[str] = ()
    same_text: bool = False
    helped: bool = False


def fits(wanted: Wanted, before: Before) -> bool:
    """May this be sent, as far as what was sent before goes? The confirmation of a stop always."""
    if not wanted.text:
        return False
    if wanted.kind == STOPPED:
        return True
    if wanted.kind == HELP:
        return not before.helped
    if before.same_text or len(before.about) >= MOST:
        return False
    once = wanted.kind in (ASK, OVER)
    return not (once and wanted.kind in before.about)
