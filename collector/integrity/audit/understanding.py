"""What a file of an export says, worked out before a line of it is judged: how it is written, which
column is which field, what the scores measure, how times are written. Said to people as it is.

The parts: `exports/` (how files are written), `naming.py`, `measuring.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit import measuring, naming
from collector.integrity.audit.columns import FILES, TIMES, Columns
from collector.integrity.audit.exports import header as headers
from collector.integrity.audit.exports import previews, scales, tables, times
from collector.integrity.audit.exports.presets import PRESETS
from collector.integrity.audit.exports.scale_words import NOTHING
from collector.integrity.audit.parse import Rules

SAMPLE = 500
DIFFERENT = 5000  # more different values than any scale has
CHINA = "Asia/Shanghai"
_ZONE = re.compile(r'"timeZone"\s*:\s*"([^"]+)"')


@dataclass(frozen=True)
class Understood:
    """`names`: field → column. `numbered`: lines without an id are called by their place."""

    file: str
    path: Path
    shape: tables.Shape
    header: headers.Header | None
    columns: tuple[str, ...]
    texts: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    previews: tuple[tuple[str, bool], ...] = ()
    preset: str = ""
    numbered: bool = False
    why_metric: str = ""
    why_zone: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def ours(self) -> frozenset[str]:
        """What a line may hold to be taken as it is; empty where a column has another name."""
        if self.numbered or any(ours != theirs for ours, theirs in self.names.items()):
            return frozenset()
        return frozenset(self.names) | (frozenset(self.columns) - frozenset(FILES[self.file]))

    @property
    def numbered_status(self) -> bool:
        preset = PRESETS.get(self.preset)
        return preset is not None and preset.numbered_status

    def fields_of(self, number: int, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The line under our names."""
        if self.ours and raw.keys() <= self.ours:
            return raw
        given = {ours: raw.get(theirs) for ours, theirs in self.names.items()}
        if self.numbered and given.get("response_id") in (None, ""):
            given["response_id"] = f"line {number}"
        ip = given.get("ip_hash")
        if ip and self.names["ip_hash"] != "ip_hash":
            given["ip_hash"] = hashlib.sha256(str(ip).encode()).hexdigest()[:16]
        return given


@dataclass(slots=True)
class _Pass:
    """What one reading of the whole file adds up."""

    values: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    order: times.Order = field(default_factory=times.Order)


def all_files(
    paths: Mapping[str, Path], columns: Columns,
    progress: Callable[[str, int], None] = lambda name, done: None,
) -> dict[str, Understood]:  # fmt: skip
    """Every file, by name. Raises InvalidInput for what must be asked. `progress` hears how many
    bytes were looked at of a file that must be read whole for that.
    """
    opened = {name: _open(name, path, columns) for name, path in paths.items()}
    naming.check(columns, {name: (one.columns, one.texts) for name, one in opened.items()})
    return {
        name: _understand(one, columns, partial(progress, name)) for name, one in opened.items()
    }


def cells_of(
    known: Understood, progress: Callable[[int], None] = lambda done: None
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Every line of data by column, with its number; or what is wrong with it."""
    if known.shape.kind in ("ndjson", "json"):
        yield from tables.objects(known.path, known.shape, progress)
        return
    first = known.header.first if known.header else 0
    for at, (number, cells) in enumerate(tables.rows(known.path, known.shape, progress)):
        if isinstance(cells, str):
            yield number, cells
        elif at >= first and any(cell != "" for cell in cells):
            yield number, dict(zip(known.columns, cells, strict=False))


def _open(file: str, path: Path, columns: Columns) -> Understood:
    shape = tables.shape_of(path, columns.encoding)
    if shape.kind in ("ndjson", "json"):
        keys: dict[str, None] = {}
        for _, raw in islice(tables.objects(path, shape), None if columns.asked else SAMPLE):
            keys |= dict.fromkeys(raw) if isinstance(raw, dict) else {}
        if file == "responses" and not keys:
            raise InvalidInput(
                f"{path.name} holds {shape.said}, but no line of it is an answer: a line is an "
                'object such as {"response_id": "r1", "score": 5, "answered_at": "…"}.',
                code="no_answers",
            )
        return Understood(file, path, shape, None, tuple(keys), {})
    rows = [cells for _, cells in islice(tables.rows(path, shape), 60) if isinstance(cells, list)]
    found = headers.find(rows, list(columns.of(file).values()))
    if found is None:
        raise InvalidInput(
            f"{path.name} ({shape.said}) has no row with the names of columns"
            f"{'; it is empty' if not rows else ' among its first lines'}.",
            code="no_header",
        )
    texts = dict(zip(found.names, found.texts, strict=False))
    zones = {
        name: zone[1]
        for row in rows[: found.first] for name, cell in zip(found.names, row, strict=False)
        if (zone := _ZONE.search(str(cell)))
    }  # fmt: skip
    return Understood(file, path, shape, found, found.names, texts, zones=zones)


def _understand(known: Understood, columns: Columns, progress: Callable[[int], None]) -> Understood:
    looked = previews.columns(known.columns) if known.file == "responses" else ()
    sample = [raw for _, raw in islice(cells_of(known), SAMPLE) if isinstance(raw, dict)]
    named = naming.find(known.file, known.columns, known.texts, columns, sample)
    preset = PRESETS.get(named.preset)
    numbered = bool(preset and preset.numbered_status)
    seen = _Pass()
    lines = sample if known.file != "responses" and known.shape.kind == "ndjson" else None
    for raw in lines if lines is not None else _dicts(known, progress):
        if not previews.why(raw, looked, numbered=numbered):
            _see(seen, known.file, raw, named.names)
    zone, why_zone = _zone(known, named, columns)
    rules = Rules(day_first=seen.order.decided(columns.date_order), zone=zone)
    why = ""
    if known.file == "responses":
        rules, why = _scored(rules, known, named, columns, seen)
    return Understood(
        known.file, known.path, known.shape, known.header, known.columns, known.texts, named.names,
        rules, looked, named.preset, known.file == "responses" and "response_id" not in named.sure,
        why, why_zone,
    )  # fmt: skip


def _dicts(known: Understood, progress: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    return (raw for _, raw in cells_of(known, progress) if isinstance(raw, dict))


def _see(seen: _Pass, file: str, raw: Mapping[str, Any], names: Mapping[str, str]) -> None:
    for name in TIMES[file]:
        if name in names:
            seen.order.see(raw.get(names[name]))
    if file != "responses" or raw.get(names["answered_at"]) in (None, ""):
        return  # a sum below the table has no time, and must not stretch the scale
    score = str(raw.get(names["score"]) if raw.get(names["score"]) is not None else "")
    if len(seen.values) < DIFFERENT or score in seen.values:
        seen.values[score] += 1
    if scales.folded(score) in NOTHING:
        return
    metric = raw.get(names.get("metric", "")) or ""
    if metric:
        seen.stated[scales.metric(str(metric))] += 1
    elif not raw.get(names.get("scale", "")):
        seen.silent += 1


def _scored(
    rules: Rules, known: Understood, named: naming.Named, columns: Columns, seen: _Pass
) -> tuple[Rules, str]:
    found = scales.find(seen.values)
    column = named.names["score"]
    known_ones = {name: n for name, n in seen.stated.items() if name in scales.METRICS}
    decided = measuring.decide(
        columns, named.preset, known.texts.get(column, column), found, seen.values,
        known_ones or seen.stated, all_stated=not seen.silent,
    )  # fmt: skip
    scores = found.scores if len(seen.values) < DIFFERENT else None
    why = f"{decided.why}; {found.said}" if found.said else decided.why
    return Rules(decided.metric, decided.scale, scores, rules.day_first, rules.zone), why


def _zone(known: Understood, named: naming.Named, columns: Columns) -> tuple[tzinfo, str]:
    """The zone of times that do not say theirs, and how it is known."""
    if columns.timezone:
        return times.zone(columns.timezone), f"{columns.timezone}, as you said"
    column = named.names.get("answered_at", "")
    text = f"{column} {known.texts.get(column, '')}"
    if said := known.zones.get(column):
        return times.zone(said), f"{said}, as the header says"
    if re.search(r"\b(utc|gmt)\b", text, re.IGNORECASE):
        return UTC, "UTC, as the header says"
    if named.preset == "wjx":
        return times.zone(CHINA), f"{CHINA}, as 问卷星 writes it; --timezone says otherwise"
    return UTC, "UTC where a time does not say its own; --timezone says otherwise"
