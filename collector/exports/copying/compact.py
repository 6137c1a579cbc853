"""JSON columns as the export says them: no spaces, keys in order, whatever the database made of it.

Few different ones come again and again (an agent of a store, the same reasons), so each is worked
out once and remembered, up to a bound. Used by `postgres.py` and `sqlite.py`.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

import orjson

from collector.exports.datasets import json_text

MOST: Final = 4096  # remembered at once; they are forgotten all together
LONGEST: Final = 2000  # longer ones are not worth the room
Text = TypeVar("Text", str, bytes)


class _Remembered(dict[Text, Text], Generic[Text]):
    """By the database's text, ours. Looked up with `[]`."""

    def __missing__(self, text: Text) -> Text:
        made = self.make(text)
        if len(text) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[text] = made
        return made

    def make(self, text: Text) -> Text:
        raise NotImplementedError


class Plain(_Remembered[bytes]):
    """As it stands in a line of NDJSON."""

    def make(self, text: bytes) -> bytes:
        return json_text(orjson.loads(text))


class Cell(_Remembered[bytes]):
    """As it stands inside the quotes of a CSV cell, where a quote is two."""

    def make(self, text: bytes) -> bytes:
        return json_text(orjson.loads(text.replace(b'""', b'"'))).replace(b'"', b'""')


class Words(_Remembered[str]):
    """As text."""

    def make(self, text: str) -> str:
        return json_text(orjson.loads(text)).decode()
