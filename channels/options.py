"""Reading a channel's options, which are plain strings, and refusing them by name.

Only the ``settings.py`` of each channel imports this. No sentence repeats a value, because a value
may be a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from channels.base import SettingError

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def only(options: Mapping[str, str], known: Iterable[str]) -> None:
    """Refuse an option that nobody reads: it is a slip, and slips in settings stay unseen."""
    names = sorted(known)
    for name in options:
        if name not in names:
            raise SettingError(name, f"no such option; there are {', '.join(names) or 'none'}")


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
        value = float(raw)
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
