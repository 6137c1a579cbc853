"""The replay's NDJSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collector.simulation import replay_files
from collector.simulation.timeline import Answer

ANSWER = {"source": "shop", "event_id": "o-1", "score": 4, "idempotency_key": "a-1"}


def read(tmp_path: Path, *lines: object) -> tuple[list[object], list[tuple[str, str]]]:
    path = tmp_path / "items.ndjson"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    unusable: list[tuple[str, str]] = []
    items = list(replay_files.read(path, lambda where, why: unusable.append((where, why))))
    return list(items), unusable


def test_events_and_answers_are_read_with_their_line(tmp_path: Path) -> None:
    items, unusable = read(
        tmp_path,
        {"at": "2026-03-02T12:00:00Z", "event": {"source": "shop", "id": "o-1"}},
        "",
        {"at": "2026-03-02T12:00:00-03:00", "answer": ANSWER},
    )
    event, told = items
    assert event.event == {"source": "shop", "id": "o-1"}
    assert told.answer == Answer("shop", "o-1", 4, None, "a-1")
    assert (told.at.isoformat(), told.where) == ("2026-03-02T15:00:00+00:00", "items.ndjson:3")
    assert unusable == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "unexpected end of data"),
        ("[]", "an object with `at`"),
        ({"event": {}}, "an object with `at`"),
        ({"at": "yesterday", "event": {}}, "Invalid isoformat"),
        ({"at": "2026-03-02T12:00:00", "event": {}}, "a time without a zone"),
        ({"at": "2026-03-02T12:00:00Z"}, "either an `event` or an `answer`"),
        ({"at": "2026-03-02T12:00:00Z", "event": {}, "answer": ANSWER}, "either an `event`"),
        ({"at": "2026-03-02T12:00:00Z", "answer": {**ANSWER, "score": True}}, "whole number"),
        ({"at": "2026-03-02T12:00:00Z", "answer": {**ANSWER, "score": "4"}}, "whole number"),
        ({"at": "2026-03-02T12:00:00Z", "answer": {**ANSWER, "source": ""}}, "`answer.source`"),
        ({"at": "2026-03-02T12:00:00Z", "answer": {**ANSWER, "comment": 1}}, "`answer.comment`"),
        (
            {"at": "2026-03-02T12:00:00Z", "answer": {**ANSWER, "idempotency_key": "k" * 81}},
            "longer than 80",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_told_about_and_passed_over(
    tmp_path: Path, line: object, why: str
) -> None:
    good = {"at": "2026-03-02T12:00:00Z", "event": {}}
    items, unusable = read(tmp_path, line, good)
    assert len(items) == 1
    ((where, said),) = unusable
    assert where == "items.ndjson:1"
    assert why in said
