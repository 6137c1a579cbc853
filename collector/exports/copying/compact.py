"""JSON columns as the export says them: no spaces, keys in order, whatever the database made of it.

Few different ones come again and again (an agent of a store, the same reasons), so each is worked
out once and remembered, up to a bound. Used by `postgres.py` and `sqlite.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

import orjson

from collector.exports.datasets import json_text

MOST: Final = 4096  # remembered at once; they are forgotten all together
LONGEST: Final = 2000  # longer ones are not worth the room
Text = TypeVar("Text", str, bytes)


class Remembered(dict[Text, Text], Generic[Text]):
    """By the database's text what `make` makes of it. Looked up with `[]`."""

    def __init__(self, make: Callable[[Text], Text]) -> None:
        super().__init__()
        self._make: Callable[[Text], Text] = make

    def __missing__(self, text: Text) -> Text:
        made = self._make(text)
        if len(text) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[text] = made
        return made


def plain(text: bytes) -> bytes:
    """As it stands in a line of NDJSON."""
    return json_text(orjson.loads(text))


def cell(text: bytes) -> bytes:
    """As it stands inside the quotes of a CSV cell, where a quote is two."""
    return plain(text.replace(b'""', b'"')).replace(b'"', b'""')


def words(text: str) -> str:
    """As text."""
    return json_text(orjson.loads(text)).decode()
