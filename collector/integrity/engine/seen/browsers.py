"""Over which channels each browser has answered. Pure.

An app's browser answers in the app alone: how usual it is can only be asked of the app's answers.
Held by `memory.py`; how often each is used is counted in `profiles.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Container


class Browsers:
    """By browser, the names of channels."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[str, set[str]] = {}

    def add(self, client: str, channel: str | None) -> None:
        self.rows.setdefault(client, set()).add(channel or "")

    def channels_of(self, client: str) -> Collection[str]:
        return self.rows.get(client, ())

    def sweep(self, used: Container[str]) -> None:
        """Drop those that nobody uses any more."""
        self.rows = {client: row for client, row in self.rows.items() if client in used}
