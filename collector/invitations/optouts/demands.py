"""Makes patterns of the phrases in `stop_phrases.py`, and looks for them in a sentence. Pure.

A phrase may stand at the beginning of the sentence, behind words of asking ("could you please").
Behind other words it counts as long as those tell of nobody else and do not deny it: "who is this
stop texting me" does, "the driver would not stop texting me" does not. A denial further away is of
something else ("I dont know you remove my number"), and one that is said of us is a complaint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from channels.sms.incoming import plain
from collector.invitations.optouts import stop_phrases as phrases
from collector.invitations.optouts.demanding import (
    arabic,
    chinese,
    english,
    french,
    german,
    japanese,
    portuguese,
    spanish,
)
from collector.invitations.optouts.stop_groups import GROUPS

LANGUAGES: Final = (english, german, french, spanish, portuguese, chinese, japanese, arabic)
NEAR: Final = 6  # words before a demand that may say whose it is
_HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# What lies between is no denial: "don't ever stop", "hört bloß nicht auf".
_DENIED: Final = "(?!(?:not|never|nicht|nie|niemals|nunca|jamais|jamas|لا) )"
_GAP, _HAN_GAP = rf"(?:{_DENIED}\S+ ){{0,4}}?", r".{0,8}?"


@dataclass(frozen=True, slots=True)
class _Demand:
    form: re.Pattern[str]
    first: bool  # must begin the sentence
    last: bool  # must end it
    whole: bool  # must be all that is said
    orders: bool  # an order, which has no subject


def demanded(said: str, alone: bool = True) -> tuple[bool, str]:
    """Does this sentence, in plain words, ask us not to write any more, and what is said before?

    `alone`: nothing else is said.
    """
    text = f"{said} "
    for one in _demands():
        if one.whole and not alone:
            continue
        before = _fits(one, text)
        if before is not None:
            return True, "" if _only(before, _asking()) else before.strip()
    return False, ""


def bare(said: str) -> str:
    """A sentence without blanks and, in Chinese and Japanese, without what is polite or filling."""
    joined = said.replace(" ", "")
    if not _HAN.search(joined):
        return joined
    pieces = _glued(phrases.HAN_AROUND, phrases.POLITE)
    start = pieces.match(joined)
    left = joined[start.end() :] if start else joined
    ends = [size for size in range(1, len(left) + 1) if pieces.fullmatch(left[size:])]
    return left[: ends[0]] if ends else joined


def _fits(one: _Demand, text: str) -> str | None:
    """What stands before it, where it is asked for."""
    for found in one.form.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if one.last and not _only(after, _around()):
            continue
        if one.orders and _has_subject(before.split()):
            continue
        if _only(before, _asking()) or not (one.first or _of_others(before)):
            return before
    return None


def _has_subject(before: list[str]) -> bool:
    if not before or before[-1] not in _set("SUBJECTS"):
        return False
    return not set(before[-3:-1]) & _set("TOLD") and before[-2:-1] not in (["can"], ["could"])


def _of_others(before: str) -> bool:
    said = before.split()
    if said and said[-1] in _set("IMPERATIVE"):
        return False
    denied = [place for place, word in enumerate(said) if word in _set("DENIALS")]
    ours = bool(denied) and denied[-1] > 0 and said[denied[-1] - 1] in _set("US")
    if denied and denied[-1] >= len(said) - 2 and not ours:
        return True
    others = _set("OTHERS") & set(said[-NEAR:])
    return bool(others) or any(one in before for one in _han_others())


def _only(text: str, known: tuple[frozenset[str], re.Pattern[str]]) -> bool:
    """Is there nothing but known words, or, in Chinese and Japanese, known pieces?"""
    words, pieces = known
    return all(word in words or pieces.fullmatch(word) or word.isdigit() for word in text.split())


@lru_cache(maxsize=1)
def _demands() -> tuple[_Demand, ...]:
    listed = (_unfolded(one.DEMANDS) for one in LANGUAGES)
    return tuple(_compiled(phrase) for phrases_of in listed for phrase in phrases_of)


def _unfolded(listed: str) -> list[str]:
    """A phrase a line; a long one goes on in the next, indented."""
    return listed.strip().replace("|\n  ", "|").replace("\n  ", " ").split("\n")


@lru_cache(maxsize=1)
def _asking() -> tuple[frozenset[str], re.Pattern[str]]:
    return _words(phrases.BEFORE + " " + phrases.POLITE), _glued(phrases.BEFORE, phrases.HAN_AROUND)


@lru_cache(maxsize=1)
def _around() -> tuple[frozenset[str], re.Pattern[str]]:
    known = f"{phrases.POLITE} {phrases.FILLERS}"
    return _words(known), _glued(phrases.HAN_AROUND, known)


@lru_cache(maxsize=1)
def _han_others() -> tuple[str, ...]:
    return tuple(plain(one) for one in phrases.HAN_OTHERS.split())


@lru_cache(maxsize=8)
def _set(name: str) -> frozenset[str]:
    return _words(getattr(phrases, name))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for each in text.split() for word in plain(each).split())


def _glued(*texts: str) -> re.Pattern[str]:
    """One or more of the Chinese and Japanese ones of these words, without blanks between."""
    kept = {plain(word) for text in texts for word in text.split() if _HAN.search(word)}
    return re.compile("(?:" + "|".join(sorted(map(re.escape, kept), key=len, reverse=True)) + ")*")


def _compiled(phrase: str) -> _Demand:
    whole, last = phrase.startswith("="), phrase.endswith("!") or phrase.startswith("=")
    first = phrase.startswith("^") or whole
    parts = phrase.strip("^=~!").split()
    han = bool(_HAN.search(re.sub("<[^>]*>", "", phrase))) or any(
        _HAN.search(part) for part in parts
    )
    form = "" if han else r"(?<!\S)"
    for part in parts:
        if part == "…":
            form += _HAN_GAP if han else _GAP
        else:
            form += _alternatives(part) + (" ?" if han else " ")
    return _Demand(re.compile(form), first, last, whole, phrase.startswith("~"))


def _alternatives(part: str) -> str:
    options: list[str] = []
    for option in part.split("|"):
        if option.startswith("<"):
            options += GROUPS[option.strip("<>")].split("|")
        else:
            options.append(option.replace("_", " "))
    spelled = sorted({plain(one) for one in options}, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, spelled)) + ")"
