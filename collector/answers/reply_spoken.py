"""What people write around a score as they speak, as patterns for `reply_marks.py`. Pure.

These come before numbers are told apart: what stands behind a score is set apart from it, and what
is counted, a date or the how-manieth is marked. The words are in `reply_followers.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from collector.answers import reply_followers as followers

APART = " | "
# "2 for the driver, 5 for the product": two things were scored, and neither is the answer.
SECOND = r"(?:for|für|pour|por|para)\b.*\b\d{1,2}\s(?:for|für|pour|por|para)\b"


@lru_cache(maxsize=32)
def lines(language: str, counted: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with what to put in their place; `counted` marks what is no score."""
    before = r"(?:an?|solid|say|give|score|rating|note|nota|eine|un|une|um) "
    found = [
        (followers.SPELT, " "),
        (followers.FRAMES, " "),
        (r"\b[1-5]\sstar\s(?=hotel|restaurant|resort)", counted),
        (r"\b(?:so|also|donc|entonces|então)\s(?=(?:an? |ne |eine |une? |um )?\d{1,2}\W*$)", APART),
        (
            r"\b\d{1,2}\s(?:out\s)?of\s(?:the\s)?\d{1,2}\s(?!stars?\b|points?\b)"
            r"(?=[a-z]{3,}s\b)",
            counted,
        ),
        (r"(?<=thx )4(?= nothing)|(?<=thanks )4(?= nothing)", counted),
        (r"(\d)(?=(?:stars?|sterne?|pts?)\b)", r"\1 "),
        (r"(?<=\d)\+{1,4}(?=\W*$)", " "),
        (followers.ONE_NUMBER, " "),
        (  # dates
            r"\b(?:on|by|due|since|until|till|before|le|el|dia|día|am|vom|bis|ab|zum)\s"
            r"\d{1,2}[/.]\d{1,2}(?![\d/])",
            counted,
        ),
        (  # the how-manieth, in German
            r"\b(?:der|die|das|den|dem|des|beim|zum|am|im|vom|mein|meine)\s\d{1,2}\.(?=\s|$)",
            counted,
        ),
        (r"\b\d{1,2}\s?[ao]\s(?:vez|vuelta)\b", counted),
        (
            rf"^(\W*(?:{before})?\d{{1,2}}!*)\s+(?!{followers.NO_FOLLOWERS})(?!{SECOND})"
            rf"(?={'|'.join(followers.FOLLOWERS)})",
            r"\1" + APART,
        ),
        (
            r"(?<![\d.,/:$€£-])(?<!of )(?<!sur )(?<!de )(?<!von )(?:0|[2-9]|1\d)\s"
            rf"(?={followers.PLURALS})",
            counted,
        ),
        (r"\b(?:size|version|aged|son is|daughter is|at number|flat|الدور)\s\d{1,2}\b", counted),
    ]
    if language not in ("es", "pt"):
        found.insert(0, (r"^\W*number\s?(\d{1,2})\W*$", r" \1 "))
    return tuple((re.compile(pattern), put) for pattern, put in found)
