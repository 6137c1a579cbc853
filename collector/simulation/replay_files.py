"""The replay's own input: NDJSON, one event or answer a line, in the order of time.

    {"at": "2026-03-02T12:00:00Z", "event": {…as for POST /v1/events…}}
    {"at": "2026-03-03T08:30:00Z", "answer": {"source": "shop", "event_id": "o-1", "score": 4,
                                              "comment": "…", "idempotency_key": "a-1"}}

Used by `commands/replay.py`. Lines that cannot be used are told about and passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from collector import clock
from collector.simulation.timeline import Answer, Item

Unusable = Callable[[str, str], None]  # where, why
MAX_KEY = 80


def read(path: Path, unusable: Unusable) -> Iterator[Item]:
    """The items of one NDJSON file, a line in memory at a time. Blank lines mean nothing."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            where = f"{path.name}:{number}"
            if not line.strip():
                continue
            try:
                yield _item(orjson.loads(line), where)
            except ValueError as error:
                unusable(where, str(error))


def _item(raw: Any, where: str) -> Item:
    """Raises ValueError saying what is wrong with the line."""
    if not isinstance(raw, dict) or not isinstance(raw.get("at"), str):
        raise ValueError("a line is an object with `at` and either `event` or `answer`")
    at = clock.aware(datetime.fromisoformat(raw["at"]))
    if isinstance(raw.get("event"), dict) and "answer" not in raw:
        return Item(at, where, event=raw["event"])
    if isinstance(raw.get("answer"), dict) and "event" not in raw:
        return Item(at, where, answer=_answer(raw["answer"]))
    raise ValueError("a line has either an `event` or an `answer`, as an object")


def _answer(raw: dict[str, Any]) -> Answer:
    for name in ("source", "event_id", "idempotency_key"):
        if not isinstance(raw.get(name), str) or not raw[name]:
            raise ValueError(f"`answer.{name}` must be a text that is not empty")
    if len(raw["idempotency_key"]) > MAX_KEY:
        raise ValueError(f"`answer.idempotency_key` is longer than {MAX_KEY} characters")
    score, comment = raw.get("score"), raw.get("comment")
    if not isinstance(score, int) or isinstance(score, bool):
        raise ValueError("`answer.score` must be a whole number")
    if comment is not None and not isinstance(comment, str):
        raise ValueError("`answer.comment` must be a text")
    return Answer(raw["source"], raw["event_id"], score, comment, raw["idempotency_key"])
