"""What of a text message its person wrote, and what a telephone, app or carrier did. Pure.

Used by whoever reads replies. `plain` is one spelling for what means the same; `own_words` leaves
signatures and quotations away; `by_machine` and `reaction` know texts that nobody typed. What
telephones write is in `phones.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from channels.sms import phones

LONGEST_MACHINE: Final = 400  # a person who writes that much writes for themselves
_DASHES = re.compile(r"^\s*(?:--|—|__+|-{3,}|\*{3,})\s*\S{0,40}(?:\s\S{1,20}){0,3}\s*$")
_MARKS: Final = "\"'“”„«»‹›「」『』‘’`"
# Something of at least four characters in quotation marks, up to the end of the text.
_IN_QUOTES = re.compile(r"[“„«‹「『\"][^”“»›」』\"]{3,}[”“»›」』\"]?|‘[^’]{3,}’?")
# What we thank and ask with, for texts of ours that were worded otherwise before.
_LIKE_OURS: Final = re.compile(
    "thank|danke|dank fur|merci|gracias|obrigad|谢谢|謝謝|感谢|感謝|ありかとう|شكر|"
    "(?:reply|antwort|repond|respond|回复|回覆|返信|رد).{0,40}[0-9]"
)
_EAST: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0600-\u06ff]")
_KEPT: Final = ("L", "N")
_LEAST: Final = 12  # characters of our own text that are no chance


def plain(text: str) -> str:
    """Lower case without width, accents, vowel signs, punctuation or emoji; single spaces."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept = (
        "'" if char in "'’‘`´" else char if unicodedata.category(char)[0] in _KEPT else " "
        for char in folded
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    return unicodedata.normalize("NFC", " ".join("".join(kept).replace("'", "").split()))


def own_words(text: str, ours: Iterable[str] = ()) -> str:
    """The text without signature, quoted lines and, wherever it stands, what we wrote (`ours`)."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        said = plain(line)
        if lines and _DASHES.match(line):
            break
        if any(form.match(said) for form in _patterns("QUOTED")) and (":" in line or "：" in line):
            break
        if _signature(said) or line.lstrip().startswith(">"):
            continue
        lines.append(line)
    kept = "\n".join(lines).strip()
    return _without(kept, ours)


def by_machine(text: str) -> bool:
    """Did a machine write this in its owner's place: driving, away, a carrier's notice?"""
    if len(text) > LONGEST_MACHINE:
        return False
    said = plain(text)
    return any(form.search(said) for form in _patterns("MACHINES"))


def reaction(text: str, ours: Iterable[str] = ()) -> bool:
    """Is this a thumb or a heart on a text of ours, as telephones put it into words?"""
    quoted = _IN_QUOTES.search(text)
    if quoted is None:
        return False
    before, after = text[: quoted.start()], text[quoted.end() :]
    around = plain(f"{before} {after}")
    if any(form.fullmatch(around) for form in _patterns("REACTIONS")):
        return True
    inside = plain(quoted[0])
    repeats = any(_shared(inside, plain(own)) for own in ours if own) or bool(
        _LIKE_OURS.search(inside)
    )
    if not around:  # an emoji, or nothing, beside our text
        return repeats or not before.strip(" \n").isascii()
    ends = not after.strip() or before.strip().casefold() == "hat" or bool(_EAST.search(after))
    return repeats and ends and len(around.split()) <= 4 and not any(map(str.isdigit, around))


def _signature(said: str) -> bool:
    return any(said.startswith(one) for one in _plain_list("SIGNATURES")) and len(said) <= 60


def _without(text: str, ours: Iterable[str]) -> str:
    """Without what we wrote: as it is, or whitespace and quotation marks apart."""
    for own in ours:
        words = [re.escape(word) for word in own.split()]
        if len(" ".join(words)) < _LEAST:
            continue
        whole = re.compile(rf"[{_MARKS}>]*" + r"\s*".join(words) + rf"[{_MARKS}]*", re.IGNORECASE)
        text = whole.sub(" ", text)
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line.strip()).strip()


def _shared(inside: str, own: str) -> bool:
    """Is the quotation ours, or the beginning of it?"""
    cut = inside.rstrip(" .…")
    return len(cut) >= _LEAST and (cut in own or own in cut)


@lru_cache(maxsize=8)
def _plain_list(name: str) -> Sequence[str]:
    return tuple(plain(one) for one in getattr(phones, name))


@lru_cache(maxsize=8)
def _patterns(name: str) -> Sequence[re.Pattern[str]]:
    """The phrases as patterns over plain text, `…` for anything."""
    found = []
    for phrase in getattr(phones, name):
        parts = [re.escape(plain(part)) for part in phrase.split("…")]
        found.append(re.compile(" ?.{0,60}? ?".join(parts)))
    return tuple(found)
