"""Kinds of setting: how a text of the environment is read, or refused in a sentence.

A kind is a marshmallow field that takes text. What it raises ends a sentence that begins with the
setting's name, says the remedy, and never repeats the value, which may be a password. Addresses
are in `addresses.py`, files and folders in `places.py`; `reading.py` reads all settings at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from marshmallow import ValidationError, fields

T = TypeVar("T")
MIN_KEY_LENGTH = 32
MAKE_ONE = "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
# Control characters, line ends of any kind, and bytes that were not UTF-8 (as surrogates).
_NOT_TYPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_WHOLE = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9.eE+-]{1,30}")
_PREFIX = re.compile(r"\+[0-9]{1,15}")


class Setting(fields.Field[T]):
    """One setting. `meaning` is for people; `unset` says what holds where nothing is given, if that
    is not simply the default; `name` where it is not the attribute's."""

    kind: ClassVar[str]

    def __init__(self, meaning: str, *, unset: str = "", name: str | None = None) -> None:
        super().__init__(data_key=name)
        self.meaning = meaning
        self.unset = unset

    @property
    def form(self) -> str:
        """What can be given, in a few words."""
        return self.kind

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> T:
        text = str(value).strip()
        if not text:
            raise ValidationError("is blank; give it a value, or leave it out")
        if _NOT_TYPED.search(text):
            raise ValidationError(
                "holds a control character, a line end or bytes that are not UTF-8; type it anew"
            )
        return self.read(text)

    def read(self, text: str) -> T:
        """The value; `text` has no outer blanks, no control characters. Raises ValidationError."""
        raise NotImplementedError


class Text(Setting[str]):
    """Any text; whoever it is for looks at it more closely."""

    kind = "text"

    def read(self, text: str) -> str:
        return text


class Whole(Setting[int]):
    """A whole number from 1, in the digits 0 to 9."""

    kind = "whole number"

    def __init__(self, meaning: str, *, most: int, unset: str = "") -> None:
        super().__init__(meaning, unset=unset)
        self.most = most

    @property
    def form(self) -> str:
        return f"whole number, 1 to {self.most:,}"

    def read(self, text: str) -> int:
        if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= self.most:
            raise ValidationError(f"must be a whole number from 1 to {self.most:,}")
        return int(text)


class Rate(Setting[float]):
    """A number above 0, also a broken one."""

    kind = "number above 0, up to 10,000"

    def read(self, text: str) -> float:
        try:
            rate = float(text) if _DECIMAL.fullmatch(text) else 0.0
        except ValueError:
            rate = 0.0
        if not 0 < rate <= 10_000:
            raise ValidationError("must be a number above 0 and up to 10,000, such as 1 or 0.5")
        return rate


class Keys(Setting[tuple[str, ...]]):
    """Keys with commas between, oldest first: none empty, none short, none twice."""

    kind = "keys with commas between"

    def read(self, text: str) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in text.split(","))
        if not all(keys):
            raise ValidationError(
                "has nothing before, between or after its commas; take that comma away"
            )
        if any(len(key) < MIN_KEY_LENGTH for key in keys) or len(set(keys)) != len(keys):
            raise ValidationError(
                f"needs different keys of {MIN_KEY_LENGTH} characters or more; "
                f"`{MAKE_ONE}` makes one"
            )
        return keys


class Prefixes(Setting[tuple[str, ...]]):
    """Beginnings of telephone numbers with commas between, or none at all."""

    kind = "prefixes with commas between, or `none`"

    def read(self, text: str) -> tuple[str, ...]:
        if text.lower() == "none":
            return ()
        prefixes = tuple(part.strip() for part in text.split(","))
        if not all(_PREFIX.fullmatch(part) for part in prefixes):
            raise ValidationError("must be prefixes such as +86 with commas between, or none")
        return prefixes


class Zone(Setting[str]):
    """A time zone by its name in the IANA database."""

    kind = "IANA time zone"

    def read(self, text: str) -> str:
        from zoneinfo import available_timezones  # looks through a folder: only where one is given

        if text not in available_timezones():
            raise ValidationError("must be an IANA time zone such as Asia/Shanghai")
        return text


class Domain(Setting[str]):
    """A domain that takes mail, such as bounces.example.com."""

    kind = "domain"

    def read(self, text: str) -> str:
        name = text.lower().rstrip(".")
        if len(name) > 200 or not _DOMAIN.fullmatch(name):
            raise ValidationError("must be a domain such as bounces.example.com, in ASCII")
        return name


class Country(Setting[str]):
    """A country that has telephones, by its ISO 3166 code."""

    kind = "ISO code of two letters"

    def read(self, text: str) -> str:
        from phonenumbers import SUPPORTED_REGIONS  # much to load: only where one is given

        code = text.upper()
        if not text.isascii() or code not in SUPPORTED_REGIONS:
            raise ValidationError("must be a country's ISO code of two letters such as CN")
        return code
