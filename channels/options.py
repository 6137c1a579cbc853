"""Reading a channel's options, which are plain strings, and refusing them by name.

For the settings of each channel; ``split`` is also good for other addresses. No sentence
repeats a value, because a value may be a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from channels.base import SettingError

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
# Control characters, line ends of any kind, and bytes that were not UTF-8 (as surrogates).
_NOT_TYPED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DECIMAL: Final = re.compile(r"[0-9.eE+-]{1,30}")
_LABELS: Final = re.compile(
    r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?"
)
_LONGEST_HOST: Final = 253


def only(options: Mapping[str, str], known: Iterable[str]) -> None:
    """Refuse an option that nobody reads: it is a slip, and slips in settings stay unseen.

    And one with a character that nobody types, before it gets into a header or a log.
    """
    names = sorted(known)
    for name, value in options.items():
        if name not in names:
            raise SettingError(name, f"is no such option; there are {', '.join(names) or 'none'}")
        typed(name, value)


def typed(name: str, value: str) -> str:
    """The value unchanged. Raises SettingError for one with a control character."""
    if _NOT_TYPED.search(value):
        raise SettingError(
            name, "holds a control character, a line end or bytes that are not UTF-8; type it anew"
        )
    return value


def split(url: str) -> SplitResult:
    """An address taken apart, with a host that can be one and a port from 1 to 65535, if any.

    Raises ValueError that holds nothing of the address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        fine = port != 0 and "//" in url and _is_host(host)
    except ValueError:  # UnicodeError too; both quote what they stumbled over
        fine = False
    if not fine:
        raise ValueError("no address with a host") from None
    return parts


def _is_host(host: str) -> bool:
    if ":" in host:
        return bool(ip_address(host.partition("%")[0]))  # raises ValueError
    ascii = host.encode("idna").decode("ascii")  # raises UnicodeError for a label too long or empty
    if ascii.rstrip(".").rpartition(".")[2].isdigit():
        return bool(ip_address(ascii))
    return len(ascii) <= _LONGEST_HOST and _LABELS.fullmatch(ascii) is not None


def required(options: Mapping[str, str], name: str, what: str) -> str:
    """The value, which must be there."""
    value = options.get(name, "").strip()
    if not value:
        raise SettingError(name, f"is missing; give {what}")
    return value


def seconds(options: Mapping[str, str], name: str, default: float) -> float:
    """A positive number of seconds, at most ten minutes: a worker must not hang on a provider."""
    raw = options.get(name, "").strip()
    if not raw:
        return default
    try:
        value = float(raw) if _DECIMAL.fullmatch(raw) else -1.0
    except ValueError:
        value = -1.0
    if not 0 < value <= 600:
        raise SettingError(name, "must be a number of seconds above 0 and up to 600")
    return value


def flag(options: Mapping[str, str], name: str, default: bool) -> bool:
    """Yes or no, in the usual spellings."""
    raw = options.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in _TRUE:
        return True
    if raw in _FALSE:
        return False
    raise SettingError(name, "must be 1 or 0")
