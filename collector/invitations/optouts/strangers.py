"""Does a sentence say that the number is somebody else's: "I'm not John"? Pure.

Asked by `words.py`. A name tells it from "I'm not happy": it has a capital letter (in German, where
all nouns have one, a title), or a title in Chinese. Wrong numbers in words are in `demanding/`.
"""

from __future__ import annotations

import re
from typing import Final

# "This is not Good", written with capitals, names nobody.
_JUDGED: Final = (
    r"(?!(?i:good|great|ok|okay|impressed|happy|acceptable|right|fair|funny|fine|sure|satisfied|"
    r"pleased|cool|nice|true|ready|here|available|well|done|on|a|the|my|your|what|how)\b)"
)
_NAME: Final = _JUDGED + r"[A-ZÀ-Ý][^\W\d_A-Z]+(?: [A-ZÀ-Ý][^\W\d_A-Z]+)?"
_NOT_ME: Final = re.compile(
    rf"(?i:sorry,? )?(?i:i['’]?m not|i am not|this is not|this isn['’]?t|it['’]?s not) "
    rf"(?:(?i:mrs?|miss|ms|dr)\.? )?{_NAME}(?:['’]?s)?(?: (?:phone|number|cell|mobile))?$"
    rf"|(?i:ich bin|hier ist) nicht (?:die |der )?(?:Herr|Frau|Familie) {_NAME}$"
    rf"|(?i:je ne suis pas|je suis pas) (?:M\.?|Mme|Mlle|monsieur|madame)? ?{_NAME}$"
    rf"|(?i:no soy|não sou)(?: [oa])? (?:(?i:sra?|señora?|senhora?|d)\.? )?{_NAME}$"
    r"|我不是.{1,4}(?:先生|女士|小姐|太太)$|[^\s、。]{1,6}では(?:ありません|ないです)(?:よ)?$"
)


def not_me(sentence: str) -> bool:
    """Is it nothing but a denial of being the one who is meant?"""
    return bool(_NOT_ME.match(sentence.strip()))
