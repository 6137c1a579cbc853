"""What each survey will cost as a text message, by locale. For `collector config validate`.

Summed in one line; a text that a character or two make dear has its own line in any case, because
that is seldom meant. The counting is `channels/sms/frame.py`, which also makes the texts that are
sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from channels.sms import frame
from channels.sms.text import Cost

A_FEW: Final = 3
"""So many characters outside GSM-7 are a slip of the pen; a language of its own script has more."""

Priced = tuple[str, str, Cost]  # survey, locale, what its text costs


def lines(
    surveys: Sequence[Mapping[str, Any]],
    rules: Sequence[Mapping[str, Any]],
    base_url: str,
    *,
    each: bool = False,
) -> Iterator[str]:
    """What the surveys that some rule asks by SMS cost as texts: summed, or a line for `each`."""
    priced = list(_priced(surveys, rules, base_url))
    yield from (_line(*one) for one in priced if each or 0 < len(one[2].culprits) <= A_FEW)
    if priced and not each:
        yield f"sms  {_summed(priced)}; what each costs: --texts"


def _priced(
    surveys: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]], base_url: str
) -> Iterator[Priced]:
    by_sms = {rule["survey"] for rule in rules if "sms" in rule["channels"]}
    for survey in surveys:
        if survey["key"] not in by_sms:
            continue
        for locale, words in survey["wording"].items():
            text = words.get("sms") or words["question"]
            yield survey["key"], locale, frame.predict(text, locale, base_url)


def _line(survey: str, locale: str, cost: Cost) -> str:
    why = f", because of {' '.join(cost.culprits[:8])}" if cost.culprits else ""
    return (
        f"sms  {survey:24} {locale:8} {_segments(cost.segments)} "
        f"({cost.units} units {cost.encoding}{why})"
    )


def _summed(priced: Sequence[Priced]) -> str:
    """`18 texts: 10 of 1 segment, 8 of 2 segments (ar, ja, zh)`."""
    locales: dict[int, list[str]] = {}
    for _, locale, cost in priced:
        locales.setdefault(cost.segments, []).append(locale)
    told = [
        f"{len(held)} of {_segments(count)}"
        + (f" ({', '.join(dict.fromkeys(held))})" if count > min(locales) else "")
        for count, held in sorted(locales.items())
    ]
    return f"{len(priced)} text{'' if len(priced) == 1 else 's'}: {', '.join(told)}"


def _segments(count: int) -> str:
    return f"{count} segment{'' if count == 1 else 's'}"
