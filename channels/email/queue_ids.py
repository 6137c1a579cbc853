"""The id that a relay gives a mail in its last reply, under which its reports may name it. Pure.

    250 2.0.0 Ok: queued as 4WfT2ka81cz          Postfix, and many that are built on it
    250 Ok 0100018f3c…-000000                    Amazon SES, whose Message-ID is made of this one
    250 OK id=1oTest-0003Xy-AB                   Exim
    250 2.0.0 47T8C9ab012345 Message accepted    Sendmail

Used by `channel.py`. What fits none of these is searched for a word that is long and has a digit.
"""

from __future__ import annotations

import re
from typing import Final

_TOLD: Final = re.compile(
    r"(?:queued (?:mail )?(?:as|for delivery as|with id)|message[- ]?id|internalid|\bid)[ :=(<]+"
    r"([A-Za-z0-9][\w.@$+-]{5,199})", re.I | re.A,
)  # fmt: skip
_WORD: Final = re.compile(r"(?<![\w.@-])[A-Za-z0-9][A-Za-z0-9._-]{7,199}(?![\w@])", re.A)
_CODE: Final = re.compile(r"\d\.\d{1,3}\.\d{1,3}$")
LONGEST: Final = 2000


def given(reply: str) -> str:
    """The id in this reply; empty if it names none that could be told from other words."""
    words = reply[:LONGEST]
    told = _TOLD.search(words)
    if told:
        return told[1].rstrip(".,;>)").partition("@")[0]
    likely = [
        word.rstrip(".")
        for word in _WORD.findall(words)
        if re.search(r"\d", word) and not _CODE.match(word) and not word.isdigit()
    ]
    return max(likely, key=len, default="")
