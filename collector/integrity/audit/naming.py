"""Which column of a file holds which field: as asked for, by our own names, by the tool's, by what
headers commonly say, and at last by the question that a header asks. Pure.

A column that is named like a score is one only if its cells can be scores. Where two could be the
score, the question is asked, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit.columns import FILES, NEEDED, TIMES, Columns, nearest
from collector.integrity.audit.exports import scales, times
from collector.integrity.audit.exports.presets import (
    ASKS,
    NAMES,
    PRESETS,
    TELLS,
    measured,
    plain,
    recognise,
)
from collector.integrity.audit.exports.scale_words import NOTHING

PLAUSIBLE = 0.5
LARGE = 20
# Headers that are a score only where nothing better is.
WEAK = frozenset(("value", "answer", "result", "rate", "note", "grade", "评价", "nota"))
_ASIDE = re.compile(r"\s*[(\[（【].*?[)\]）】]\s*")
Sample = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Named:
    """`names`: field → column. `sure`: fields that were asked for or have our own names."""

    names: Mapping[str, str]
    sure: frozenset[str]
    preset: str = ""


@dataclass(slots=True)
class _Naming:
    file: str
    header: Sequence[str]
    texts: Mapping[str, str]
    sample: Sample
    names: dict[str, str] = field(default_factory=dict)

    def take(self, field: str, column: str | None) -> None:
        if column is not None and field not in self.names:
            self.names[field] = column

    def first(self, candidates: Sequence[str], field: str) -> str | None:
        """The first of these headers that is there and can hold the field."""
        by_plain: dict[str, str] = {}
        for column in self.header:
            by_plain.setdefault(plain(_ASIDE.sub(" ", column)), column)
        by_plain |= {plain(column): column for column in self.header}
        for name in candidates:
            column = by_plain.get(name, "")
            if not column or column in self.names.values():
                continue
            if field == "score" and not self.can_be_score(column):
                continue
            if field in TIMES[self.file] and not self.can_be_time(column):
                continue
            return column
        return None

    def cells(self, column: str) -> list[Any]:
        return [row[column] for row in self.sample if row.get(column) not in (None, "")]

    def can_be_time(self, column: str) -> bool:
        cells = self.cells(column)
        return bool(cells) and sum(map(_is_time, cells)) > PLAUSIBLE * len(cells)

    def can_be_score(self, column: str) -> bool:
        counts = Counter(str(cell) for cell in self.cells(column))
        scale = scales.find(counts)
        read = sum(counts[value] for value in scale.scores if scale.scores[value] is not None)
        told = sum(scales.folded(value) not in NOTHING for value in counts)
        # A sum below the table is no reason; a column of sums is.
        large = sum(counts[value] for value, score in scale.scores.items() if (score or 0) > 100)
        return 0 < read >= LARGE * large and told <= 110 and len(scale.unread) <= told / 2


def find(
    file: str, header: Sequence[str], texts: Mapping[str, str], columns: Columns, sample: Sample
) -> Named:
    """Raises InvalidInput where a response's score or time cannot be found, or two could be it."""
    naming = _Naming(file, header, texts, sample)
    for name, asked in columns.of(file).items():
        naming.take(name, column_of(asked, header, texts))
    for name in FILES[file]:
        if name in header:
            naming.take(name, name)
    for name in FILES[file]:
        naming.take(name, naming.first((plain(name),), name))
    sure = frozenset(naming.names)
    if file != "responses":
        return Named(naming.names, sure)
    key = columns.preset or ("" if sure >= {"score", "answered_at"} else recognise(header))
    if not sure >= set(NEEDED["responses"]):
        preset = PRESETS.get(key)
        for name, candidates in preset.fields.items() if preset else ():
            naming.take(name, naming.first(candidates, name))
        if "score" not in naming.names:
            naming.take("score", _score(naming, columns.metric))
        for name, candidates in NAMES.items():
            if name != "score":
                naming.take(name, naming.first(candidates, name))
        if "answered_at" not in naming.names:
            naming.take("answered_at", _only_time(naming))
        naming.take("comment", _comment(naming))
    _complete(naming)
    return Named(naming.names, sure, key)


def column_of(asked: str, header: Sequence[str], texts: Mapping[str, str]) -> str | None:
    """The column that somebody means: its name to the letter, else but for case and spaces."""
    if asked in header:
        return asked
    for column in header:
        if plain(asked) and plain(asked) in (plain(column), plain(texts.get(column, ""))):
            return column
    return None


def check(columns: Columns, headers: Mapping[str, tuple[Sequence[str], Mapping[str, str]]]) -> None:
    """Is every column there that was asked for? `headers`: file → its columns and their texts."""
    for one in columns.asked:
        there = [headers[file] for file in one.files if file in headers]
        if any(column_of(one.column, *header) is not None for header in there):
            continue
        all_names = list(dict.fromkeys(name for header, _ in there for name in header))
        where = f"in {' or '.join(file for file in one.files if file in headers)}"
        if not there:
            where = f"({', '.join(one.files)} is not there)"
        raise InvalidInput(
            f"There is no column '{one.column}' {where} for {one.field}."
            f"{nearest(one.column, all_names, 'Near it')} "
            f"Columns: {', '.join(all_names[:40]) or 'none'}.",
            code="no_column",
        )


def _score(naming: _Naming, metric: str) -> str | None:
    """By its name, else by its question. Raises InvalidInput where two could be it."""
    likely = _like(naming, strong=True) or _asking(naming) or _like(naming, strong=False)
    if len(likely) > 1 and metric:
        likely = [
            column for column in likely if measured(naming.texts.get(column, column)) == metric
        ] or likely
    if len(likely) > 1:
        listed = "; ".join(naming.texts.get(column, column)[:70] for column in likely[:6])
        raise InvalidInput(
            f"Several columns could be the score: {listed}. Say which with --map "
            f"score='{likely[0]}', and audit one question at a time.",
            code="several_scores",
        )
    return likely[0] if likely else None


def _like(naming: _Naming, *, strong: bool) -> list[str]:
    """Columns whose header is a usual word for a score."""
    usual = {name for name in NAMES["score"] if (name in WEAK) is not strong}
    found = []
    for column in naming.header:
        words = {plain(column), plain(_ASIDE.sub(" ", column))}
        if words & usual and column not in naming.names.values() and naming.can_be_score(column):
            found.append(column)
    return found


def _asking(naming: _Naming) -> list[str]:
    """Columns whose header asks for a score, and whose cells are some."""
    found = []
    for column in naming.header:
        text = naming.texts.get(column, column)
        grouped = plain(column).endswith("npsgroup")
        if column in naming.names.values() or grouped or not (ASKS.search(text) or measured(text)):
            continue
        cells = [str(cell) for cell in naming.cells(column)]
        words = sum(not cell.isdigit() for cell in cells) > PLAUSIBLE * len(cells)
        if naming.can_be_score(column) and not (words and TELLS.search(text)):
            found.append(column)
    return found


def _comment(naming: _Naming) -> str | None:
    """The first column whose question asks for words, and gets some."""
    for column in naming.header:
        if column in naming.names.values() or not TELLS.search(naming.texts.get(column, column)):
            continue
        cells = [str(cell) for cell in naming.cells(column)]
        if cells and not naming.can_be_score(column) and not _is_time(cells[0]):
            return column
    return None


def _only_time(naming: _Naming) -> str | None:
    """The one column that holds times, whatever it is called; None where there are more."""
    found = [
        column for column in naming.header
        if column not in naming.names.values() and naming.can_be_time(column)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _complete(naming: _Naming) -> None:
    lacking = [name for name in ("score", "answered_at") if name not in naming.names]
    if not lacking:
        return
    if not naming.sample:
        raise InvalidInput(
            f"There is not one line under the header ({', '.join(naming.header[:40])}).",
            code="no_answers",
        )
    what = {"score": "the score", "answered_at": "the time of the answer"}
    could = [
        column for column in naming.header
        if column not in naming.names.values() and (
            naming.can_be_score(column) if lacking[0] == "score" else naming.can_be_time(column)
        )
    ]  # fmt: skip
    hint = f" It could be {', '.join(could[:6])}." if could else ""
    example = could[0] if could else "COLUMN"
    raise InvalidInput(
        f"No column was recognised as {' or '.join(what[name] for name in lacking)}.{hint} Say "
        f"which it is: --map {lacking[0]}='{example}'. "
        f"Columns: {', '.join(naming.header[:40]) or 'none'}.",
        code="no_column",
    )


def _is_time(cell: Any) -> bool:
    try:
        return 0 <= times.read(cell) < 4e9 and (not _is_small(cell))
    except times.Undecided:
        return True
    except (ValueError, OverflowError):
        return False


def _is_small(cell: Any) -> bool:
    """A number such as 5 is no time, although it could be seconds since 1970."""
    try:
        return float(cell) < times.SERIALS[0]
    except (TypeError, ValueError):
        return False
