"""Puts a state together again from its tables. Pure; runs no code of the classes that it fills.

Things come into being empty, so that anything may refer to anything; tuples, which cannot, from the
flat ones to the deep ones. Then fields are filled, and last what is found again by hash.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from itertools import chain, islice, repeat
from typing import Any

from collector.integrity.evidence.snapshot.columns import Unpacker
from collector.integrity.evidence.snapshot.kinds import (
    ARRAY,
    DEFAULT,
    DEQUE,
    DICT,
    LIST,
    NAMED,
    OBJECT,
    SET,
    TUPLE,
    UNCHANGING,
    UNSET,
    NotReadable,
    Unset,
    class_named,
    factory_named,
    fields_of,
)

Segment = dict[str, Any]
EMPTY: dict[str, Callable[[], Any]] = {LIST: list, DICT: dict, SET: set}
FILLED = (OBJECT, LIST, DEQUE, SET, DICT, DEFAULT)  # in this order: hashes last


class Rebuilding:
    """One file's tables on their way back."""

    def __init__(self, data: memoryview, directory: dict[str, Any]) -> None:
        self.directory = directory
        self.tables = directory["tables"]
        self.things: list[list[Any]] = [[] for _ in self.tables]
        self.unpacker = Unpacker(data, self.things)
        self.segments: dict[int, list[Segment]] = {n: [] for n in range(len(self.tables))}
        for segment in directory["segments"]:
            self.segments[segment["table"]].append(segment)

    def root(self) -> object:
        self.unpacker.all_texts(self.directory["texts"])
        for number, table in enumerate(self.tables):
            if table["kind"] not in UNCHANGING:
                self.things[number] += self._empty(table, number)
        deep = [n for n, table in enumerate(self.tables) if table["kind"] in UNCHANGING]
        for number in sorted(deep, key=lambda n: int(self.tables[n]["depth"])):
            for segment in self.segments[number]:
                self.things[number] += self._whole(self.tables[number], segment)
        for kind in FILLED:
            for number, table in enumerate(self.tables):
                if table["kind"] == kind:
                    for segment in self.segments[number]:
                        self._fill(table, number, segment)
        return self.things[self.directory["root"]][0]

    def _empty(self, table: dict[str, Any], number: int) -> list[Any]:
        kind, count = table["kind"], table["count"]
        if kind == OBJECT:
            cls = class_named(table["class"])
            if list(fields_of(cls)) != table["fields"]:
                raise NotReadable(table["class"])
            return list(map(object.__new__, repeat(cls, count)))
        if kind in EMPTY:
            make = EMPTY[kind]
            return [make() for _ in range(count)]
        segments = self.segments[number]
        if kind == ARRAY:
            whole = [zip(*self._columns(segment), strict=True) for segment in segments]
            return [array(code, data) for rows in whole for code, data in rows]
        last = chain.from_iterable(
            self.unpacker.column(segment["columns"][-1]) for segment in segments
        )  # fmt: skip
        if kind == DEFAULT:
            return [defaultdict(factory_named(name)) for name in last]
        if kind == DEQUE:
            return [deque(maxlen=most) for most in last]
        raise NotReadable(str(kind))

    def _whole(self, table: dict[str, Any], segment: Segment) -> list[Any]:
        columns = self._columns(segment)
        if table["kind"] == NAMED:
            cls: Any = class_named(table["class"])
            if list(cls._fields) != table["fields"]:
                raise NotReadable(table["class"])
            return list(map(cls._make, zip(*columns, strict=True)))
        lengths, items = columns
        make: Callable[[Any], Any] = tuple if table["kind"] == TUPLE else frozenset
        rest = iter(items)
        return [make(islice(rest, length)) for length in lengths]

    def _fill(self, table: dict[str, Any], number: int, segment: Segment) -> None:
        first, count = segment["first"], segment["count"]
        things, columns = self.things[number][first : first + count], self._columns(segment)
        if table["kind"] == OBJECT:
            places = fields_of(class_named(table["class"]))
            for name, values in zip(table["fields"], columns, strict=True):
                _put(places[name], things, values, segment)
            return
        lengths: Sequence[int] = columns[0]
        items = iter(columns[1])
        if table["kind"] in (DICT, DEFAULT):
            held = iter(columns[2])
            for one, length in zip(things, lengths, strict=True):
                one.update(zip(islice(items, length), islice(held, length), strict=True))
            return
        add = set.update if table["kind"] == SET else deque.extend if table["kind"] == DEQUE \
            else list.extend  # fmt: skip
        for one, length in zip(things, lengths, strict=True):
            add(one, islice(items, length))

    def _columns(self, segment: Segment) -> list[Sequence[Any]]:
        return [self.unpacker.column(column) for column in segment["columns"]]


def _put(place: Any, things: Sequence[Any], values: Sequence[Any], segment: Segment) -> None:
    """Put these values where the objects keep them, past whatever a frozen class would say."""
    if any(value is Unset for value in values) if _may_lack(segment) else False:
        for one, value in zip(things, values, strict=True):
            if value is not Unset:
                place.__set__(one, value)
        return
    deque(map(place.__set__, things, values), maxlen=0)


def _may_lack(segment: Segment) -> bool:
    return any(part[0] == UNSET for column in segment["columns"] for part in column["parts"])
