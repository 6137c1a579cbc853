"""Reads a score out of a text message: unambiguous or nothing, never guessed. Pure.

`5`, `５`, `5!`, `5/5`, `9 out of 10`, `五`, `٥`, `five`, `five stars`, `5分`, `cinco estrellas`.
Anything else ("4.5", "4 or 5", "5?", "5/10" on a scale to 5) is no score. Used by `sms_replies.py`.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 40  # characters: a longer message says more than a score

WORDS = {
    word: number
    for words in (
        "zero one two three four five six seven eight nine ten",
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
        "zero um dois três quatro cinco seis sete oito nove dez",
        "零 一 二 三 四 五 六 七 八 九 十",
        "〇 壹 两 叁 肆 伍 陆 柒 捌 玖 拾",
        "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    )
    for number, word in enumerate(words.split())
} | {"una": 1, "uma": 1, "duas": 2, "tres": 3, "兩": 2}

UNITS = tuple(
    unit
    for units in (
        "star stars point points estrella estrellas estrela estrelas",
        "punto puntos ponto pontos ⭐ ★ 星 颗星 顆星 分 نجمة نجوم نقاط",
    )
    for unit in units.split()
)
OF = ("/", "out of", "of", "de", "sobre")
HARMLESS = " \t\r\n!.,;:。！，、~'\"“”‘’()"
INVISIBLE = ("Mn", "Me", "Cf")  # marks, enclosing keycaps, variation selectors, joiners
_NUMBER = re.compile(r"[0-9]{1,2}\Z")


def score(body: str, low: int, high: int) -> int | None:
    """The score that this text says on the scale `low` to `high`, or None."""
    text = _plain(body)
    if not text or len(text) > MAX_LENGTH:
        return None
    text = _without_scale(text, high)
    for unit in sorted(UNITS, key=len, reverse=True):
        if text.endswith(unit) and text != unit:
            text = text[: -len(unit)].strip(HARMLESS + "-")
            break
    number = _number(text)
    return number if number is not None and low <= number <= high else None


def _plain(body: str) -> str:
    """Full-width, styled and keycap forms made plain (NFKC). A smiley stays: it may contradict."""
    folded = unicodedata.normalize("NFKC", body).casefold()
    kept = "".join(char for char in folded if unicodedata.category(char) not in INVISIBLE)
    return " ".join(kept.strip(HARMLESS).split())


def _without_scale(text: str, high: int) -> str:
    """`5/5` → `5`, only where the part behind names the end of this very scale."""
    for divider in OF:
        spaced = divider if divider == "/" else f" {divider} "
        said, found, scale = text.partition(spaced)
        if found and _number(scale.strip()) == high:
            return said.strip()
    return text


def _number(text: str) -> int | None:
    if text in _FOLDED:
        return _FOLDED[text]
    digits = "".join(_digit(char) for char in text)
    return int(digits) if _NUMBER.match(digits) else None


def _digit(char: str) -> str:
    """A decimal digit of any script as ASCII; any other character as itself."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


_FOLDED = {_plain(word): number for word, number in WORDS.items()}
