"""Which words a person reads: the wording of one survey in the locale that fits best. Pure.

Anyone may import this. Locales are BCP 47 tags; fall-back follows RFC 4647 "lookup": pt-BR, then
pt (or a sibling such as pt-PT), then en, then the survey's first wording; zh-TW reads zh-Hant.
Next: `catalog.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from channels.locales import fitting

DEFAULT_LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """All texts of one survey in one locale. `low` and `high` label the ends of the scale.

    `follow_up` holds the comment's question for each band; `why` is the one for all others.
    `sms` is the text message without its link.
    """

    locale: str
    question: str
    low: str
    high: str
    why: str
    thanks: str
    sms: str
    follow_up: Mapping[str, str]

    def comment_question(self, band: str) -> str:
        """What to ask below a score of that band."""
        return self.follow_up.get(band, self.why)


def choose(definition: Mapping[str, Any], locale: str) -> Wording:
    """The wording of a checked survey definition that fits `locale` best ('' is allowed)."""
    worded: Mapping[str, Mapping[str, Any]] = definition["wording"]
    known = {canonical(name): name for name in worded}
    wanted = next(_candidates(locale, sorted(known)), None)
    # JSONB forgets the order of keys, so which wording came first is written down when applied.
    name = known[wanted] if wanted else definition.get("default_locale") or min(worded)
    return _wording(name, worded[name])


def _candidates(locale: str, known: list[str]) -> Iterator[str]:
    """The tags of `known` in the order of how well they fit."""
    for wanted in chain(locale):
        if wanted in known:
            yield wanted
        # Somebody who reads `pt` is better served with `pt-BR` than with English.
        yield from (name for name in known if name.startswith(wanted + "-"))
    if DEFAULT_LOCALE in known:
        yield DEFAULT_LOCALE


def chain(locale: str) -> list[str]:
    """`pt-BR` → ['pt-br', 'pt']; `zh-TW` → ['zh-tw', 'zh-hant', 'zh']; '' → []."""
    parts = [part for part in canonical(locale).split("-") if part]
    tags = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    if tags and tags[-1] == "zh":  # the script tells Chinese readers apart, the region implies it
        script = fitting(locale).lower()
        if script not in tags:
            tags.insert(max(1, len(tags) - 1), script)
    return tags


def canonical(locale: str) -> str:
    """Lower case with hyphens: tags are compared without case (RFC 5646, 2.1.1)."""
    return locale.strip().replace("_", "-").lower()


def _wording(locale: str, texts: Mapping[str, Any]) -> Wording:
    return Wording(
        locale=locale,
        question=texts["question"],
        low=texts["low"],
        high=texts["high"],
        why=texts["why"],
        thanks=texts["thanks"],
        sms=texts.get("sms") or texts["question"],
        follow_up=dict(texts.get("follow_up") or {}),
    )
