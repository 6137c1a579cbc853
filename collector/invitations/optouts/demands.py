"""Makes patterns of the phrases in `stop_phrases.py`, and looks for them in a sentence. Pure.

A phrase may stand at the beginning of the sentence, behind words of asking ("could you please").
Behind other words it counts as long as those tell of nobody else and deny nothing: "great, stop
texting me" does, "the driver would not stop texting me" does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from channels.sms.incoming import plain
from collector.invitations.optouts import stop_phrases as phrases
from collector.invitations.optouts.stop_groups import GROUPS

_HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# What lies between is no denial: "don't ever stop", "hört bloß nicht auf".
_DENIED: Final = "(?!(?:not|never|nicht|nie|niemals|nunca|jamais|jamas|لا) )"
_GAP, _HAN_GAP = rf"(?:{_DENIED}\S+ ){{0,4}}?", r".{0,8}?"


@dataclass(frozen=True, slots=True)
class _Demand:
    form: re.Pattern[str]
    first: bool  # must begin the sentence
    last: bool  # must end it


def demanded(said: str) -> bool:
    """Does this sentence, in plain words, ask us not to write any more?"""
    text = f"{said} "
    return any(_fits(one, text) for one in _demands())


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


def _fits(one: _Demand, text: str) -> bool:
    for found in one.form.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if one.last and not _only(after, _around()):
            continue
        if _only(before, _asking()) or not (one.first or _of_others(before)):
            return True
    return False


def _of_others(before: str) -> bool:
    others, han = _others()
    return bool(others & set(before.split())) or any(one in before for one in han)


def _only(text: str, known: tuple[frozenset[str], re.Pattern[str]]) -> bool:
    """Is there nothing but known words, or, in Chinese and Japanese, known pieces?"""
    words, pieces = known
    return all(word in words or pieces.fullmatch(word) or word.isdigit() for word in text.split())


@lru_cache(maxsize=1)
def _demands() -> tuple[_Demand, ...]:
    return tuple(_compiled(phrase) for phrase in phrases.DEMANDS)


@lru_cache(maxsize=1)
def _asking() -> tuple[frozenset[str], re.Pattern[str]]:
    return _words(phrases.BEFORE + " " + phrases.POLITE), _glued(phrases.BEFORE, phrases.HAN_AROUND)


@lru_cache(maxsize=1)
def _around() -> tuple[frozenset[str], re.Pattern[str]]:
    known = f"{phrases.POLITE} {phrases.FILLERS}"
    return _words(known), _glued(phrases.HAN_AROUND, known)


@lru_cache(maxsize=1)
def _others() -> tuple[frozenset[str], tuple[str, ...]]:
    return _words(phrases.OTHERS), tuple(plain(one) for one in phrases.HAN_OTHERS.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(word for each in text.split() for word in plain(each).split())


def _glued(*texts: str) -> re.Pattern[str]:
    """One or more of the Chinese and Japanese ones of these words, without blanks between."""
    kept = {plain(word) for text in texts for word in text.split() if _HAN.search(word)}
    return re.compile("(?:" + "|".join(sorted(map(re.escape, kept), key=len, reverse=True)) + ")*")


def _compiled(phrase: str) -> _Demand:
    first, last = phrase.startswith("^"), phrase.endswith("!")
    parts = phrase.strip("^!").split()
    han = bool(_HAN.search(re.sub("<[^>]*>", "", phrase))) or any(
        _HAN.search(part) for part in parts
    )
    form = "" if han else r"(?<!\S)"
    for part in parts:
        if part == "…":
            form += _HAN_GAP if han else _GAP
        else:
            form += _alternatives(part) + (" ?" if han else " ")
    return _Demand(re.compile(form), first, last)


def _alternatives(part: str) -> str:
    options: list[str] = []
    for option in part.split("|"):
        if option.startswith("<"):
            options += GROUPS[option.strip("<>")].split("|")
        else:
            options.append(option.replace("_", " "))
    spelled = sorted({plain(one) for one in options}, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, spelled)) + ")"
