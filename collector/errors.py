"""The domain's errors. Each has a stable `code`, a sentence a person can act on, and a `pointer`.

Nothing here knows HTTP: `web/errors.py` holds the only map from these classes to a status, and the
command line prints the sentence. Anyone may import this; it imports nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input. `pointer` is an RFC 6901 JSON Pointer, or `file.yaml:12`."""

    code: str
    detail: str
    pointer: str = ""


class CollectorError(Exception):
    """Base of all domain errors. `code` is stable; `detail` never holds personal data."""

    code = "error"

    def __init__(self, detail: str, *, code: str = "", pointer: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.pointer = pointer


class InvalidInput(CollectorError):
    """The input cannot be used as it is. `problems` lists all that is wrong, not the first."""

    code = "invalid_input"

    def __init__(
        self, detail: str, *, code: str = "", pointer: str = "", problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(detail, code=code, pointer=pointer)
        self.problems = problems or (Problem(self.code, detail, pointer),)


class Conflict(CollectorError):
    """The key was used before for something else, or somebody changed the object first."""

    code = "conflict"


class NotFound(CollectorError):
    """There is no such thing, or not for you."""

    code = "not_found"


class Gone(CollectorError):
    """It was here and is over: an expired link, a closed edit window, an erased person."""

    code = "gone"


class Unauthorized(CollectorError):
    """No valid key, token or signature came with the call."""

    code = "unauthorized"


class Forbidden(CollectorError):
    """The key is valid but lacks the scope that this call needs."""

    code = "forbidden"


class TooMany(CollectorError):
    """More than the limit allows; the sentence says when to come back, `seconds` says it too."""

    code = "too_many"
    seconds = 60


class Misconfigured(CollectorError):
    """A setting is missing or makes no sense; the service refuses to start rather than guess."""

    code = "misconfigured"


class Unavailable(CollectorError):
    """A component that this needs (database, Redis, provider) does not answer right now."""

    code = "unavailable"
