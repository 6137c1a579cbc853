"""Every test makes an app; werkzeug compiles the same hundred addresses for each. Here: once.

What a rule builds depends on its parts and defaults alone, and that is what is remembered.
Imported by `conftest.py`, for nothing but time: a third of what a small test costs.
"""

from __future__ import annotations

from typing import Any

from werkzeug.routing.rules import Rule

_compile_builder = Rule._compile_builder
_builders: dict[tuple[Any, ...], Any] = {}


def _once(self: Rule, append_unknown: bool = True) -> Any:
    key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(self, append_unknown)
    return _builders[key]


def remember() -> None:
    """From now on, in this process."""
    Rule._compile_builder = _once  # type: ignore[method-assign]
