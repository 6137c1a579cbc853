"""Reads a score out of a text message where one is said unmistakably; it never guesses. Pure.

`5`, `５/５`, `five stars`, `五分`, `⭐⭐⭐⭐`, `9 out of 10`, `waited 2 hours, 3`, `I meant 4` are
scores. `4.5`, `4 or 5`, `maybe 4`, `👍`, `5/10` on a scale to 5 are not clear: worth one question.
Where a number is alone in its part of the sentence it is the score, as long as every other number
there is a quantity ("2 hours"). Next: `sms_replies.py`, which acts on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from collector.answers import reply_words as words
from collector.answers.reply_marks import (
    EMOJI,
    MARK,
    TAKEN_BACK,
    UNCLEAR,
    VALUE,
    counts_stars,
    fold,
    mark,
    quoted,
    value,
)

Kind = Literal["score", "unclear", "comment", "nothing"]
STARS: Final = 5  # stars come in fives: "5 stars" on a scale to ten may mean all or half
MAX_REACTION: Final = 4  # words around our own message, as in `Liked "How was …"`

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PARTS = re.compile(r"[.,;!?()\[\]\n、。…\"“”«»¡¿|]|\s-+\s|" + EMOJI)
_FRAME = {fold(word) for word in words.FRAME}
_CORRECTIONS = {fold(word) for word in words.CORRECTIONS}
_BREAKS = {fold(word) for word in words.BREAKS}
_ORDERED = sorted({fold(text) for text in words.HAN_FRAME}, key=len, reverse=True)
_HAN_FRAME = re.compile("|".join(map(re.escape, _ORDERED)))
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_HAN_BREAKS = re.compile("|".join(text for text in words.BREAKS if _HAN.match(text)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says. `unclear` asks to be asked again, `nothing` says nothing at all.

    `more`: there are words that are worth keeping as the comment.
    """

    kind: Kind
    score: int | None = None
    more: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the sentence: the number that is alone in it, and whether it corrects."""

    value: str
    corrects: bool
    words: bool


def read(body: str, low: int, high: int, locale: str = "") -> Reading:
    """What this text says on the scale `low` to `high`; `locale` is that of the question."""
    text = mark(body, low, high, locale)
    worded = bool(_WORD.search(MARK.sub(" ", text)))
    language = locale.lower().replace("_", "-").split("-")[0]
    parts = [_part(piece, language) for piece in _pieces(text, language)]
    scores = [part for part in parts if part.value]
    if not scores or UNCLEAR in text or len(VALUE.findall(text)) != len(scores):
        return _none(body, text, worded)
    chosen = scores[-1].value
    if len({value(part.value) for part in scores}) > 1:
        first = parts.index(scores[0])
        if not any(part.corrects for part in parts[first + 1 :]):
            return Reading("unclear", more=worded)
    elif len(scores) > 1 and not worded:
        return Reading("unclear")
    said = value(chosen)
    ambiguous = counts_stars(chosen) and high != STARS and said <= STARS
    if ambiguous or not low <= said <= high or _contradicted(body, said, low, high):
        return Reading("unclear", more=worded)
    return Reading("score", said, more=any(part.words for part in parts))


def _none(body: str, text: str, worded: bool) -> Reading:
    """No score: is that because none is there, or because it is not clear?"""
    if quoted(body) and len(_WORD.findall(text)) <= MAX_REACTION:
        return Reading("unclear")
    if worded:
        tried = VALUE.search(text) or UNCLEAR in text or TAKEN_BACK in text
        return Reading("unclear" if tried else "comment", more=True)
    return Reading("unclear" if MARK.search(text) else "nothing")


def _pieces(text: str, language: str) -> list[str]:
    breaks = _BREAKS | set(words.BREAKS_OF.get(language, ()))
    pieces = []
    for piece in _PARTS.split(text):
        broken = _WORD.sub(lambda found: "|" if found[0] in breaks else found[0], piece)
        pieces.extend(_HAN_BREAKS.sub("|", broken).split("|"))
    return pieces


def _part(piece: str, language: str) -> _Part:
    bare = _HAN_FRAME.sub(" ", piece) if _HAN.search(piece) else piece
    frame = _FRAME | set(words.FRAME_OF.get(language, ()))
    left = [word for word in _WORD.findall(bare) if word not in frame]
    marks = MARK.findall(bare.replace(TAKEN_BACK, " "))
    alone = len(marks) == 1 and VALUE.match(marks[0]) and not left
    said = {*_WORD.findall(piece), *_HAN_FRAME.findall(piece)}
    return _Part(marks[0] if alone else "", bool(said & _CORRECTIONS), bool(left))


def _contradicted(body: str, said: int, low: int, high: int) -> bool:
    """A five with a thumb down, a one with a heart: the person may have the scale upside down."""
    half = (low + high) / 2
    return any(char in body for char in (words.SAD if said > half else words.GLAD)) and said != half
