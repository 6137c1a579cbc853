"""Takes a state apart: things of one class become a table, what they hold becomes columns. Pure.

It begins with one thing and goes on with what that refers to, until nothing new is met. Every thing
has a number in its table, so what is shared, or refers back, is written once. Tuples, which cannot
be filled afterwards, are apart by how deep they are. The way back: `rebuild.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import chain, compress, count
from operator import attrgetter, not_
from typing import Any

from collector.integrity.evidence.snapshot.columns import Packer, Write
from collector.integrity.evidence.snapshot.kinds import (
    ARRAY,
    DEFAULT,
    DEQUE,
    DICT,
    FROZEN,
    NAMED,
    OBJECT,
    PLAIN,
    SET,
    UNCHANGING,
    NotCarried,
    Unset,
    factory_name,
    fields_of,
    kind_of,
    name_of,
)

AT_ONCE = 50_000  # things whose columns are in memory together


class Table:
    """The things of one class (and depth), in the order in which they were met."""

    def __init__(self, number: int, cls: type, depth: int) -> None:
        self.number = number
        self.cls = cls
        self.kind = kind_of(cls)
        self.depth = depth
        self.things: list[Any] = []
        self.numbers: defaultdict[int, int] = defaultdict(count().__next__)  # by id, as met
        self.written = 0
        self.fields = list(fields_of(cls)) if self.kind == OBJECT else []

    def described(self) -> dict[str, Any]:
        named = name_of(self.cls) if self.kind in (OBJECT, NAMED) else ""
        fields = list(self.cls._fields) if self.kind == NAMED else self.fields  # type: ignore[attr-defined]  # of a NamedTuple
        return {"kind": self.kind, "class": named, "depth": self.depth,
                "count": len(self.things), "fields": fields}  # fmt: skip


class Graph:
    """Writes all that `root` refers to through `write`; `directory` says where everything is."""

    def __init__(self, write: Write) -> None:
        self.tables: dict[tuple[type, int], Table] = {}
        self.packer = Packer(write, self._sorts, self._numbered)
        self._depths: dict[int, int] = {}

    def directory(self, root: object) -> dict[str, Any]:
        start, _ = self._numbered(type(root), 0, [root])
        segments = []
        while waiting := [one for one in self.tables.values() if one.written < len(one.things)]:
            for table in waiting:
                end = min(table.written + AT_ONCE, len(table.things))
                things = table.things[table.written : end]
                segments.append({
                    "table": table.number, "first": table.written, "count": len(things),
                    "columns": self._columns(table, things),
                })  # fmt: skip
                table.written = end
        return {
            "root": start, "tables": [one.described() for one in self.tables.values()],
            "segments": segments, "texts": self.packer.all_texts(),
        }  # fmt: skip

    def _columns(self, table: Table, things: list[Any]) -> list[Any]:
        write = self.packer.column
        if table.kind == OBJECT:
            return [write(values) for values in _rows(things, table.fields)]
        if table.kind == NAMED:
            return [write(values) for values in zip(*things, strict=True)]
        if table.kind == ARRAY:
            codes = write([one.typecode for one in things])
            return [codes, write([one.tobytes() for one in things])]
        columns = [write(list(map(len, things)))]
        if table.kind in (DICT, DEFAULT):
            keys = list(chain.from_iterable(things))
            _hashed(keys)
            columns.append(write(keys))
            columns.append(write(list(chain.from_iterable(one.values() for one in things))))
        else:
            items = list(chain.from_iterable(things))
            if table.kind in (SET, FROZEN):
                _hashed(items)
            columns.append(write(items))
        if table.kind == DEFAULT:
            columns.append(write([factory_name(one.default_factory) for one in things]))
        if table.kind == DEQUE:
            columns.append(write([one.maxlen for one in things]))
        return columns

    def _sorts(self, values: Sequence[Any]) -> list[Any]:
        """The class of each value, or its class and depth where it is a tuple of tuples."""
        types: list[Any] = list(map(type, values))
        for cls in dict.fromkeys(types):
            if cls in PLAIN or cls is Unset or kind_of(cls) not in UNCHANGING:
                continue
            flat: Container[int] = self.tables[cls, 0].numbers if (cls, 0) in self.tables else ()
            mine = list(compress(values, [one is cls for one in types]))
            new = compress(mine, map(not_, map(flat.__contains__, map(id, mine))))
            if any(map(_unchanging, set(map(type, chain.from_iterable(new))))):
                types = [
                    (cls, depth) if kind is cls and (depth := self._depth(value)) else kind
                    for value, kind in zip(values, types, strict=True)
                ]
        return types

    def _depth(self, one: Any) -> int:
        found = self._depths.get(id(one))
        if found is None:
            inner = [self._depth(part) for part in one if _unchanging(type(part))]
            found = self._depths[id(one)] = 1 + max(inner) if inner else 0
        return found

    def _numbered(self, cls: type, depth: int, things: Sequence[Any]) -> tuple[int, Sequence[int]]:
        table = self.tables.get((cls, depth))
        if table is None:
            table = self.tables[cls, depth] = Table(len(self.tables), cls, depth)
        before, numbers = len(table.numbers), table.numbers
        found = list(map(numbers.__getitem__, map(id, things)))
        if len(numbers) > before:
            met = dict(zip(found, things, strict=True))
            table.things += map(met.__getitem__, range(before, len(numbers)))
        return table.number, found


def _rows(things: Sequence[Any], fields: Sequence[str]) -> Iterator[Sequence[Any]]:
    """What these objects hold, field by field."""
    if not fields:
        return
    try:
        rows = list(map(attrgetter(*fields), things))
    except AttributeError:
        for name in fields:
            yield [getattr(one, name, Unset()) for one in things]
        return
    if len(fields) == 1:
        yield rows
    else:
        yield from zip(*rows, strict=True)


def _unchanging(cls: type) -> bool:
    return cls not in PLAIN and cls is not Unset and kind_of(cls) in UNCHANGING


def _hashed(values: Sequence[Any]) -> None:
    """Raise NotCarried for what is found again by what it holds: it is not filled yet then."""
    for cls in set(map(type, values)):
        whole = cls in PLAIN or _unchanging(cls)
        if not whole and getattr(cls, "__hash__", None) is not object.__hash__:
            raise NotCarried(f"{cls.__qualname__} as a key")
