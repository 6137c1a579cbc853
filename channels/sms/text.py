"""What an SMS costs: GSM-7 or UCS-2, how many segments, and which characters make it dear.

Pure. Anybody may import it: composing and rehearsing count with it before anything is sent, and the
channel sends exactly what ``normalise`` returns, so the prediction is what is billed.

Sources: 3GPP TS 23.038 (the alphabet), TS 23.040 section 9.2.3.24.1 (concatenation: the header
takes 6 bytes of every segment), https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

GSM7_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENDED: Final = frozenset("^{}\\[~]|€\f")  # an escape and a character: two septets
_GSM7: Final = GSM7_BASIC | GSM7_EXTENDED

# Characters that only look different from a cheap one. One of them anywhere in a text more than
# halves what fits into every segment. Accents are not here: dropping them changes words.
_CHEAP: Final = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t", " "
        ),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
        "\u2026": "...",
        "\u2022": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Cost:
    """How a text travels. ``units`` are septets in GSM-7 and 16-bit units in UCS-2."""

    encoding: str  # "GSM-7" | "UCS-2"
    units: int
    segments: int
    culprits: str  # the characters that forced UCS-2, each once, in order; "" in GSM-7


def normalise(text: str) -> str:
    """The text as it will be sent: composed, trimmed, and cheap where nothing is lost by it.

    Look-alikes are replaced only when that brings the whole text into GSM-7. In a Chinese or a
    Portuguese text the curly quotes cost nothing extra, so they stay as they were written.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    cheap = composed.translate(_CHEAP).strip()
    return cheap if is_gsm7(cheap) else composed


def is_gsm7(text: str) -> bool:
    """Whether every character is in the default alphabet or its extension."""
    return _GSM7.issuperset(text)


def cost(text: str) -> Cost:
    """Count a text that ``normalise`` returned.

    A character is never cut by the end of a segment: neither an escaped one nor a surrogate pair.
    """
    if is_gsm7(text):
        sizes = [2 if char in GSM7_EXTENDED else 1 for char in text]
        return Cost("GSM-7", sum(sizes), _segments(sizes, 160, 153), "")
    sizes = [2 if ord(char) > 0xFFFF else 1 for char in text]
    dear = (char for char in text if char not in GSM7_BASIC and char not in GSM7_EXTENDED)
    return Cost("UCS-2", sum(sizes), _segments(sizes, 70, 67), "".join(dict.fromkeys(dear)))


def _segments(sizes: list[int], alone: int, together: int) -> int:
    if sum(sizes) <= alone:
        return 1
    segments, filled = 1, 0
    for size in sizes:
        if filled + size > together:
            segments, filled = segments + 1, 0
        filled += size
    return segments
