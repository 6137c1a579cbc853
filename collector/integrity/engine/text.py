"""Comments as comparable sketches, and words that admit begging (zh, en). Pure.

Two comments share a band of the sketch with a chance that grows with the overlap of their character
trigrams (min-hashing, Broder 1997). The sketch is cut to bands so that look-ups stay O(1).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

BANDS = 6
SHORTEST = 6
LONG = 30
_SEEDS = tuple((0x9E3779B1 * (2 * i + 1)) & 0xFFFFFFFF for i in range(BANDS))
_NOISE = re.compile(r"[\W_]+")

SOLICITED = re.compile(
    r"(让|叫|要求|请|求)(我|我们)?[^，。,.]{0,6}(打|给|评|点)[^，。,.]{0,4}(满分|十分|10\s*分|五星|5\s*星|好评|非常满意)"
    r"|(不打|不给|少于|低于)[^，。,.]{0,4}(满分|十分|10\s*分|9\s*分|五星|好评)[^。]{0,8}(扣|罚)"
    r"|(送|给)了?[^，。,.]{0,8}(礼|券|红包|积分|优惠)[^。]{0,10}(好评|五星|满分|打分|评价)"
    r"|(当场|当面)[^，。,.]{0,6}(好评|打分|评价)"
    r"|\b(asked|told|begged|forced|made|wanted|urged)\b[^.]{0,25}\b(10|ten|five|5|top|full|perfect|good|high)\b"
    r"(?!\s*(min|hour|day|week|time|euro|dollar))"
    r"|\b(below|under|less than|anything but)\b[^.]{0,12}\b(9|10|nine|ten|five|5)\b[^.]{0,12}\bfail"
    r"|\b(voucher|gift|discount|coupon|free)\b[^.]{0,30}\b(star|stars|rating|score|review|survey|10|ten)\b",
    re.IGNORECASE,
)


def plain(comment: str) -> str:
    """Lower case, one width, no punctuation or spaces."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", comment).lower())[:400]


@lru_cache(maxsize=4096)
def sketch(comment: str) -> tuple[int, ...]:
    """`BANDS` numbers, one a band; empty for a comment too short to tell anything."""
    text = plain(comment)
    if len(text) < SHORTEST:
        return ()
    hashes = {zlib.crc32(text[i : i + 3].encode()) for i in range(len(text) - 2)}
    return tuple(
        min([((value ^ seed) * 0x85EBCA6B) & 0xFFFFFFFF for value in hashes]) for seed in _SEEDS
    )


@lru_cache(maxsize=4096)
def is_long(comment: str) -> bool:
    """Is it so long that two people hardly write it alike by chance? A name and "very good" are
    not: about seven English words, or fifteen Chinese characters, which say as much.
    """
    text = plain(comment)
    return len(text) + sum(ord(character) >= 0x2E80 for character in text) >= LONG


@lru_cache(maxsize=4096)
def admits_begging(comment: str) -> bool:
    """Does the customer say that a score was asked for?"""
    return SOLICITED.search(comment) is not None
