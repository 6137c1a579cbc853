"""The contract of what is exported, told in three ways: JSON Schema, a page, and lines to compare.

All made from `catalog.py`, so none can say another thing. The schema is served by the API, the
page is docs/data-dictionary.md, the lines are kept in tests/contracts/ and compared: a published
column never changes its name, type, nullability or place. Pure.
"""

from __future__ import annotations

from typing import Any, Final

from collector.exports.catalog import DATASETS, RESPONSES, Dataset
from collector.exports.datasets import Column, Entry

# JSON, Parquet and Arrow, CSV.
_FORMS: Final = {
    "integer": ("number", "int64", "digits"),
    "number": ("number", "double", "digits with a point"),
    "text": ("string", "string", "text"),
    "timestamp": ("string, RFC 3339 in UTC with milliseconds", "timestamp, UTC", "as in JSON"),
    "list": ("array of strings", "list of strings", "JSON text"),
    "records": ("array of objects", "JSON text", "JSON text"),
}
_JSON: Final[dict[str, dict[str, Any]]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "text": {"type": "string"},
    "timestamp": {"type": "string", "format": "date-time"},
    "list": {"type": "array", "items": {"type": "string"}},
}


def json_schema(dataset: Dataset = RESPONSES) -> dict[str, Any]:
    """A row in JSON or NDJSON, as JSON Schema 2020-12. It lets columns in that may come."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A row of {dataset.name}",
        "version": dataset.schema,
        "primaryKey": [dataset.key],
        "revisionKey": [dataset.key, "revision"],
        "cursor": "number",
        "type": "object",
        "properties": {column.name: _property(column) for column in dataset.columns},
        "required": [column.name for column in dataset.columns],
        "additionalProperties": True,
    }


def lines(dataset: Dataset = RESPONSES) -> list[str]:
    """A line for each column, then one for each field of an entry: what may not change."""
    fields = [_line(one, f"{column.name}.") for column in dataset.columns for one in column.entry]
    return [*(_line(column) for column in dataset.columns), *fields]


def dictionary() -> str:
    """The page for people."""
    forms = [f"| {kind} | {' | '.join(said)} |" for kind, said in _FORMS.items()]
    return "\n".join([_OPENING, *map(_chapter, DATASETS), _TYPES, *forms, ""])


def _chapter(dataset: Dataset) -> str:
    rows = [
        f"| `{one.name}` | {one.type} | {'yes' if one.nullable else ''} | {_meaning(one)} |"
        for one in dataset.columns
    ]
    told = [_HEAD.format(
        name=dataset.name, schema=dataset.schema, about=dataset.about, key=dataset.key,
        one=dataset.one, erased=_listed(dataset.erased),
    ), *rows]  # fmt: skip
    for column in dataset.columns:
        if column.entry:
            told += [_ENTRY.format(name=column.name, note=_NOTES[column.name])]
            told += [f"| `{one.name}` | {one.type} | {one.meaning} |" for one in column.entry]
    return "\n".join([*told, ""])


def _property(column: Column) -> dict[str, Any]:
    said = _JSON[column.type] if column.type != "records" else _entries(column)
    if column.nullable:
        said = {**said, "type": [said["type"], "null"]}
    elif column.type == "text":
        said = {**said, "minLength": 1}
    return {**said, "description": _meaning(column)}


def _entries(column: Column) -> dict[str, Any]:
    fields = {}
    for one in column.entry:
        kind = _JSON[one.type]
        named = [kind["type"], "null"] if one.nullable else kind["type"]
        fields[one.name] = {**kind, "type": named, "description": one.meaning}
    entry = {
        "type": "object",
        "properties": fields,
        "required": [one.name for one in column.entry],
        "additionalProperties": True,
    }
    return {"type": "array", "items": entry}


def _line(one: Column | Entry, of: str = "") -> str:
    return f"{of}{one.name} {one.type}{' null' if one.nullable else ''}"


def _meaning(column: Column) -> str:
    return column.meaning + (f" ({column.unit})" if column.unit else "")


def _listed(names: tuple[str, ...]) -> str:
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} and {last}"


def _paragraph(text: str) -> str:
    """Written over several lines here, one line on the page."""
    return " ".join(text.split())


_OPENING: Final = "\n".join(
    [
        "# Data dictionary",
        "",
        _paragraph("""
            Made from `collector/exports/catalog.py` by `python -m tests.contracts.dictionary`; do
            not edit it here. As JSON Schema: `GET /v1/exports/DATASET/schema`. How to take the
            rows: [exporting.md](exporting.md)."""),
        "",
        _paragraph("""
            **Null means absent**, in every column and form; the empty text never stands for it. CSV
            writes null as an empty cell. Within a schema columns are only added, at the end; names,
            types and nullability stay."""),
        "",
    ]
)
_HEAD: Final = "\n".join(
    [
        "## `{name}`, schema {schema}",
        "",
        _paragraph("""
            {about} Key of a revision: `{key}`, `revision`. Key of the {one}: `{key}`, of which the
            highest `revision` holds (with `shape=current` there is one row of each on a page or in
            a file)."""),
        "",
        _paragraph("""
            After an erasure {erased} are null in *all* revisions of the {one}, of `subjects` only
            those stay whom it is about, and a row of kind `tombstone` follows. `{key}` stays, and
            so do the bare facts: they count."""),
        "",
        "| column | type | may be null | meaning |",
        "| --- | --- | --- | --- |",
    ]
)
_NOTES: Final = {
    "subjects": "A list, by role, then id; `[]` without subjects. A new role is a new entry, never "
    "a new column.",
    "by_channel": "A list, in the order in which channels were first tried; `[]` before the first "
    "message. The fields of an entry come by name.",
}
_ENTRY: Final = """
### An entry of `{name}`

{note}

| field | type | meaning |
| --- | --- | --- |"""
_TYPES: Final = """## What a type is in each form

| type | JSON, NDJSON | Parquet, Arrow | CSV |
| --- | --- | --- | --- |"""
