"""What kind of text a reply is: a score, words, both, not clear, nothing, or a machine's. Pure.

Asked by `sms_replies.py`. What a telephone added is left away first (`channels/sms/incoming.py`).
After an answer the same text may mean something else: "1. fast delivery" is then the beginning of
a list in answer to our "What went well?", and no score. Reading a score is `reply_text.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from channels.sms.incoming import by_machine, own_words, plain, reaction
from collector.answers import reply_labels as labels
from collector.answers.reply_text import Reading, read

_FOUR_FOR: Final = re.compile(
    r"\b4\s(?=(?:asking|the|u|you|that|all(?! good)|ur|your|help)\b)", re.IGNORECASE
)
_NODS: Final = frozenset("👍👌🙏🌹❤♥💐🤝🫡🫶👋☺🙂😊💙💚💛💜🧡✅")
_LINK: Final = re.compile(r"(?:https?://)?\S+/t/[\w-]{20,}\S*")
_COURTESY: Final = frozenset(word for each in labels.COURTESY for word in plain(each).split())
_ASIDE: Final = frozenset(word for each in labels.COURTESY_ASIDE for word in plain(each).split())
_WHOLE: Final = frozenset(map(plain, labels.COURTESY_WHOLE))
_HAN_COURTESY: Final = re.compile(
    "(?:" + "|".join(sorted(map(plain, labels.HAN_COURTESY), key=len, reverse=True)) + ")+"
)
NOTHING: Final = Reading("nothing")


def understand(
    body: str,
    low: int,
    high: int,
    locale: str = "",
    ours: Iterable[str] = (),
    answered: bool = False,
) -> tuple[Reading, str]:
    """What this text says, and the person's own words of it.

    `ours` are our texts to them, which may be quoted below; `answered`: a score was given before.
    """
    ours = tuple(ours)
    if reaction(body, ours):
        return NOTHING, ""
    if by_machine(body):
        return Reading("machine"), ""
    words = _LINK.sub("", own_words(body, ours)).strip()
    if not _printed(words) or courtesy(words):
        return NOTHING, words
    reading = read(words, low, high, locale)
    if _nods(words):
        return NOTHING, words
    if reading.kind == "nothing" and ("?" in words or "？" in words) and not answered:
        return Reading("unclear"), words
    return (_later(reading) if answered else reading), words


def courtesy(words: str) -> bool:
    """Nothing but thanks, a greeting, "ok", with or without emoji."""
    said = plain(_FOUR_FOR.sub(" ", words)).split()
    if " ".join(said) in _WHOLE:
        return True
    manners = all(word in _COURTESY | _ASIDE or _HAN_COURTESY.fullmatch(word) for word in said)
    return manners and any(word not in _ASIDE for word in said)


def _later(reading: Reading) -> Reading:
    """After an answer: a number by itself or a correction changes it, all other words are words."""
    if reading.kind == "score":
        kept = not reading.more or reading.corrects
        return reading if kept else Reading("comment", more=True)
    if reading.kind == "unclear":
        return replace(reading, kind="comment") if reading.more else NOTHING
    return reading


def _printed(words: str) -> bool:
    return any(unicodedata.category(char)[0] in "LNSP" for char in words)


def _nods(words: str) -> bool:
    """Nothing but signs of having read it; a face or a thumb down is an answer, if no clear one."""
    signs = [char for char in words if unicodedata.category(char) not in ("Mn", "Cf", "Sk", "Zs")]
    return bool(signs) and all(char in _NODS or char.isspace() for char in signs)
