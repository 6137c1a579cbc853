"""Reads a file of any kind into rows of cells, one at a time: CSV of any separator, a workbook,
NDJSON, a JSON list. Which row is the header is found in `header.py`.
"""

from __future__ import annotations

import csv
import io
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from collector.errors import InvalidInput
from collector.integrity.audit.exports import encodings

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LOOKED_AT = 60
Progress = Callable[[int], None]
# A row's number in the file and its cells; or what is wrong with the line.
Numbered = tuple[int, list[Any] | str]
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written. `kind`: csv, xlsx, ndjson or json."""

    kind: str
    encoding: str = ""
    separator: str = ""

    @property
    def said(self) -> str:
        """In words."""
        if self.kind != "csv":
            return {"xlsx": "a workbook", "ndjson": "JSON lines", "json": "a JSON list"}[self.kind]
        return f"text in {self.encoding}, separated by {SEPARATOR_NAMES[self.separator]}"


def shape_of(path: Path, encoding: str = "") -> Shape:
    """What kind of file this is, by what is in it. Raises InvalidInput where it cannot be read."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04"):
        if find_spec("openpyxl") is None:
            raise InvalidInput(
                f"{path.name} is an Excel workbook, and the package that reads it is not there. "
                "Run: pip install 'collector[xlsx]' (or save the sheet as CSV UTF-8).",
                code="no_openpyxl",
            )
        return Shape("xlsx")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise InvalidInput(
            f"{path.name} is a workbook of Excel 97. Save it as .xlsx or as CSV UTF-8.",
            code="old_workbook",
        )
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if path.suffix in (".ndjson", ".jsonl") or first == b"{":
        return Shape("ndjson")
    if path.suffix == ".json" or first == b"[":
        return Shape("json")
    name = encodings.known(encoding) if encoding else encodings.detect(path)
    return Shape("csv", name, _separator(path, name))


def _separator(path: Path, encoding: str) -> str:
    """The sign that cuts most rows into equally many cells."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(2**18)
    if text[:4].lower() == "sep=" and len(text) > 4:
        return text[4]
    best, most = ",", 0.0
    for sign in SEPARATORS:
        try:
            rows = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=sign)
            widths = [len(row) for row in islice(rows, LOOKED_AT) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = (widths.count(usual) / len(widths)) ** 2 * usual if usual > 1 else 0.0
        if score > most:
            best, most = sign, score
    return best


def rows(path: Path, shape: Shape, progress: Progress = lambda done: None) -> Iterator[Numbered]:
    """Every row of a table with its number, the header's and blank ones too."""
    yield from _workbook(path) if shape.kind == "xlsx" else _text(path, shape, progress)
    progress(path.stat().st_size)


def objects(
    path: Path, shape: Shape, progress: Progress = lambda done: None
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Every object of a file in JSON with its line; or what is wrong with that line."""
    if shape.kind == "json":
        try:
            whole = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            raise InvalidInput(f"{path.name} is not JSON: {error}.", code="not_json") from error
        for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
            yield number, item if isinstance(item, dict) else "not an object"
        progress(path.stat().st_size)
        return
    done = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            done += len(line)
            if number % 2000 == 0:
                progress(done)
            text = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not text:
                continue
            try:
                raw = orjson.loads(text)
            except orjson.JSONDecodeError:
                yield number, "not JSON"
                continue
            yield number, raw if isinstance(raw, dict) else "not an object"
    progress(done)


def _text(path: Path, shape: Shape, progress: Progress) -> Iterator[Numbered]:
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=shape.encoding, errors="replace", newline="")
        clean = (line.replace("\0", "") for line in text)
        reader = csv.reader(clean, delimiter=shape.separator)
        before = 0
        try:
            for count, cells in enumerate(reader):
                if count % 2000 == 0:
                    progress(raw.tell())
                before, number = reader.line_num, before + 1
                if number == 1 and cells and cells[0].lower().startswith("sep="):
                    continue
                yield number, [cell.strip() for cell in cells]
        except csv.Error as error:
            yield reader.line_num, f"not CSV ({error}); stopped here"


def _workbook(path: Path) -> Iterator[Numbered]:
    """The rows of the first sheet that has more than one."""
    import openpyxl  # optional, and heavy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations that nobody needs here
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except Exception as error:
            raise InvalidInput(
                f"{path.name} cannot be opened as a workbook. Save it again as .xlsx, without a "
                "password, or as CSV UTF-8.",
                code="bad_workbook",
            ) from error
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # some tools write wrong ones
                if sum(1 for row in islice(sheet.iter_rows(values_only=True), 3) if any(row)) > 1:
                    break
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_cell(value) for value in row]
        finally:
            book.close()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value
