"""What a page of the feed looks like, for the API's own description. Made of `exports/datasets.py`.

Rows are never put through these: the database writes their lines (`page_body.py`).
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from collector.exports import files
from collector.exports.cut import ALWAYS
from collector.exports.datasets import RECORD, RESPONSES, Column

FIELDS = {
    "integer": fields.Integer,
    "number": fields.Float,
    "text": fields.String,
    "timestamp": fields.DateTime,
}
SubjectEntry = Schema.from_dict(
    {
        name: fields.String(
            required=True, allow_none=name != "role", metadata={"description": meaning}
        )
        for name, meaning in RECORD.items()
    },
    name="SubjectEntry",
)


def _field(column: Column) -> fields.Field[Any]:
    unit = f" ({column.unit})" if column.unit else ""
    arguments: dict[str, Any] = {
        "allow_none": column.nullable,
        "required": column.name in ALWAYS,  # `fields` leaves out the others
        "metadata": {"description": column.meaning + unit},
    }
    if column.type == "list":
        return fields.List(fields.String(), **arguments)
    if column.type == "records":
        return fields.List(fields.Nested(SubjectEntry), **arguments)
    plain: type[fields.Field[Any]] = FIELDS[column.type]
    return plain(**arguments)


ResponseRow = Schema.from_dict({c.name: _field(c) for c in RESPONSES}, name="ResponseRow")


class ResponsePage(Schema):
    """A page of the feed."""

    rows = fields.List(fields.Nested(ResponseRow), required=True)
    next = fields.Raw(
        required=True,
        allow_none=True,
        metadata={
            "type": ["integer", "string"],
            "description": "give this as `after` in the next call: the last number; with end=null "
            "the position, null where there is no more",
        },
    )
    position = fields.String(
        required=True,
        metadata={"description": "where you stand now, also as `after`: keep this one"},
    )
    more = fields.Boolean(
        required=True, metadata={"description": "false: you have read all there is for now"}
    )
    schema = fields.Integer(
        required=True, metadata={"description": "version of the columns' contract"}
    )


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


def _form(kind: str) -> dict[str, str]:
    """How text, and bytes, are described (OpenAPI 3.1)."""
    return {"type": "string"} | ({} if "text" in kind else {"contentMediaType": kind})


HEADERS: dict[str, Any] = {
    "Collector-Position": _header("where you stand now: keep it, and give it as `after`"),
    "Collector-Next-After": _header("the same; with end=null only while there is more"),
    "Collector-Schema": _header("version of the columns' contract", "integer"),
    "Link": _header('the next page, `rel="next"`, while there is more (RFC 8288)'),
    "ETag": _header("of this page; If-None-Match with it is answered with 304"),
}
# Everything that is answered, and in which forms.
ANSWERS: dict[str, Any] = {
    "200": {
        "description": "A page, in the form that was asked for.",
        "headers": HEADERS,
        "content": {
            kind.partition(";")[0]: {"schema": ResponsePage if name == "json" else _form(kind)}
            for name, kind in files.MEDIA_TYPES.items()
        },
    },
    "304": {"description": "The page is as you have it."},
    "409": {"description": "The position is none of this feed as it is now; `detail` says why."},
    "429": {"description": "Enough readers wait already; come again, or ask without `wait`."},
}
