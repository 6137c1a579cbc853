"""A file is read only where it is whole, sealed, and of this log and this code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from collector.integrity.evidence.snapshot import keeping, of_log, sealed
from collector.model.base import db
from collector.model.integrity import IntegrityHead, LogEntry
from tests.factories import NOON
from tests.integrity.evidence.conftest import live_on
from tests.integrity.evidence.snapshot.alike import differences
from tests.integrity.evidence.snapshot.conftest import anew, from_the_log, judged


def spoilt(how: str, data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    match how:
        case "cut":
            return data[:at]
        case "empty":
            return b""
        case "a bit flipped":
            return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        case "a part twice":
            return data[:at] + data[at // 2 :]
        case "longer":
            return data + b"\0"
        case "zeros":
            return bytes(len(data))
        case _:
            return b"cos\nsystem\n(S'true'\ntR."


@pytest.mark.parametrize(
    "how", ["cut", "empty", "a bit flipped", "a part twice", "longer", "zeros", "a pickle"]
)
def test_a_damaged_file_is_taken_away_and_the_log_is_read(
    ctx: Flask, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(12)
    whole, expected = keeping.path().read_bytes(), from_the_log(monkeypatch)
    for seed in range(1 if how in ("empty", "longer", "zeros", "a pickle") else 8):
        keeping.path().write_bytes(spoilt(how, whole, Random(seed)))
        assert keeping.restore(db.session()) is None
        assert not keeping.path().exists()
    assert differences(anew(), expected) == []


def test_whoever_lacks_the_keys_writes_nothing_that_is_read(ctx: Flask) -> None:
    judged(12)
    data = keeping.path()
    with sealed.opened(data, keeping._keys()) as (head, body, directory):
        content = bytes(body)

    def write(out: Callable[[bytes], None]) -> dict[str, Any]:
        out(content)
        return directory

    sealed.write(data, keeping._keys()[-1], head, write)
    assert keeping.restore(db.session()) is not None
    sealed.write(data, b"x" * 32, head, write)
    assert keeping.restore(db.session()) is None


def test_after_a_key_was_added_the_file_is_read_and_the_new_key_seals(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(12)
    old = ctx.extensions["collector.settings"]
    new = "another-key-of-more-than-forty-characters-in-all"
    monkeypatch.setitem(
        ctx.extensions, "collector.settings", replace(old, secret_keys=(*old.secret_keys, new))
    )
    assert keeping.restore(db.session()) is not None
    judged(3, first=40)
    sealed.head_of(keeping.path(), keeping._keys()[-1:])


@pytest.mark.parametrize("part", ["code", "VERSION", "FORMAT"])
def test_a_snapshot_of_another_version_is_ignored(
    ctx: Flask, part: str, again: Callable[[], None], read: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    judged(12)
    monkeypatch.setattr(of_log, part, (lambda: "changed") if part == "code" else 0)
    again()
    read.clear()
    judged(1, first=40)
    assert read == [0]
    assert sealed.head_of(keeping.path(), keeping._keys())["number"] == 13


def test_one_byte_of_the_code_is_another_version(tmp_path: Path) -> None:
    room = tmp_path / "evidence" / "snapshot"
    room.mkdir(parents=True)
    for folder in of_log.CODE:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "a.py").write_text("x = 1\n")
    before = of_log.digest(tmp_path)
    assert of_log.digest(tmp_path) == before
    (tmp_path / "engine" / "a.py").write_text("x = 2\n")
    assert of_log.digest(tmp_path) != before


@pytest.mark.parametrize("how", ["other entries", "shorter", "cut off", "an earlier night"])
def test_a_snapshot_of_another_log_is_ignored(ctx: Flask, how: str) -> None:
    judged(12)
    live_on(3)
    number = keeping.described()
    assert number is not None
    assert number[0] == 12
    if how == "other entries":  # restored from a backup, and gone on otherwise
        db.session.execute(update(LogEntry).where(LogEntry.number == 11).values(version=7))
    elif how == "shorter":
        db.session.execute(delete(LogEntry).where(LogEntry.number > 6))
        db.session.execute(update(IntegrityHead).values(last_number=6))
    elif how == "cut off":  # what the snapshot stands on is no more in the log
        db.session.execute(delete(LogEntry).where(LogEntry.number <= 4))
    else:
        db.session.execute(update(IntegrityHead).values(night=NOON - timedelta(days=2)))
    db.session.commit()
    assert keeping.restore(db.session()) is None
    assert not keeping.path().exists()
    db.session.rollback()
