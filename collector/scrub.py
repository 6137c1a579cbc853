"""Takes out of a text whatever a customer may own: addresses, numbers, tokens, quoted values.

Pure. What is left of an exception is its class, its words, its SQLSTATE and where it was raised. A
database's message quotes the row that it fell over, and SQLAlchemy adds the statement and its
parameters; neither survives. Next: `logs.py`.
"""

from __future__ import annotations

import ipaddress
import re
import traceback
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

GONE: Final = "…"
LONGEST: Final = 500  # characters of what an exception says
FRAMES: Final = 40
LINKS: Final = 5
# What a statement and the row it met look like in the messages of SQLAlchemy, psycopg and libpq.
_TAILS = re.compile(r"\[SQL: .*|\[parameters: .*|\bDETAIL: .*|\bCONTEXT: .*", re.DOTALL)
_TAIL = re.compile(r"\[SQL: .*|\[parameters: .*|\bDETAIL: .*|\bCONTEXT: .*")
_ROW = re.compile(r"\([^()]*\)=\(.*?\)(?=\s|$)")
_TRACE = "Traceback (most recent call last)"
_RAISED = re.compile(r"([A-Za-z_][\w.]*)(?::.*)?")
_LINK = re.compile(r"(?<![\w/])(/[tup]/|/v1/people/)[^\s\"'<>?/]+")
_EMAIL = re.compile(r"[^\s@<>\"'`(),;:=\[\]]+@[^\s@<>\"'`(),;:=\[\]]+")
_SIGNED = re.compile(r"(?<![\w-])[\w-]{11}\.[\w-]{14}(?![\w-])", re.ASCII)
_WORD = re.compile(r"(?<![\w-])[\w=-]{16,}(?![\w-])", re.ASCII)
_ID = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}")
_NAME = re.compile(r"[a-z_-]+|[A-Z_-]+|_*(?:[A-Z]+[a-z]*)+_*", re.ASCII)
_PHONE = re.compile(r"\+\d[\d ()./-]{5,}\d|(?<![\w.:-])\d{8,}(?![\w-])")
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_QUOTED = re.compile(r"\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)|`[^`\n]*`|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»")
_IDENTIFIER = re.compile(r"[\"'`“‘«][A-Za-z_][\w.]*[\"'`”’»]", re.ASCII)
# Of these the quoted words are names in the code or in the schema. (PostgreSQL names the row that
# broke a constraint in the detail, which is dropped.)
_ABOUT_NAMES = (AttributeError, NameError, ImportError, TypeError)
_SCHEMA = ("42", "23")


def text(words: str) -> str:
    """This text of a log without addresses, numbers, tokens and links; a traceback without what
    its exceptions said."""
    if _TRACE in words:
        words = "\n".join(_quiet_trace(words))
    return _masked(words, _TAIL)


def value(fact: Any) -> Any:
    """The same for a fact of a structured event, whatever it is made of."""
    if isinstance(fact, str):
        return fact if _ID.fullmatch(fact) else text(fact)
    if isinstance(fact, BaseException):
        return said(fact)
    if isinstance(fact, dict):
        return {name: value(one) for name, one in fact.items()}
    if isinstance(fact, list | tuple | set | frozenset):
        return [value(one) for one in fact]
    return fact


def said(error: BaseException) -> str:
    """An exception in one line: its class and what it says, without values."""
    words = message(error)
    return f"{_kind(error)}: {words}" if words else _kind(error)


def message(error: BaseException) -> str:
    """What an exception says, without values. The first line only: others hold the row."""
    at_fault = _original(error)
    primary = getattr(getattr(at_fault, "diag", None), "message_primary", None)
    try:
        words = str(primary or at_fault)
    except Exception:  # an exception that cannot even say what it is about
        return ""
    words = next(iter(_TAILS.sub("", words).strip().splitlines()), "")
    named = isinstance(at_fault, _ABOUT_NAMES) or sqlstate(error).startswith(_SCHEMA)
    words = _QUOTED.sub(lambda found: _quoted(found[0], named), words)
    return _masked(words, _TAIL)[:LONGEST]


def sqlstate(error: BaseException) -> str:
    """The SQLSTATE of a database's error, '' where there is none."""
    return str(getattr(_original(error), "sqlstate", None) or "")


def described(error: BaseException) -> dict[str, Any]:
    """The facts of an exception for a structured event."""
    facts: dict[str, Any] = {"kind": type(error).__name__, "reason": message(error)}
    if (original := _original(error)) is not error:
        facts["driver"] = type(original).__name__
    if state := sqlstate(error):
        facts["sqlstate"] = state
    causes = list(_causes(error))
    if causes:
        facts["causes"] = [said(one) for one in causes]
    facts["trace"] = [*_frames(error)] or [where for one in causes for where in _frames(one)]
    return facts


def told(error: BaseException) -> str:
    """The same as lines of text, for the logs of other libraries."""
    lines = [said(error), *(f"  {where}" for where in _frames(error))]
    for cause in _causes(error):
        lines += [f"because of {said(cause)}", *(f"  {where}" for where in _frames(cause))]
    return "\n".join(lines)


def _kind(error: BaseException) -> str:
    kind = type(error)
    inner = _original(error)
    return kind.__name__ if inner is error else f"{kind.__name__}({type(inner).__name__})"


def _original(error: BaseException) -> BaseException:
    """The driver's exception inside SQLAlchemy's, whose own text holds the statement."""
    inner = getattr(error, "orig", None)
    return inner if isinstance(inner, BaseException) else error


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen = {id(error), id(_original(error))}
    for _ in range(LINKS):
        before = error.__cause__
        if before is None and not error.__suppress_context__:
            before = error.__context__
        if before is None:
            return
        error = before
        if id(error) not in seen:
            seen |= {id(error), id(_original(error))}
            yield error


def _frames(error: BaseException) -> list[str]:
    """Where it was raised, from the outside in: file:line:function."""
    found = [
        f"{_short(frame.f_code.co_filename)}:{line}:{frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return found[-FRAMES:]


def _short(path: str) -> str:
    """The path below the packages, or its last parts: where a service is installed says nothing."""
    parts = PurePath(path).parts
    for root in ("site-packages", "dist-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    return "/".join(parts[-3:])


def _quiet_trace(words: str) -> Iterator[str]:
    """The lines of a formatted traceback, of each exception its class alone."""
    inside = False
    for line in words.splitlines():
        if _TRACE in line:
            inside = True
            yield line
        elif not inside or line.lstrip(" |").startswith('File "'):
            yield line
        elif raised := _RAISED.fullmatch(line):
            yield raised[1]


def _quoted(words: str, named: bool) -> str:
    if named and _IDENTIFIER.fullmatch(words):
        return words
    return words[0] + GONE + words[-1]


def _masked(words: str, tail: re.Pattern[str]) -> str:
    words = tail.sub(GONE, words)
    words = _ROW.sub(GONE, words)
    words = _LINK.sub(rf"\1{GONE}", words)
    words = _EMAIL.sub(GONE, words)
    words = _SIGNED.sub(GONE, words)
    words = _WORD.sub(lambda found: _word(found[0]), words)
    words = _IPV4.sub(lambda found: _host(found[0]), words)
    words = _IPV6.sub(lambda found: _host(found[0]), words)
    return _PHONE.sub(GONE, words)


def _word(word: str) -> str:
    """A long word that is neither one of our ids nor a name in the code may be a token."""
    return word if _ID.fullmatch(word) or _NAME.fullmatch(word) else GONE


def _host(found: str) -> str:
    try:
        return found if ipaddress.ip_address(found).is_private else GONE
    except ValueError:
        return found
