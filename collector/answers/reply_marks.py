"""Marks every number of a text reply: a score perhaps, not one, not clear, or one taken back. Pure.

Used by `reply_text.py` alone. A mark is one private-use character in the number's place, so that
what is around it can be read afterwards. The words are in `reply_words.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from collector.answers import reply_spoken
from collector.answers import reply_words as words

Line = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

UNCLEAR, QUANTITY, TAKEN_BACK, EMOJI = "\ue100", "\ue101", "\ue102", "\ue103"
ODD = "\ue104"  # not clear where it is alone; in a sentence it is part of what is told
_PLAIN, _STARS, _FULL = 0xE200, 0xE300, 0xE400
VALUE: Final = re.compile("[\ue200-\ue263\ue300-\ue363\ue400-\ue463]")
MARK: Final = re.compile("[\ue100-\ue4ff]")
MARKED: Final = f" {UNCLEAR} "
STRANGE: Final = f" {ODD} "
COUNTED: Final = f" {QUANTITY} "
_SAME = {
    "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "〜": "~", "–": "-", "—": "-", "−": "-",
    "’": "'", "‘": "'", "⁄": "½", "🔟": "10", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه",
    "ـ": "",
}  # fmt: skip
_FILLED, _HOLLOW = "⭐★🌟✭", "☆✩"
_STAR_RUN = re.compile(f"(?:(\\d+) *)?((?:[{_FILLED}{_HOLLOW}] ?)+)")
# `*****` is five stars, `5*` one of five, `5.0` is 5; what stands in brackets with two numbers
# names the ends of the scale.
_ASTERISKS = re.compile(r"^\W*?((?:\*){2,5})\W*$")
_ROUND = re.compile(r"(?<![\d.,$€£¥₹])(\d{1,2})[.,]0{1,2}(?![\d.,:/-]|\s?(?:[€£$¥]|eur|usd))")
_SCALE_ENDS = re.compile(r"[(\[（【][^()\[\]（）]*\d[^()\[\]（）]*\D\d[^()\[\]（）]*[)\]）】]")
_QUOTED = re.compile(r'["“«„「『][^"”»“」』]{15,}["”»“」』]?')
_KANA = re.compile("[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def fold(text: str) -> str:
    """One spelling for what means the same: width, case, digits of any script, Arabic letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = []
    for char in folded:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        digit = unicodedata.decimal(char, None)
        kept.append(_SAME.get(char, char) if digit is None else str(digit))
    return "".join(kept)


def value(mark: str) -> int:
    """The number behind a mark of `VALUE`."""
    return ord(mark) & 0xFF


def counts_stars(mark: str) -> bool:
    """Were stars counted? There are five of those, whatever the scale."""
    return _STARS <= ord(mark) < _FULL


def sure(mark: str) -> bool:
    """Was it said to be a score, as in `9/10` or `4 stars`, so that words may stand beside it?"""
    return ord(mark) >= _STARS


def quoted(text: str) -> bool:
    """Does it repeat our message, as a reaction on some telephones does?"""
    return bool(_QUOTED.search(text))


def japanese(text: str, locale: str) -> bool:
    """In Japanese 分 are minutes and 点 points; in Chinese it is the other way round."""
    return locale.lower().startswith("ja") or bool(_KANA.search(text))


def mark(body: str, low: int, high: int, locale: str) -> str:
    """The folded text with a mark in the place of every number and every emoji."""
    text = " ".join(
        fold(_SCALE_ENDS.sub(" ", _QUOTED.sub(" ", body)).replace("<3", " "))
        .replace("\n", " \n ")
        .split(" ")
    )
    text = _ASTERISKS.sub(lambda found: f" {len(found[1])} star ", text)
    text = _STAR_RUN.sub(_stars, _ROUND.sub(r"\1", text))
    text = "".join(_emoji(char) for char in text)
    in_japanese = japanese(text, locale)
    if high == 10:
        text = _TEN_ALONE.sub("10", text)
    text = _FULL_MARKS.sub(str(high), text)
    text = _number_words(text if in_japanese else _TEN_OR_VERY.sub(MARKED, text))
    language = locale.lower().replace("_", "-").split("-")[0]
    lines = [
        *reply_spoken.lines(language, COUNTED),
        _scale(low, high),
        *_SHAPES,
        *(_JAPANESE if in_japanese else _CHINESE),
    ]
    if language == "de":
        lines.append((re.compile(r"\bum\s\d{1,2}\b"), COUNTED))
    lines += [*_COUNTED, *_full_marks(high), _line(r"(\d)\s?\*+(?!\d)", r"\1 star "), *_HEDGED]
    lines += _TAKEN_BACK_ES if language == "es" else _TAKEN_BACK
    for pattern, put in [*lines, *_REST]:
        text = pattern.sub(put, text)
    return _REPEATED.sub(r"\1", text)


def _stars(found: re.Match[str]) -> str:
    said, run = found[1], found[2].replace(" ", "")
    filled = sum(char in _FILLED for char in run)
    if said is not None:
        return f"{said} star " if len(run) == 1 or int(said) == filled else MARKED
    hollow = len(run) - filled
    return MARKED if not filled or (hollow and len(run) != 5) or filled > 10 else f"{filled} star "


def _emoji(char: str) -> str:
    emoji = unicodedata.category(char) == "So" or "\U0001f3fb" <= char <= "\U0001f3ff"
    return f" {EMOJI} " if emoji else char


def _dash(found: re.Match[str]) -> str:
    """`6 - 3 calls`: a dash, where `2 - 3 days` is from two to three."""
    return found[0] if int(found[2]) < int(found[3]) else f"{found[2]} ; "


def _number_words(text: str) -> str:
    text = _WEAK_FIRST.sub(lambda found: str(_NUMBERS[found[1]]), text)
    alone = " ".join(re.sub(r"[^\w' ]", " ", text).split())
    bare = re.sub(f" (?:{_any(words.STAR_UNITS)})$", "", alone)

    def digits(found: re.Match[str]) -> str:
        number = _NUMBERS.get(found[0])
        if number is None or (found[0] in _WEAK and found[0] != bare):
            return found[0]
        return str(number)

    return _HAN_ALONE.sub(_han, _WORD.sub(digits, text))


def _han(found: re.Match[str]) -> str:
    """一 … 十 as digits where they make up a whole part of the sentence, units aside."""
    number, unit = found[1], found[2] or ""
    if number == "十" and unit == "分":
        return found[0]
    if len(number) > 1:  # 七八分
        return MARKED
    return f"{words.HAN[number]}{unit}"


def _any(texts: Iterable[str]) -> str:
    return "|".join(re.escape(fold(text)) for text in sorted(texts, key=len, reverse=True))


def _line(pattern: str, put: str | Callable[[re.Match[str]], str]) -> Line:
    return re.compile(pattern), put


def _scale(low: int, high: int) -> Line:
    """`On a scale of 1 to 5`, `escala de 1 a 5`, `1-5:` name this scale and say nothing."""
    to = rf"{low}\s?(?:[-~]|to|a|à|bis|إلى|到)\s?{high}"
    named = r"(?:on\s|auf\s|en\s|na\s|sur\s)?(?:an?\s|einer\s|una\s|uma\s|une\s)?"
    scale = r"(?:scale|skala|escala|échelle|range)\s(?:of\s|from\s|von\s|de\s)?"
    return _line(rf"\b{named}{scale}{to}\b", " ")


def _full_marks(high: int) -> list[Line]:
    """`3/5`, `5点満点で3点`, `满分5分我给3分`: a score if the scale is this one."""

    def of(said: int, end: int, as_what: int = _FULL) -> Callable[[re.Match[str]], str]:
        def put(found: re.Match[str]) -> str:
            fits = int(found[end]) == high and int(found[said]) <= high
            return f" {chr(as_what + int(found[said]))} " if fits else MARKED

        return put

    number = r"(\d{1,2})"
    stars = f"(?:\\s?(?:{_any(words.STAR_UNITS + words.POINT_UNITS)}))?"
    return [
        _line(rf"满分{number}分?[^\d]{{0,4}}?{number}分?|滿分{number}分?[^\d]{{0,4}}?{number}分?",
              lambda found: of(2 if found[2] else 4, 1 if found[1] else 3)(found)),
        _line(rf"{number}分[给給打]{number}分?", of(2, 1)),
        _line(rf"{number}点(?:満点)?(?:中|で|の)+{number}点?", of(2, 1)),
        _line(rf"(?<![\d.,/]){number}{stars}\s?(?:/|(?<=\s)out of\s)\s?{number}"
              rf"(?![\d/]|[.,]\d|\s?\?){stars}", of(1, 2)),
        _line(rf"(?<![\d.,/]){number}{stars}\s?(?<=\s)(?:{_any(words.OF[1:])})\s\s?{number}"
              rf"(?![\d/]|[.,]\d|\s?\?){stars}", of(1, 2, _PLAIN)),
    ]  # fmt: skip


_NUMBERS = {
    fold(spelling): value
    for line in words.NUMBERS
    for value, word in enumerate(line.split())
    for spelling in word.split("|")
}
_WEAK = {fold(word) for word in words.WEAK}
_WEAK_FIRST = re.compile(
    rf"^\W*({'|'.join(sorted(_WEAK, key=len, reverse=True))})(?=\s?[.:;!\n]|\s?-|,\s)"
)
_HAN_ALONE = re.compile(
    rf"(?:(?<![^\W\d_])|(?<=[给給打评評])(?=\w+[分星]))([{''.join(words.HAN)}]+)(分|点|颗星|顆星|星)?"
    r"(?=です|でした|谢谢|謝謝|吧\W*$|\W|$)"
)
_REPEATED = re.compile(rf"^\W*({VALUE.pattern})(?:\s+\1){{1,5}}(?=\W*$)")
_TEN_ALONE = re.compile(r"^\W*十分\W*$")
_FULL_MARKS = re.compile(rf"^\W*(?:\d{{1,2}}点)?(?:{_any(words.FULL_MARKS)})\W*$")
_TEN_OR_VERY = re.compile(r"(?<!\w)十分(?!\w)")
_NUMBER = r"\d+(?:[.,:]\d+)?"
_SHAPES = [
    _line(r"\S+@\S+|https?:\S+|\bwww\.\S+", " "),
    _line(r"\b\d{1,4}([./-])\d{1,2}\1\d{2,4}\b|\b\d{1,2}\.\d{1,2}\.(?!\d)", COUNTED),  # dates
    _line(rf"\b\d{{1,2}}\.?\s?(?:de\s)?(?:{_any(words.DATED)})\b", COUNTED),
    _line(r"(?<!\w)[:=]\d(?!\w)", MARKED),  # a smiley with a number for its mouth
    _line(r"[+(]?\d(?:[ ().-]?\d){6,}", COUNTED),  # telephone numbers
    _line(r"\b\d{1,2}(?:[:h]\d{2})\b|\b24/7\b", COUNTED),  # times of the day
    _line(rf"(?:[$€£¥₹]|\brs\.?|\busd|\beur)\s?{_NUMBER}", COUNTED),
    _line(
        r"\b4\s(?=(?:asking|the|u|you|that|all(?! good)|ur|your|help|me|now|sure|nothing)\b)",
        COUNTED,
    ),  # "for"
    _line(r"(?<=\d)\s?=", " | "),  # 1 = very bad
    _line(r"^\W*#([2-9])\W*$", r" \1 "),
    _line(r"(?:#|\bno\.|\bnr\.?|№)\s?\d+", STRANGE),
    _line(r"^(\W*)(\d{1,2})\s+-\s+(?=(\d+)\s\w)", _dash),
    _line(r"\d+[.,]\d{2}(?!\d)", STRANGE),
    _line(
        r"\b\d{1,2}\s?(?:o'?clock|digits?|gb|mb|inch|inches|percent|prozent|ct|cent|cents|quid|p)\b",
        COUNTED,
    ),
]
_JAPANESE = [
    _line(r"星\s?(\d{1,2})つ?", r" \1 star "),
    _line(r"\d+分(?=\W*$)", MARKED),
    _line(r"\d+分", COUNTED),
]
_CHINESE = [_line(r"\d+[点點](?!\d)", COUNTED), _line(r"(?:等|迟到|遲到|晚)了?\d+分", COUNTED)]
_COUNTED = [
    _line(rf"(?<![\d.,]){_NUMBER}(?:\s?[-~]\s?\d+)?\s?(?:{_any(words.HAN_QUANTITIES)})", COUNTED),
    _line(
        rf"(?<![\d.,]){_NUMBER}(?:\s?(?:[-~]|to|a|à|bis)\s?\d+)?\s?"
        rf"(?:{_any(words.QUANTITIES)})(?!\w)",
        COUNTED,
    ),
    _line(rf"\b(?:{_any(words.NAMING)})\s#?{_NUMBER}\b", COUNTED),
    _line(r"\d+(?:st|nd|rd|th|ª|º|er|ème|eme)\b|\d{3,}", COUNTED),
]
_HEDGED = [
    _line(rf"(?<![^\W\d_])(?:{_any(words.HEDGES)})\s?(?:(?:a|an|un|um|une|eine?)\s)?\d+[^\s\w]?\d*",
          MARKED),
    _line(rf"\d+[^\w\s]?\s?(?:{_any(words.AFTER_HEDGES)})", MARKED),
    _line(rf"\d+分?\s?(?:{_any(words.OR)})\s?(?=\d)\d+|\d+[.,/]\d+", MARKED),
    _line(r"½|(?<![\w.,;!])[+±<>≤≥≈~-]\d+|\d+\s?[+±~½]|\d+-(?!\w)|¿\s?\d+|\d+\s?\?", MARKED),
    _line(r"\d[a-z_]+\w*|[a-z_]\w*\d\w*", STRANGE),
    _line(r"^(\W*\d{1,2})\s+(?=[\u3040-\u30ff\u3400-\u9fff])", r"\1 | "),
]  # fmt: skip
_NOT_AFTER = _line(rf"\d+分?(?:{_any(words.NOT_AFTER)})", f" {TAKEN_BACK} ")
_TAKEN_BACK = [
    _line(rf"(?<![^\W\d_])(?:{_any(words.NOT)})(?:\s(?:a\s)?)?\d+分?", f" {TAKEN_BACK} "),
    _line(r"\bno\s\d+", MARKED),
    _NOT_AFTER,
]
_TAKEN_BACK_ES = [_line(r"\bno\s\d+", f" {TAKEN_BACK} "), *_TAKEN_BACK[:1], _NOT_AFTER]
_REST: list[Line] = [
    _line(rf"(\d{{1,2}})-?\s?(?:{_any(words.STAR_UNITS)})(?!\w*\d)",
          lambda found: f" {chr(_STARS + int(found[1]))} "),
    _line(r"(\d{1,2})分", lambda found: f" {chr(_FULL + int(found[1]))} "),
    _line(rf"(\d{{1,2}})\s?(?:点|{_any(words.POINT_UNITS)})",
          lambda found: f" {chr(_PLAIN + int(found[1]))} "),
    _line(r"\d{1,2}", lambda found: f" {chr(_PLAIN + int(found[0]))} "),
]  # fmt: skip
