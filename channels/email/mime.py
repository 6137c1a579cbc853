"""The parts of a mail that came back, calmly: whatever bytes it is made of. Pure.

Used by `feedback.py` and what it reads with. Parts that hold fields ("Action: failed") are decoded
first, since some gateways send even those as base64, and a parser leaves them as text or as blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Part
from typing import Final

MOST_PARTS: Final = 50
LONGEST_TEXT: Final = 64 * 1024
_HTML: Final = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]{0,2000}>", re.S | re.I)


class TooManyParts(ValueError):
    """Nobody's report has as many."""


def parts(mail: Part) -> list[Part]:
    """The mail and everything in it, in order. Raises TooManyParts."""
    found: list[Part] = []
    for part in mail.walk():
        found.append(part)
        if len(found) > MOST_PARTS:
            raise TooManyParts
    return found


def groups(part: Part) -> list[dict[str, str]]:
    """The blocks of fields in a part, names in lower case; the first value of each name holds."""
    return [dict(reversed(lines)) for lines in _listed(part)]


def fields(part: Part) -> list[tuple[str, str]]:
    """All fields of a part, in order, names in lower case."""
    return [line for lines in _listed(part) for line in lines]


def _listed(part: Part) -> list[list[tuple[str, str]]]:
    payload = part.get_payload()
    if not isinstance(payload, list) or _encoded(part):
        return [lines for block in _blocks(_flat(part)) if (lines := _lines(block))]
    found: list[list[tuple[str, str]]] = []
    for block in payload:
        if isinstance(block, Part):
            found.append(headers(block))
            # Of `message/global-delivery-status` it takes the first block for a mail's head.
            rest = "" if block.is_multipart() else _decoded(block)
            found += [lines for one in _blocks(rest) if (lines := _lines(one))]
    return [lines for lines in found if lines]


def headers(part: Part) -> list[tuple[str, str]]:
    """All headers of a part, in order, names in lower case; 8-bit ones are read as UTF-8."""
    return [(name.lower(), unfolded(_utf8(str(value)))) for name, value in part.raw_items()]


def text(part: Part) -> str:
    """The words of a text part, without the marks of HTML."""
    words = _decoded(part)
    return _HTML.sub(" ", words) if part.get_content_subtype() == "html" else words


def header(part: Part, name: str) -> str:
    """The first header of this name, in one line; empty if there is none."""
    return next((value for named, value in headers(part) if named == name.lower()), "")


def unfolded(value: str) -> str:
    return re.sub(r"\r?\n[ \t]*", " ", value).strip()[:4000]


def header_lines(words: str) -> list[tuple[str, str]]:
    """Lines of a text that look like headers, as in a copy of a mail that somebody pasted."""
    return _lines(words)


def _utf8(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _flat(part: Part) -> str:
    """What a part holds as text, decoded even where the parser took it for blocks."""
    payload = part.get_payload()
    if isinstance(payload, list):
        whole = "\n\n".join(str(one.get_payload()) for one in payload if isinstance(one, Part))
        inner = Part()
        inner["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", ""))
        inner.set_payload(whole)
        return _decoded(inner)
    return _decoded(part)


def _encoded(part: Part) -> bool:
    return header(part, "Content-Transfer-Encoding").lower() in {"base64", "quoted-printable"}


def _decoded(part: Part) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset("utf-8") or "utf-8"
    try:
        return raw[:LONGEST_TEXT].decode(charset, "replace")
    except LookupError:
        return raw[:LONGEST_TEXT].decode("utf-8", "replace")


def _blocks(words: str) -> Iterator[str]:
    yield from re.split(r"\r?\n[ \t]*\r?\n", words)


def _lines(words: str) -> list[tuple[str, str]]:
    found = []
    for line in re.sub(r"\r?\n[ \t]+", " ", words).splitlines():
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[!-9;-~]{1,76}", name.strip()):
            found.append((name.strip().lower(), value.strip()[:4000]))
    return found
