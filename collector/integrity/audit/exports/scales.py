"""Reads scores as tools write them: numbers, "10 - Extremely likely", stars, words. Pure.

`find` looks at all the different values of a column at once and says what each is worth, because a
single word or number does not say which scale it is of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from collector.errors import InvalidInput
from collector.integrity.audit.exports.scale_words import NOTHING, SCALES, WordScale

METRICS: Mapping[str, tuple[float, float]] = {
    "NPS": (0.0, 10.0), "CSAT": (1.0, 5.0), "CES": (1.0, 7.0)
}  # fmt: skip
_METRIC_NAMES = {
    "nps": "NPS", "net promoter score": "NPS", "net promoter": "NPS", "enps": "NPS",
    "csat": "CSAT", "customer satisfaction": "CSAT", "satisfaction": "CSAT",
    "customer satisfaction score": "CSAT",
    "ces": "CES", "customer effort": "CES", "customer effort score": "CES", "effort": "CES",
}  # fmt: skip
_FRACTION = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:/|out of|of|von|sur|de)\s*(\d+)\b", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"^[(\[]?([+-]?\d+(?:[.,]\d+)?)(?![\d:/])\s*(.*)$", re.DOTALL)
_NUMBER_LAST = re.compile(
    r"^(\D*?[^\d\s.,:=(\[–-])\s*[:=(\[–-]\s*(\d+(?:[.,]\d+)?)\s*[)\]]?\s*分?$", re.DOTALL
)
_STARS = re.compile(r"^[★⭐🌟✭☆✩️\s]+$")
_FULL = "★⭐🌟✭"
_NAMED_STARS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_BETWEEN = " \t\r\n-–—:=.,)(][/|"


def metric(name: str) -> str:
    """NPS, CSAT or CES by any of their names; another name as it is, in capitals."""
    return _METRIC_NAMES.get(" ".join(name.lower().split()), name.strip().upper())


def ends(text: str) -> tuple[float, float]:
    """Of "1-5" the worst and the best score; "5-1" has the best first. Raises InvalidInput."""
    found = re.fullmatch(
        r"\s*\[?\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|,|;|:|\.\.|to)\s*(-?\d+(?:\.\d+)?)\s*\]?\s*", text
    )
    if found is None or float(found[1]) == float(found[2]):
        raise InvalidInput(
            f"'{text}' is not a scale. Write the worst and the best score, for example 0-10, 1-5; "
            "5-1 where 1 is the best.",
            code="bad_scale",
        )
    return float(found[1]), float(found[2])


@dataclass(frozen=True, slots=True)
class Scale:
    """What the values of a column are worth. `scores`: value → score, None for no answer; a value
    that is not in it is no score. `metric`, `low` and `high`: empty where values do not say.
    """

    scores: Mapping[str, float | None]
    low: float | None = None
    high: float | None = None
    metric: str = ""
    said: str = ""
    least: float = 0.0
    most: float = 0.0
    unread: tuple[str, ...] = field(default=())


def find(values: Mapping[str, int]) -> Scale:
    """The scale of a column, from its different values and how often each comes."""
    empty: dict[str, float | None] = {v: None for v in values if folded(v) in NOTHING}
    texts = [value for value in values if value not in empty]
    numbers = {value: read for value in texts if (read := _number(value)) is not None}
    shown = sum(values[value] for value in texts)
    if sum(values[value] for value in numbers) >= 0.5 * shown and numbers:
        return _numbers(empty, texts, numbers)
    best, most = None, 0
    for scale in SCALES:
        of = _of_words(scale, texts)
        count = sum(values[value] for value in of)
        if count > most:
            best, most, scores = scale, count, of
    if best is None or most < 0.5 * shown:
        return Scale(empty, unread=tuple(texts))
    said = ", ".join(f"{word} = {score:g}" for word, score in sorted(
        {folded(value)[:40]: score for value, score in scores.items()}.items(),
        key=lambda item: (-item[1], item[0]),
    )[:8])  # fmt: skip
    unread = tuple(value for value in texts if value not in scores)
    return Scale(
        {**empty, **scores}, best.low, best.high, best.metric, said,
        min(scores.values()), max(scores.values()), unread,
    )  # fmt: skip


def folded(value: str) -> str:
    """As the lists of words are written: lower case, one width, single spaces, no full stop."""
    text = unicodedata.normalize("NFKC", value).replace("\ufe0f", "").replace("’", "'").lower()
    return " ".join(text.split()).strip(" .!。！")


def _of_words(scale: WordScale, texts: list[str]) -> dict[str, float]:
    steps = {folded(word): score for score, words in scale.steps.items() for word in words}
    return {value: steps[folded(value)] for value in texts if folded(value) in steps}


@dataclass(frozen=True, slots=True)
class _Read:
    score: float
    of: float | None = None
    words: str = ""
    stars: bool = False


def _number(value: str) -> _Read | None:
    text = unicodedata.normalize("NFKC", value).strip()
    if text and _STARS.match(text):
        return _Read(float(sum(sign in _FULL for sign in text)), stars=True)
    if found := _FRACTION.match(text):
        return _Read(_float(found[1]), float(found[2]), stars="star" in text.lower())
    if found := _NUMBER_FIRST.match(text):
        words = found[2].strip(_BETWEEN)
        if words == "%":
            return _Read(_float(found[1]), 100.0)
        if len(words) <= 60:  # longer is somebody's comment
            return _Read(_float(found[1]), None, folded(words), "star" in words.lower()
                         or words in ("星", "颗星", "étoiles", "Sterne", "estrellas"))  # fmt: skip
    first = text.lower().split()
    if len(first) == 2 and first[0] in _NAMED_STARS and first[1].startswith("star"):
        return _Read(float(_NAMED_STARS[first[0]]), stars=True)
    if len(text) <= 60 and (found := _NUMBER_LAST.match(text)):
        return _Read(_float(found[2]), None, folded(found[1].strip(_BETWEEN)))
    return None


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _numbers(
    empty: dict[str, float | None], texts: list[str], numbers: Mapping[str, _Read]
) -> Scale:
    least = min(read.score for read in numbers.values())
    most = max(read.score for read in numbers.values())
    worded = {read.words: read.score for read in numbers.values() if read.words}
    words = _best_of(list(worded))
    of = {read.of for read in numbers.values()} - {None}
    stars = any(read.stars for read in numbers.values())
    scores: dict[str, float | None] = {value: read.score for value, read in numbers.items()}
    low, high, metric, said = None, None, words.metric if words else "", ""
    if "likely" in " ".join(worded) or "推荐" in " ".join(worded):
        metric = "NPS"
    if len(of) == 1 and (top := of.pop()):
        low, high = 0.0 if least < 1 or top > 10 else 1.0, top
        said = f"points of {top:g}"
    elif stars and most <= 5:
        low, high, metric, said = 1.0, 5.0, metric or "CSAT", "stars"
    if _turned(words, worded):
        low, high = (low, high) if high is not None else _around(least, most)
        assert low is not None
        assert high is not None
        scores = {value: low + high - read.score for value, read in numbers.items()}
        least, most = low + high - most, low + high - least
        said = f"turned round, because the words say that {low:g} is the best"
    unread = tuple(value for value in texts if value not in numbers)
    return Scale({**empty, **scores}, low, high, metric, said, least, most, unread)


def _best_of(words: list[str]) -> WordScale | None:
    if not words:
        return None
    best = max(SCALES, key=lambda scale: len(_of_words(scale, words)))
    return best if _of_words(best, words) else None


def _turned(words: WordScale | None, worded: Mapping[str, float]) -> bool:
    """Do the words say that a low number is good?"""
    if words is None:
        return False
    known = _of_words(words, list(worded))
    pairs = [
        (worded[one] - worded[two]) * (known[one] - known[two])
        for one in known for two in known if one < two
    ]  # fmt: skip
    return bool(pairs) and all(pair < 0 for pair in pairs)


def _around(least: float, most: float) -> tuple[float, float]:
    for low, high in ((1.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0)):
        if low <= least and most <= high:
            return low, high
    return least, most
