"""The contract of what is exported, told in three ways: JSON Schema, a page, and lines to compare.

All made from `datasets.py`, so none can say another thing. The schema is served by the API, the
page is docs/data-dictionary.md, the lines are kept in tests/contracts/ and compared: a published
column never changes its name, type, nullability or place. Pure.
"""

from __future__ import annotations

from typing import Any, Final

from collector.exports.datasets import RECORD, RESPONSES, SCHEMA, Column

DATASET: Final = "responses"
# JSON, Parquet and Arrow, CSV.
_FORMS: Final = {
    "integer": ("number", "int64", "digits"),
    "number": ("number", "double", "digits with a point"),
    "text": ("string", "string", "text"),
    "timestamp": ("string, RFC 3339 in UTC with milliseconds", "timestamp, UTC", "as in JSON"),
    "list": ("array of strings", "list of strings", "JSON text"),
    "records": ("array of objects", "JSON text", "JSON text"),
}


def json_schema(columns: tuple[Column, ...] = RESPONSES) -> dict[str, Any]:
    """A row in JSON or NDJSON, as JSON Schema 2020-12. It lets columns in that may come."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A row of {DATASET}",
        "version": SCHEMA,
        "primaryKey": ["response_id"],
        "revisionKey": ["response_id", "revision"],
        "cursor": "number",
        "type": "object",
        "properties": {column.name: _property(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": True,
    }


def lines() -> list[str]:
    """A line for each column: what may not change."""
    told = [_line(column) for column in RESPONSES]
    return [*told, *(f"subjects.{name} text{' null' * (name != 'role')}" for name in RECORD)]


def dictionary() -> str:
    """The page for people."""
    rows = [
        f"| `{one.name}` | {one.type} | {'yes' if one.nullable else ''} | {_meaning(one)} |"
        for one in RESPONSES
    ]
    forms = [f"| {kind} | {' | '.join(said)} |" for kind, said in _FORMS.items()]
    record = [f"| `{name}` | {meaning} |" for name, meaning in RECORD.items()]
    return "\n".join([_OPENING, *rows, _RECORDS, *record, _TYPES, *forms, ""])


def _property(column: Column) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "integer": {"type": "integer"},
        "number": {"type": "number"},
        "text": {"type": "string"},
        "timestamp": {"type": "string", "format": "date-time"},
        "list": {"type": "array", "items": {"type": "string"}},
        "records": {"type": "array", "items": _record()},
    }
    said = kinds[column.type]
    if column.nullable:
        said = {**said, "type": [said["type"], "null"]}
    elif column.type == "text":
        said = {**said, "minLength": 1}
    return {**said, "description": _meaning(column)}


def _record() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            name: {"type": "string" if name == "role" else ["string", "null"], "description": said}
            for name, said in RECORD.items()
        },
        "required": list(RECORD),
        "additionalProperties": True,
    }


def _line(column: Column) -> str:
    return f"{column.name} {column.type}{' null' if column.nullable else ''}"


def _meaning(column: Column) -> str:
    return column.meaning + (f" ({column.unit})" if column.unit else "")


def _paragraph(text: str) -> str:
    """Written over several lines here, one line on the page."""
    return " ".join(text.split())


_OPENING: Final = "\n".join(
    [
        "# Data dictionary",
        "",
        _paragraph(f"""
            Made from `collector/exports/datasets.py` by `python -m tests.contracts.dictionary`; do
            not edit it here. As JSON Schema: `GET /v1/exports/{DATASET}/schema`. How to take the
            rows: [exporting.md](exporting.md)."""),
        "",
        f"## `{DATASET}`, schema {SCHEMA}",
        "",
        _paragraph(f"""
            A row for each revision of each response: the answer, an edit, a changed verdict, an
            erasure. Key of a revision: `response_id`, `revision`. Key of a response: `response_id`,
            of which the highest `revision` holds (with `shape=current` there is one row of each on
            a page or in a file). Within schema {SCHEMA} columns are only added, at the end; names,
            types and nullability stay."""),
        "",
        _paragraph("""
            **Null means absent**, in every column and form; the empty text never stands for it. CSV
            writes null as an empty cell. After an erasure `comment`, `invitation_id`, `person_id`
            and `event_id` are null in *all* revisions of the response, of `subjects` only those
            stay whom the answer is about, and a row of kind `tombstone` follows. `response_id`
            stays, and so does the bare score: it counts."""),
        "",
        "| column | type | may be null | meaning |",
        "| --- | --- | --- | --- |",
    ]
)
_RECORDS: Final = """
### An entry of `subjects`

A list, by role, then id; `[]` without subjects. A new role is a new entry, never a new column.

| field | meaning |
| --- | --- |"""
_TYPES: Final = """
### What a type is in each form

| type | JSON, NDJSON | Parquet, Arrow | CSV |
| --- | --- | --- | --- |"""
