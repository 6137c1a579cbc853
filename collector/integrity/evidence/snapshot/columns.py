"""Many values as few bytes, and back: a column apart by type, each type packed as one array. Pure.

Numbers keep every bit. A text is written once, however many places hold it. Nothing here walks
value by value in Python: with a million answers there are a hundred million of them.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, compress, count, pairwise
from typing import Any

from collector.integrity.evidence.snapshot.kinds import (
    BIG,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    PLAIN,
    STR,
    UNSET,
    NotReadable,
    Unset,
)

TEXTS_AT_ONCE = 100_000
WIDTHS = (("b", 7), ("h", 15), ("i", 31), ("q", 63))
BYTES_OF = {code: array(code).itemsize for code in "bhiqdIQ"}
Place = list[int]  # offset, length
Part = list[Any]  # type, its table where it is a thing, place, how it is packed
Column = dict[str, Any]
Sorts = Callable[[Sequence[Any]], list[Any]]
Refer = Callable[[type, int, Sequence[Any]], tuple[int, Sequence[int]]]
Write = Callable[[bytes], None]


class Packer:
    """Writes columns through `write`, one after the other. `texts`: all that were met.

    `sorts` gives the class of each value (with its depth, where that is not 0), `refer` the number
    of the table of things of one sort and their numbers in it.
    """

    def __init__(self, write: Write, sorts: Sorts, refer: Refer) -> None:
        self.at = 0
        self.texts: defaultdict[str, int] = defaultdict(count().__next__)  # numbered as met
        self._write = write
        self._sorts = sorts
        self._refer = refer

    def column(self, values: Sequence[Any]) -> Column:
        """Write these values; what `Unpacker.column` needs to give them back."""
        types = self._sorts(values)
        present = dict.fromkeys(types)
        if len(present) <= 1:
            return {"count": len(values), "parts": [self._part(one, values) for one in present]}
        order = {one: number for number, one in enumerate(present)}
        which = bytes(map(order.__getitem__, types))
        parts = [
            self._part(one, list(compress(values, which.translate(_only(number)))))
            for one, number in order.items()
        ]
        return {"count": len(values), "which": self.put(which), "parts": parts}

    def all_texts(self) -> list[Part]:
        """Write the texts that columns refer to."""
        known = list(self.texts)
        return [
            self._texts(known[start : start + TEXTS_AT_ONCE])
            for start in range(0, len(known), TEXTS_AT_ONCE)
        ]

    def put(self, data: bytes) -> Place:
        """Write these bytes."""
        place = [self.at, len(data)]
        self._write(data)
        self.at += len(data)
        return place

    def numbers(self, values: Sequence[int]) -> tuple[str, Place]:
        """Write whole numbers of at most 64 bits, as narrow as they are. Raises OverflowError."""
        most = max(max(values, default=0), -min(values, default=0) - 1)
        code = next((code for code, bits in WIDTHS if most >> bits == 0), "q")
        return code, self.put(array(code, values).tobytes())

    def _part(self, sort: Any, values: Sequence[Any]) -> Part:
        cls, depth = sort if isinstance(sort, tuple) else (sort, 0)
        kind = PLAIN.get(cls)
        if cls is Unset:
            return [UNSET, 0, [self.at, 0], ""]
        if kind == NONE:
            return [NONE, 0, [self.at, 0], ""]
        if kind == BOOL:
            return [BOOL, 0, self.put(bytes(values)), ""]
        if kind == INT:
            try:
                code, place = self.numbers(values)
            except OverflowError:
                return [BIG, 0, self.put(",".join(map(str, values)).encode()), ""]
            return [INT, 0, place, code]
        if kind == FLOAT:
            return [FLOAT, 0, self.put(array("d", values).tobytes()), "d"]
        if kind == STR:
            numbers = array("I", map(self.texts.__getitem__, values))
            return [STR, 0, self.put(numbers.tobytes()), "I"]
        if kind == BYTES:
            lengths = self.numbers(list(map(len, values)))
            return [BYTES, 0, self.put(b"".join(values)), [len(values), *lengths]]
        table, found = self._refer(cls, depth, values)
        return ["thing", table, self.put(array("I", found).tobytes()), "I"]

    def _texts(self, texts: list[str]) -> Part:
        joined = "\0".join(texts)
        lengths = None
        if joined.count("\0") != len(texts) - 1:  # one of them holds what stands between them
            joined = "".join(texts)
            lengths = self.numbers(list(map(len, texts)))
        return [len(texts), self.put(joined.encode("utf-8", "surrogatepass")), lengths]


class Unpacker:
    """Gives columns back. `things`: by table, what is there already or will be filled."""

    def __init__(self, data: memoryview, things: list[list[Any]]) -> None:
        self._data = data
        self._things = things
        self._texts: list[str] = []

    def all_texts(self, parts: Sequence[Part]) -> None:
        for _, place, lengths in parts:
            joined = str(self.bytes(place), "utf-8", "surrogatepass")
            if lengths is None:
                self._texts += joined.split("\0")
                continue
            ends = accumulate(self.numbers(*lengths), initial=0)
            self._texts += [joined[start:end] for start, end in pairwise(ends)]

    def column(self, column: Column) -> Sequence[Any]:
        count, parts = column["count"], column["parts"]
        if "which" not in column:
            return self._part(parts[0], count) if parts else ()
        which = bytes(self.bytes(column["which"]))
        rows: list[Iterator[Any]] = [
            iter(self._part(part, which.count(number))) for number, part in enumerate(parts)
        ]
        return list(map(next, map(rows.__getitem__, which)))

    def bytes(self, place: Place) -> memoryview:
        start, length = place
        return self._data[start : start + length]

    def numbers(self, code: str, place: Place) -> array[Any]:
        if code not in BYTES_OF:
            raise NotReadable(code)
        found: array[Any] = array(code)
        found.frombytes(self.bytes(place))
        return found

    def _part(self, part: Part, count: int) -> Sequence[Any]:
        kind, table, place, packed = part
        if kind in (NONE, UNSET):
            return [None if kind == NONE else Unset] * count
        if kind == BOOL:
            return list(map(bool, self.bytes(place)))
        if kind == BIG:
            return list(map(int, str(self.bytes(place), "ascii").split(",")))
        if kind == BYTES:
            data, (_, code, lengths) = self.bytes(place), packed
            ends = accumulate(self.numbers(code, lengths), initial=0)
            return [bytes(data[start:end]) for start, end in pairwise(ends)]
        numbers = self.numbers(packed, place)
        if kind in (INT, FLOAT):
            return numbers
        source = self._texts if kind == STR else self._things[table]
        return list(map(source.__getitem__, numbers))


def _only(number: int) -> bytes:
    """Makes this byte 1 and every other 0."""
    return bytes(one == number for one in range(256))


def order_of_bytes() -> str:
    """Arrays are written as this machine holds them."""
    return f"{sys.byteorder}-" + "-".join(f"{code}{size}" for code, size in BYTES_OF.items())
