"""The whole text of an SMS: the survey's wording, how to stop, the link. Its cost beforehand.

Pure. `invitations/compose.py` sends what `text` returns; whoever wants to know what a wording will
cost before it goes live (checking files, rehearsing a rule) asks `predict`. A link is always 26
characters behind the base URL and holds only cheap ones, so the prediction is what is billed.
The words are ones that the reader of replies knows, and as short as the law's clarity allows.

Sources: CTIA Messaging Principles (how to opt out in each recurring text), 3GPP TS 23.038.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from channels.locales import fitting
from channels.sms.text import Cost, cost, normalise

STOP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "STOP to end.",
        "zh-Hans": "回T退订",
        "zh-Hant": "回T退訂",
        "pt": "SAIR para parar.",
        "es": "BAJA para cancelar.",
        "fr": "STOP pour se désinscrire.",
        "de": "STOPP zum Abmelden.",
        "ja": "停止と返信で解除",
        "ar": "للإلغاء: توقف",
    }
)
_TOKEN: Final = "A" * 26


def text(wording: str, locale: str, link: str) -> str:
    """What is sent: one line of words, then the link by itself so that every phone finds it."""
    words = " ".join(wording.replace("\0", "").split())
    return normalise(f"{words} {STOP[fitting(locale)]}\n{link}")


def predict(wording: str, locale: str, base_url: str) -> Cost:
    """What this wording will cost each time, sent from a service at `base_url`."""
    return cost(text(wording, locale, f"{base_url}/t/{_TOKEN}"))
