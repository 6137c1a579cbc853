"""Which of the languages that we have words in fits a locale. Pure; anybody may import it.

Locales are BCP 47 tags. Chinese is the one language whose readers need to be told apart by script:
`zh-TW` and `zh-HK` read traditional characters though their tags do not say so.
"""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant", "pt", "es", "fr", "de", "ja", "ar")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})


def language(locale: str) -> str:
    """`pt-BR` → `pt`, lower case; an empty string for an empty locale."""
    return _parts(locale)[0]


def fitting(locale: str) -> str:
    """The one of LANGUAGES to speak to this locale: `zh-TW` → `zh-Hant`, `pt-BR` → `pt`.

    English for a language that we have no words in. A script that is named outranks the region.
    """
    first, *rest = _parts(locale)
    if first == "zh":
        named = next((part for part in rest if part in ("hans", "hant")), "")
        traditional = named == "hant" or (not named and bool(_TRADITIONAL & set(rest)))
        return "zh-Hant" if traditional else "zh-Hans"
    return first if first in LANGUAGES else "en"


def direction(locale: str) -> str:
    """`rtl` or `ltr`, as HTML's dir attribute wants it."""
    return "rtl" if language(locale) in RIGHT_TO_LEFT else "ltr"


def _parts(locale: str) -> list[str]:
    return locale.strip().replace("_", "-").lower().split("-")
