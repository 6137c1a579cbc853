"""Which encoding a text file has, from its bytes: UTF-8, UTF-16, GB18030, else Western European.

A file says so itself by its mark, or by not being possible otherwise: text that is valid UTF-8 is
UTF-8. Chinese in GB comes in pairs of high bytes; accents in Western text stand alone.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from collector.errors import InvalidInput

SAMPLE = 4 * 2**20
_HIGH = re.compile(rb"[\x80-\xff]+")
_COMMON = (*range(0xA1, 0xAA), *range(0xB0, 0xD8))  # signs, and the 3,755 everyday characters
# The few bytes of 0x80 to 0x9f that Windows-1252 leaves open stay open in latin-1.
WESTERN = "cp1252"
_MARKS = "“”„‘’‚–—…€°¿"


def known(name: str) -> str:
    """The encoding of this name. Raises InvalidInput."""
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise InvalidInput(
            f"'{name}' is no encoding that is known here. Common ones: utf-8, utf-16, gb18030, "
            "big5, shift_jis, cp1251, cp1252, latin-1.",
            code="bad_encoding",
        ) from error


def detect(path: Path) -> str:
    """The encoding's name, for `open`."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    even, odd = _zeros(sample[0:4096:2]), _zeros(sample[1:4096:2])
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and max(even, odd) > 0.05:
        return "utf-16"
    if max(even, odd) > 0.3:
        return "utf-16-be" if even > odd else "utf-16-le"
    if _is_utf8(sample):
        return "utf-8"
    if _is_gb(sample):
        return "gb18030"
    if _is_foreign(sample):
        raise InvalidInput(
            f"{path.name} is neither UTF-8, UTF-16, GB18030 nor Western European. Save it as "
            "UTF-8, or say what it is: --encoding big5, shift_jis, euc-kr, cp1251 …",
            code="bad_encoding",
        )
    return _western(sample)


def _zeros(part: bytes) -> float:
    return part.count(0) / len(part) if part else 0.0


def _is_utf8(sample: bytes) -> bool:
    """Valid, or so nearly that a few broken bytes must not turn every accent into two signs."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    broken = text.count("\ufffd")
    return broken == 0 or broken * 10 < sum(sign > "\x7f" for sign in text) - broken


def _is_gb(sample: bytes) -> bool:
    runs = [run.group() for run in _HIGH.finditer(sample)]
    if sum(len(run) == 1 for run in runs) > 0.2 * len(runs):
        return False
    pairs = [run[at] in _COMMON for run in runs for at in range(0, len(run) - 1, 2)]
    if sum(pairs) < 0.6 * len(pairs):
        return False
    text = codecs.getincrementaldecoder("gb18030")("replace").decode(sample)
    return text.count("\ufffd") * 50 < len(pairs)


def _is_foreign(sample: bytes) -> bool:
    """Are most high bytes beside others, or no letters? In Western text an accented letter stands
    among plain ones.
    """
    runs = [run.group().decode("cp1252", "replace") for run in _HIGH.finditer(sample)]
    if len(runs) < 5:
        return False
    signs = "".join(runs)
    strange = sum(not sign.isalpha() and sign not in _MARKS for sign in signs)
    return sum(len(run) > 1 for run in runs) > 0.5 * len(runs) or strange > 0.3 * len(signs)


def _western(sample: bytes) -> str:
    try:
        sample.decode(WESTERN)
    except UnicodeDecodeError:
        return "latin-1"
    return WESTERN
