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

from collector.answers import reply_labels as labels
from collector.answers import reply_words as words
from collector.answers.reply_marks import (
    EMOJI,
    MARK,
    ODD,
    TAKEN_BACK,
    UNCLEAR,
    VALUE,
    counts_stars,
    fold,
    mark,
    quoted,
    sure,
    value,
)

Kind = Literal["score", "unclear", "comment", "nothing", "machine"]
STARS: Final = 5  # stars come in fives: "5 stars" on a scale to ten may mean all or half
FEW: Final = 2  # with more words about it a number is part of a story
MAX_REACTION: Final = 4  # words around our own message, as in `Liked "How was …"`

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PARTS = re.compile(r"[.,;!?()\[\]\n、。…\"“”«»¡¿|]|\s-+\s|" + EMOJI)
_FRAME = {fold(word) for word in words.FRAME}
_CORRECTIONS = {fold(word) for word in words.CORRECTIONS}
_UNITS = {fold(unit) for unit in (*words.STAR_UNITS, *words.POINT_UNITS, "分", "点")}
_HEDGES = {fold(word) for word in words.HEDGES}
_BREAKS = {fold(word) for word in words.BREAKS}
_PRAISE = {fold(word) for word in labels.PRAISE}
_BLAME = {fold(word) for word in labels.BLAME}
_JUDGED = {fold(word) for word in labels.JUDGED}
_NAMES = _PRAISE | _BLAME | {fold(word) for word in labels.INTENSE}
_HAN_NAMES = re.compile(
    "|".join(
        sorted(
            {fold(one) for one in (*labels.HAN_PRAISE, *labels.HAN_BLAME)}, key=len, reverse=True
        )
    )
)
_DENIED = {fold(word) for word in ("not", "no", "nicht", "pas", "não", "ne", "ليس", "غير", "never")}
_HAN_PRAISE = re.compile("|".join(map(fold, labels.HAN_PRAISE)))
_HAN_BLAME = re.compile("|".join(map(fold, labels.HAN_BLAME)))
_ORDERED = sorted({fold(text) for text in words.HAN_FRAME}, key=len, reverse=True)
_HAN_FRAME = re.compile("|".join(map(re.escape, _ORDERED)))
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_HAN_BREAKS = re.compile("|".join(text for text in words.BREAKS if _HAN.match(text)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says. `unclear` asks to be asked again, `nothing` says nothing at all.

    `machine` is another's text (`reply_kind.py`). `more`: there are words that are worth keeping as
    the comment. `corrects`: it takes back what was said before.
    """

    kind: Kind
    score: int | None = None
    more: bool = field(default=False)
    corrects: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the sentence: the number that is alone in it, and whether it corrects."""

    value: str
    corrects: bool
    words: bool
    marked: bool = False
    left: int = 0


def read(body: str, low: int, high: int, locale: str = "") -> Reading:
    """What this text says on the scale `low` to `high`; `locale` is that of the question."""
    text = mark(body, low, high, locale)
    worded = bool(_WORD.search(MARK.sub(" ", text)))
    language = locale.lower().replace("_", "-").split("-")[0]
    parts = [_part(piece, language) for piece in _pieces(text, language)]
    scores = [part for part in parts if part.value]
    odd = UNCLEAR in text or ODD in text
    if not scores or len(VALUE.findall(text)) != len(scores) or odd:
        headed = bool(scores) and _headed(parts, body)
        if not headed:
            return _none(body, text, worded, parts)
        scores = scores[:1]
    chosen = scores[-1].value
    if len({value(part.value) for part in scores}) > 1:
        first = parts.index(scores[0])
        if not any(part.corrects for part in parts[first + 1 :]):
            return Reading("unclear", more=worded)
    said = value(chosen)
    ambiguous = counts_stars(chosen) and high != STARS and said <= STARS
    if ambiguous or not low <= said <= high or _contradicted(body, said, low, high):
        return Reading("unclear", more=worded)
    corrects = any(part.corrects for part in parts)
    return Reading("score", said, any(part.words for part in parts), corrects)


def _none(body: str, text: str, worded: bool, parts: list[_Part]) -> Reading:
    """No score: is that because none is there, or because it is not clear?"""
    if quoted(body) and len(_WORD.findall(text)) <= MAX_REACTION:
        return Reading("unclear")
    if worded:
        few = all(part.left < (FEW if ODD in text else FEW + 1) for part in parts if part.marked)
        number = few and (bool(VALUE.search(text)) or ODD in text)
        bare = bool(MARK.search(text)) and not any(part.left for part in parts)
        tried = UNCLEAR in text or TAKEN_BACK in text or number or bare or _asks_us(body, text)
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
    bare = _HAN_FRAME.sub(" ", _HAN_NAMES.sub(" ", piece)) if _HAN.search(piece) else piece
    frame = _FRAME | _UNITS | set(words.FRAME_OF.get(language, ()))
    left = [word for word in _WORD.findall(bare) if word not in frame and word not in _NAMES]
    more = [word for word in left if word not in _JUDGED]
    marks = MARK.findall(bare.replace(TAKEN_BACK, " "))
    one = len(marks) == 1 and VALUE.match(marks[0])
    alone = bool(one) and (not more or sure(marks[0]))
    said = {*_WORD.findall(piece), *_HAN_FRAME.findall(piece)}
    marked = bool(VALUE.search(piece) or ODD in piece)
    corrects = bool(said & _CORRECTIONS)
    return _Part(marks[0] if alone else "", corrects, bool(left), marked, len(left))


def _headed(parts: list[_Part], body: str) -> bool:
    """Does it begin with a score, and tell after it why, with other numbers?  A list does not."""
    told = [part for part in parts[1:] if part.left > FEW]
    others = [part for part in parts[1:] if part.value]
    listed = re.search(r"(?m)(?:^|\s)2[.)]", body)
    return bool(parts[0].value and told and not others and not listed)


def _asks_us(body: str, text: str) -> bool:
    """A short question back, or nothing but "maybe"."""
    said = _WORD.findall(MARK.sub(" ", text))
    short = len(said) < MAX_REACTION and all(word.isascii() for word in said)
    return (bool(re.search(r"[?？؟]\s*$", body)) and short) or (
        bool(said)
        and all(word in _HEDGES or word in _FRAME for word in said)
        and any(word in _HEDGES for word in said)
    )


def _contradicted(body: str, said: int, low: int, high: int) -> bool:
    """A five with a thumb down, a one with a heart: the person may have the scale upside down."""
    half = (low + high) / 2
    if said in (low, high) and _misnamed(fold(body), best=said == high):
        return True
    return any(char in body for char in (words.SAD if said > half else words.GLAD)) and said != half


def _misnamed(text: str, best: bool) -> bool:
    """Is the best number called bad, or the worst one good, and nothing else said?"""
    said = {word for word in _WORD.findall(text) if word not in _FRAME} | (
        set(_WORD.findall(text)) & (_PRAISE | _BLAME)
    )
    spoken = _WORD.findall(text)
    if any(
        set(spoken[at + 1 : at + 3]) & _NAMES for at, one in enumerate(spoken) if one in _DENIED
    ):
        return False
    if _HAN.search(text):
        blamed = bool(_HAN_BLAME.search(text))
        praised = not blamed and bool(_HAN_PRAISE.fullmatch(re.sub(r"[\W\d]|分|点", "", text)))
        return blamed if best else praised
    wrong, right = (_BLAME, _PRAISE) if best else (_PRAISE, _BLAME)
    other = said - _NAMES - _FRAME - _JUDGED
    return bool(said & wrong) and not said & (right | _BREAKS) and len(other) <= FEW
