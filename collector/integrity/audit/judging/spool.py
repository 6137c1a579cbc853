"""The cases of an audit in the order of time, in a file: each is read when its turn comes.

An answer of a quarter waits for its last night while nearly all others arrive; on disk they cost no
memory. What a check asks of a comment is worked out once, on writing, and the words stay behind.
"""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO

from collector.integrity.engine.engine import Waiting
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.repeats import Repeats

BLOCK = 256
_NAMES: tuple[str, ...] = tuple(Case.__slots__)
_GET = attrgetter(*_NAMES)
_SIGNALS = _NAMES.index("signals")
# A case is frozen; one that was written whole is put together again without working it out anew.
_PUT = tuple(getattr(Case, name).__set__ for name in _NAMES)
_SHARED = tuple(
    (getattr(Case, name).__set__, name)
    for name in ("ip", "net", "device", "contact", "on_file", "customer", "respondent")
)


class Spool:
    """Write every case with `add`, then say `whole`; after that `read` as often as needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("wb")
        self._open: list[BinaryIO] = [self._file]
        self._block: list[tuple[Any, ...]] = []

    def add(self, case: Case) -> Case:
        """Write the next case; the case as it will be read."""
        case = _without_words(case)
        row = _GET(case)
        if case.signals:
            signals = tuple((s.kind, s.value, s.at, s.tags) for s in case.signals)
            row = (*row[:_SIGNALS], signals, *row[_SIGNALS + 1 :])
        self._block.append(row)
        self.count += 1
        if len(self._block) >= BLOCK:
            self._flush()
        return case

    def whole(self) -> None:
        """All are here."""
        self._flush()
        self._file.close()

    def close(self) -> None:
        """Nobody reads any more, however far they were."""
        for file in self._open:
            file.close()

    def _flush(self) -> None:
        block = marshal.dumps(self._block)
        self._file.write(len(block).to_bytes(8, "little") + block)
        self._block.clear()

    def read(self) -> Iterator[Case]:
        """Every case, in the order in which they were written."""
        with self.path.open("rb") as file:
            self._open.append(file)
            while size := file.read(8):
                for row in marshal.loads(file.read(int.from_bytes(size, "little"))):  # noqa: S302  # written above
                    yield _case(row)


def shared(case: Case, repeats: Repeats) -> Case:
    """The case with the very names that others carry, which are in memory once. Changes it."""
    for put, name in _SHARED:
        value = getattr(case, name)
        if value and repeats.again(value):
            put(case, intern(value))
    return case


class Line:
    """Answers that wait in the order of the spool: how many, and where the first of them is."""

    def __init__(self, spool: Spool) -> None:
        self._count = 0
        self._cases = spool.read()
        self._first: Case | None = None

    def append(self, case: Case, /) -> None:
        """The next one of the spool waits as well."""
        self._count += 1

    def popleft(self) -> Case:
        case, self._first = self[0], None
        self._count -= 1
        return case

    def __getitem__(self, place: int, /) -> Case:
        """The first, which is all that is ever asked for."""
        if place or not self._count:
            raise IndexError(place)
        if self._first is None:
            self._first = next(self._cases)
        return self._first

    def __iter__(self) -> Iterator[Case]:
        raise TypeError("only the first one can be looked at")

    def __len__(self) -> int:
        return self._count


def waiting(spool: Spool) -> Callable[[], Waiting]:
    """Where an engine of two ages lets answers wait: a day's for their first night in memory, where
    they are, all others on disk.
    """
    lines: list[Waiting] = [Line(spool), deque()]
    return lines.pop


def _without_words(case: Case) -> Case:
    """The case with what checks ask of its comment; words that are too short for that stay."""
    if not case.comment:
        return case
    bands = case.sketch
    return replace(
        case, bands=bands, begs=case.admits_begging, long=case.wrote_long,
        comment=None if bands else case.comment,
    )  # fmt: skip


def _case(row: tuple[Any, ...]) -> Case:
    case = object.__new__(Case)
    for put, value in zip(_PUT, row, strict=True):
        put(case, value)
    if signals := row[_SIGNALS]:
        _PUT[_SIGNALS](case, tuple(Signal(*signal) for signal in signals))
    return case
