"""Reads single values of outside input: texts, times, phone numbers, addresses, bags of JSON. Pure.

Used by the formats. Each reader notes a problem with its JSON pointer and returns something
harmless. NUL and lone surrogates are refused everywhere: PostgreSQL cannot keep the one, UTF-8 not
the other, and the condition engine cuts texts at a NUL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

import phonenumbers

from collector.errors import Problem
from collector.rules import same_value

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
)
LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
ZONED = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)")
MAX_DEPTH = 8
MAX_NODES = 500
MAX_TEXT = 4_000
INT64 = 1 << 63
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Problems:
    """Everything wrong with one item."""

    found: list[Problem] = field(default_factory=list)

    def add(self, pointer: str, code: str, detail: str) -> None:
        self.found.append(Problem(code, detail, pointer))

    def mapping(self, value: Any, pointer: str) -> Mapping[str, Any]:
        """`value` as an object; {} where it is absent."""
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.add(pointer, "not_an_object", "This must be an object.")
        return {}

    def text(self, value: Any, pointer: str, most: int, *, required: bool = False) -> str:
        """A text of one line, composed (NFC); whole numbers are taken as text, since ids often are
        numbers, and a float column makes 7.0 of 7."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        elif isinstance(value, float) and value.is_integer():
            value = same_value.number(value)
        elif isinstance(value, str):
            value = unicodedata.normalize("NFC", value)
        if value is None or value == "":
            if required:
                self.add(pointer, "missing", "This is missing.")
            return ""
        if not isinstance(value, str):
            self.add(pointer, "not_a_text", "This must be a text.")
        elif len(value) > most:
            self.add(pointer, "too_long", f"This is longer than {most} characters.")
        elif CONTROL.search(value) or value != value.strip():
            self.add(
                pointer,
                "bad_character",
                "This holds a control character, half a surrogate pair, or spaces at its ends.",
            )
        else:
            return value
        return ""

    def choice(self, value: Any, pointer: str, options: tuple[str, ...]) -> str:
        if value is None or (isinstance(value, str) and value in options):
            return value or ""
        self.add(pointer, "unknown_value", f"This must be one of: {', '.join(options)}.")
        return ""

    def moment(self, value: Any, pointer: str) -> datetime | None:
        """An RFC 3339 time with its offset, in UTC."""
        if isinstance(value, str) and ZONED.fullmatch(value):
            try:
                read = datetime.fromisoformat(value.upper().replace(",", ".")).astimezone(UTC)
            except (ValueError, OverflowError):
                read = None
            if read is not None and read >= EARLIEST:
                return read
        self.add(
            pointer,
            "missing" if value is None else "bad_time",
            "This must be a time with an offset (RFC 3339), such as 2026-03-02T12:00:00Z.",
        )
        return None

    def phone(self, value: Any, pointer: str) -> str:
        """The number in E.164. It must come with its country code, since we cannot know it."""
        text = self.text(value, pointer, 40)
        if not text:
            return ""
        number = _e164(text)
        if not number:
            self.add(
                pointer,
                "bad_phone",
                "This is not a phone number with its country code, such as +5511987654321.",
            )
        return number

    def email(self, value: Any, pointer: str) -> str:
        """A mail address with its domain in lower case (the local part may be case-sensitive)."""
        text = self.text(value, pointer, 254)
        if not text:
            return ""
        if not EMAIL.fullmatch(text) or ".." in text or text.startswith("."):
            self.add(pointer, "bad_email", "This is not a mail address, such as ana@example.com.")
            return ""
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"

    def locale(self, value: Any, pointer: str) -> str:
        text = self.text(value, pointer, 35)
        if text and not LOCALE.fullmatch(text):
            self.add(pointer, "bad_locale", "This is not a language tag, such as pt-BR.")
            return ""
        return text.replace("_", "-")

    def timezone(self, value: Any, pointer: str) -> str:
        text = self.text(value, pointer, 64)
        if text and text not in _timezones():
            self.add(pointer, "bad_timezone", "This is not an IANA zone, such as Asia/Shanghai.")
            return ""
        return text

    def bag(self, value: Any, pointer: str) -> dict[str, Any]:
        """An object of any JSON within bounds: depth, number of values, length, 64-bit integers."""
        left = [MAX_NODES]
        held = self.mapping(value, pointer)
        return {
            key: self._json(inner, f"{pointer}/{escape(key)}", 1, left)
            for key, inner in held.items()
            if self._storable(key, pointer, most=100)
        }

    def _json(self, value: Any, pointer: str, depth: int, left: list[int]) -> Any:
        left[0] -= 1
        if left[0] < 0 or depth > MAX_DEPTH:
            if left[0] >= 0 or left[0] == -1:
                self.add(
                    pointer,
                    "too_deep" if left[0] >= 0 else "too_large",
                    f"At most {MAX_DEPTH} levels and {MAX_NODES} values are taken.",
                )
            return None
        if isinstance(value, str):
            return value if self._storable(value, pointer, MAX_TEXT) else ""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float):
            # True for NaN and the infinities too: no comparison with NaN holds.
            if not -INT64 <= value < INT64:
                self.add(pointer, "number_out_of_range", "Numbers must fit in 64 bits.")
                return 0
            return value
        if isinstance(value, list):
            return [
                self._json(inner, f"{pointer}/{at}", depth + 1, left)
                for at, inner in enumerate(value[: MAX_NODES + 1])
            ]
        return {
            key: self._json(inner, f"{pointer}/{escape(key)}", depth + 1, left)
            for key, inner in value.items()
            if self._storable(key, pointer, most=100)
        }

    def _storable(self, text: str, pointer: str, most: int) -> bool:
        if len(text) > most:
            self.add(pointer, "too_long", f"A text here is longer than {most} characters.")
        elif UNSTORABLE.search(text):
            self.add(pointer, "bad_character", "NUL and half surrogate pairs cannot be kept.")
        else:
            return True
        return False


@lru_cache(maxsize=5_000)
def escape(key: str) -> str:
    """A key as part of an RFC 6901 pointer; what cannot be shown is replaced."""
    shown = key[:100].encode("utf-8", "replace").decode()
    return CONTROL.sub("?", shown).replace("~", "~0").replace("/", "~1")


@lru_cache(maxsize=50_000)
def _e164(text: str) -> str:
    """Empty for what is no number. Remembered: events name the same people again and again."""
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=1)
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())
