"""Which texts mean "leave me alone", take it back or ask for help. Pure.

Read by `answers/texts.py`. A text is read sentence by sentence, signature and quotations aside.
A sentence is a wish if it is a word for it with nothing but polite and filling words ("STOP
please"), or a demand about being written to ("stop sending me these surveys"). "The driver did not
stop" is neither: there the word is part of what is told. What else was said ("5." before "STOP
texting me") is handed back, for it may hold a score. The words are in `stop_phrases.py`, phrases
in `demanding/`, made into patterns by `demands.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from channels.sms.incoming import own_words, plain
from collector.invitations.optouts import demands
from collector.invitations.optouts import stop_phrases as phrases
from collector.invitations.optouts.strangers import not_me

Intent = Literal["stop", "start", "help", ""]

_SENTENCE: Final = re.compile(
    r"[!?;:\n()\[\]\"“”„«»|/…~。！？；，、؟،؛：（）【】]+|[.,](?!\d)|(?<=\d)[.,](?=\s|$)|\s[-–—]+\s|—"
)
_AND: Final = re.compile(  # "no mas" is Spanish for "no more"
    r"\s+(?:and|but|und|aber|et|y|e|pero|also|(?<!no )(?<!nao )(?<!não )(?<!ya )mas|then|&|"
    r"ولكن|لكن)\s+",
    re.IGNORECASE,
)
_SPELLED: Final = re.compile(r"(?<!\w)(?:[^\W\d_][^\w]{1,2}){2,}[^\W\d_](?!\w)")
_SCORE: Final = re.compile(
    r"\d{1,2}(?: ?(?:stars?|sterne?|estrellas?|estrelas?|étoiles?|points?|punkte?|puntos?|pontos?|"
    r"分|点|點|星|颗星|顆星|つ星|نجوم|نجمة|نقاط|درجات))?"
)
_OUT_OF: Final = re.compile(r"(?<![\d/])(\d{1,2})\s*/\s*(?:5|7|10)(?![\d/])")
_NUMBER_SIGN: Final = re.compile(r"(?<=wrong)\s*(?:#|№|no\.)", re.IGNORECASE)
_LONGER: Final = re.compile(r"([a-z])\1{2,}")  # "stoppp texting"
_THAT: Final = re.compile("^the end$|[这這]")  # something else is to end, or a story did
# What businesses write under their own texts, and quick replies with them.
_TOLD_HOW: Final = re.compile(
    r"\b(?:reply|text|txt|send) stop to (?:opt|end|cancel|unsub|stop|quit)", re.IGNORECASE
)
# Letters that were put in another's place: digits, signs, Greek and Cyrillic ones that look alike.
_ALIKE: Final = {
    ord(char): letter
    for letter, chars in (
        ("o", "0оοθ°"), ("s", "$ѕ§"), ("a", "@4аα"), ("i", "1!|іι"), ("t", "7+тτ"), ("p", "рρþ"),
        ("c", "с("), ("e", "3еε"),
    )
    for char in chars
}  # fmt: skip
LONG: Final = 8  # letters, so that no other word is that near
ALIKE: Final = 0.88
_DISGUISED: Final = frozenset({"stop", "unsubscribe", "stopall", "optout"})
_STOP_SIGNS: Final = ("🛑", "✋🛑", "🚫", "⛔")


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word for each in text.split() for word in (plain(each), plain(each).replace(" ", ""))
    )


_STOP, _ALONE = _words(phrases.WORDS), _words(phrases.ALONE)
_ASKING = _words(phrases.BEFORE)
_LONG = sorted(word for word in _STOP if len(word) >= LONG and word.isascii())
_START, _HELP = _words(phrases.START), _words(phrases.HELP)
_POLITE = _words(phrases.POLITE)
_FILLERS = _POLITE | _words(phrases.FILLERS)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished, and what else the text says: `rest` is empty unless it is a stop."""

    intent: Intent
    rest: str = ""


def intent(text: str) -> Intent:
    """`stop`, `start`, `help`, or an empty string for a reply that means none of them."""
    return wish(text).intent


def wish(text: str) -> Wish:
    """What this text wishes, with the rest of what it says where it is a stop."""
    said = _NUMBER_SIGN.sub(" number", _OUT_OF.sub(r"\1", own_words(text)))
    if _TOLD_HOW.search(said):
        return Wish("")
    if text.strip() in ("?", "？"):
        return Wish("help")
    if said.replace("\ufe0f", "").strip() in _STOP_SIGNS:
        return Wish("stop")
    if found := _whole(plain(said)):
        return Wish(found)
    if _disguised(said):
        return Wish("stop")
    pieces = _pieces(_SPELLED.sub(lambda found: re.sub(r"\W", "", found[0]), said))
    wishes = [_read(piece, place, pieces) for place, piece in enumerate(pieces)]
    if not any(stops for stops, _ in wishes):
        return Wish("")
    rest = [
        left if stops else piece.rstrip("& ")
        for piece, (stops, left) in zip(pieces, wishes, strict=True)
    ]
    return Wish("stop", "\n".join(part.strip() for part in rest if part.strip()))


def _whole(said: str) -> Intent:
    """The text as a whole, where it is a word or two."""
    meant = [word for word in said.split() if word not in _FILLERS]
    bare = demands.bare(said)
    known = _STOP if _THAT.search(said) else _STOP | _ALONE
    if meant and (all(word in known for word in meant) or bare in known):
        return "stop"
    if meant and all(word in _START for word in meant):
        return "start"
    return "help" if meant and all(word in _HELP for word in meant) else ""


def _disguised(said: str) -> bool:
    """`S.T.O.P`, `st0p`, `$top`, `stooop`: one word, written so that no machine should see it."""
    joined = re.sub(r"[\s.\-_*~,'\"!?:;=<>()/\\]+", "", said).casefold().translate(_ALIKE)
    bare = plain(joined).replace(" ", "")
    if len(bare) > 40 or re.search(r"(?<!\S)\d+(?!\S)", said):
        return False
    return re.sub(r"(.)\1+", r"\1", bare) in _DISGUISED


def _pieces(said: str) -> list[str]:
    """Its sentences, and what "and" joins in them: what is joined to the next ends in `&`."""
    pieces = []
    for one in _SENTENCE.split(said):
        parts = [part for part in _AND.split(one or "") if part.strip()]
        pieces += [f"{part} &" for part in parts[:-1]] + parts[-1:]
    return pieces


def _read(piece: str, place: int, pieces: list[str]) -> tuple[bool, str]:
    """Does this sentence ask us to stop, and what is left of it then (a score beside it)?"""
    said = _LONGER.sub(r"\1", plain(piece))
    words, score = _score_apart(said)
    if not words:
        return False, ""
    meant = [word for word in words if word not in _FILLERS]
    if piece.endswith("&") and len(words) == 1:
        return False, ""  # "stop and go"
    meant = [word for word in meant if word not in _ASKING] or meant
    if meant and all(word in _STOP or _stretched(word) for word in meant):
        return True, score
    if demands.bare(" ".join(words)) in _STOP:
        return True, score
    others = [_score_apart(plain(one))[0] for at, one in enumerate(pieces) if at != place]
    alone = not any(word not in _FILLERS for left in others for word in left)
    ends = alone and bool(meant) and not _THAT.search(said)
    if (ends and all(word in _ALONE for word in meant)) or not_me(piece):
        return True, score
    stops, before = demands.demanded(" ".join(words), alone)
    return stops, f"{score}\n{before}".strip()


def _stretched(word: str) -> bool:
    """`stoooop`, or a long word for it with a letter wrong: `unsubcribe`."""
    if re.sub(r"(.)\1+", r"\1", word) in ("stop", "stopal"):
        return True
    near = get_close_matches(word, _LONG, 1, ALIKE) if len(word) >= LONG else []
    return any(one[:3] == word[:3] for one in near)  # "Anmeldung" is the opposite of "Abmeldung"


def _score_apart(said: str) -> tuple[list[str], str]:
    """The words without a number at either end of them, and that number."""
    score = ""
    for form in (rf"^({_SCORE.pattern})(?: |$)", rf"(?:^| )({_SCORE.pattern})$"):
        if not score and (found := re.search(form, said)):
            score, said = found[1], f"{said[: found.start()]} {said[found.end() :]}"
    return said.split(), score
