"""What somebody meant who wrote this, and how it is written: the second half of a complaint. Pure.

Each returns a text that goes on from a complaint (empty where nothing can be guessed). Here are the
slips that come from YAML (`on` and `no` read as truth values by YAML 1.1, 21:00 read as 1260), from
other tools' units, and from the pen. Used by `fields.py` and by the parts of a rule.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from collector.surveys.told import Path, Told

NUMBER = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)\s*(%|percent|per cent)?\s*", re.IGNORECASE)
FRACTION = re.compile(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*")
YES = ("yes", "y", "on", "true", "1")
NO = ("no", "n", "off", "false", "0")
# What other tools call it, and those who read YAML 1.1, to whom `on` is a truth value.
OTHER_NAMES = {
    "event": "on", "trigger": "on", "events": "on", "true": "on", "condition": "when",
    "if": "when", "filter": "when", "wait": "delay", "rate": "sample", "sampling": "sample",
    "percentage": "sample", "throttle": "caps", "holdout": "control", "limit": "quota",
    "texts": "wording", "translations": "wording", "languages": "wording", "title": "key",
    "id": "key", "name": "key", "type": "metric", "logo_url": "logo", "colour": "color",
    "comment": "why", "thank_you": "thanks",
}  # fmt: skip


def of_field(name: str, known: Sequence[str], path: Path, told: Iterable[Told]) -> str:
    """The whole complaint about a field that nobody asked for."""
    if name.lower() in ("true", "false") and "on" in known:
        return (
            '`on:` was read as a truth value here, as YAML 1.1 does; write `"on":`, or leave out'
            " the line `%YAML 1.1`."
        )
    elsewhere = [one.name for one in told if one.path[-1] == name and one.path[:-1] != path]
    near = difflib.get_close_matches(name.lower(), known, 1)
    other = OTHER_NAMES.get(name.lower(), "")
    if other in known:
        return f"`{name}` is not a field here; did you mean `{other}`?"
    if elsewhere and not near:
        return f"`{name}` is not a field here; it is written as `{elsewhere[0]}`."
    if near:
        return f"`{name}` is not a field here; did you mean `{near[0]}`?"
    return f"`{name}` is not a field here. Known: {', '.join(f'`{one}`' for one in known)}."


def of_object(value: Any) -> str:
    """Something that is no object where one was wanted."""
    if isinstance(value, str) and ":" in value:
        return "; a space belongs after the colon"
    return "; a list stands here" if isinstance(value, list) else ""


def of_text(value: Any) -> str:
    """What to do about a number, a truth value, a list in the place of a text."""
    if isinstance(value, bool):
        return f"YAML reads this as {str(value).lower()}; put it in quotes"
    if isinstance(value, int | float):
        return f'put it in quotes: "{value}"'
    return "a list or an object stands here"


def of_key(value: str, allowed: re.Pattern[str]) -> str:
    plain = re.sub(r"[^a-z0-9_.-]+", "-", value.strip().lower()).strip("-.")[:64]
    return f"; write `{plain}`" if plain != value and allowed.fullmatch(plain) else ""


def of_word(value: Any, options: Sequence[str]) -> str:
    """The nearest of some words."""
    if isinstance(value, bool):
        return f"; YAML reads this as {str(value).lower()}: put it in quotes"
    word = str(value).strip().lower()
    near = [word] if word in options else difflib.get_close_matches(word, options, 1)
    return f"; did you mean `{near[0]}`?".rstrip("?") if near and near[0] else ""


def of_list(value: Any, options: Sequence[str]) -> str:
    if isinstance(value, list):
        twice = sorted({str(one) for one in value if value.count(one) > 1})
        return f"; {', '.join(twice)} stands there twice" if twice else ""
    words = re.findall(r"[\w.:/-]+", str(value).lower())
    fit = [one for one in words if one in options] or ([] if options else words)
    return f"; write [{', '.join(fit)}]" if fit else ""


def of_boolean(value: Any) -> str:
    word = str(value).strip().lower()
    meant = "true" if word in YES else "false" if word in NO else ""
    return f"; write {meant}" if meant else ""


def of_integer(value: Any, low: int, high: int) -> str:
    """`"30"`, `30d`, `30 days`, 2.0, and what lies outside."""
    if isinstance(value, bool):
        return ""
    found = re.fullmatch(r"\s*(-?\d{1,9})(?:\.0+)?\s*[a-z]*\s*", str(value).lower())
    whole = int(found[1]) if found else None
    if whole is None:
        return ""
    if low <= whole <= high:
        return f"; write {whole}, without quotes or unit"
    return f", and {whole} is {'less' if whole < low else 'more'}"


def of_share(value: Any, low: float, high: float) -> str:
    """`50%`, `50`, `"0.5"`, `0,5`, `1/2`: what was meant, as a number of the range."""
    if isinstance(value, bool | Mapping | list):
        return ""
    if found := FRACTION.fullmatch(str(value)):
        meant = int(found[1]) / int(found[2]) if int(found[2]) else -1.0
    elif found := NUMBER.fullmatch(str(value)):
        meant = float(found[1].replace(",", "."))
        if found[2] or (meant > high and high <= 1):
            share = meant / 100
            fits = low <= share <= high
            return f"; for {meant:g} % write {share:g}" if fits else f", and {meant:g} % is more"
    else:
        return ""
    fits = low <= meant <= high and isinstance(value, str)
    return f"; write {round(meant, 4):g}, without quotes" if fits else ""
