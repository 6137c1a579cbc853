"""What a page of each feed looks like, for the API's own description. Made of `exports/catalog.py`.

Rows are never put through these: the database writes their lines (`page_body.py`).
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from collector.exports import files
from collector.exports.catalog import INVITATIONS, RESPONSES, Dataset
from collector.exports.datasets import SUBJECTS, Column, Entry
from collector.exports.invited.columns import ON_A_CHANNEL

FIELDS: dict[str, type[fields.Field[Any]]] = {
    "integer": fields.Integer,
    "number": fields.Float,
    "text": fields.String,
    "timestamp": fields.DateTime,
}


def _entry(name: str, entries: tuple[Entry, ...]) -> type[Schema]:
    return Schema.from_dict(
        {
            one.name: FIELDS[one.type](
                required=True, allow_none=one.nullable, metadata={"description": one.meaning}
            )
            for one in entries
        },
        name=name,
    )


ENTRIES = {
    SUBJECTS.name: _entry("SubjectEntry", SUBJECTS.entry),
    "by_channel": _entry("ChannelEntry", ON_A_CHANNEL),
}


def _field(column: Column, dataset: Dataset) -> fields.Field[Any]:
    unit = f" ({column.unit})" if column.unit else ""
    arguments: dict[str, Any] = {
        "allow_none": column.nullable,
        "required": column.name in dataset.always,  # `fields` leaves out the others
        "metadata": {"description": column.meaning + unit},
    }
    if column.type == "list":
        return fields.List(fields.String(), **arguments)
    if column.type == "records":
        return fields.List(fields.Nested(ENTRIES[column.name]), **arguments)
    return FIELDS[column.type](**arguments)


def _row(name: str, dataset: Dataset) -> type[Schema]:
    return Schema.from_dict({c.name: _field(c, dataset) for c in dataset.columns}, name=name)


class _Page(Schema):
    """A page of a feed; each dataset has its own rows."""

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


class ResponsePage(_Page):
    """A page of the feed of responses."""

    rows = fields.List(fields.Nested(_row("ResponseRow", RESPONSES)), required=True)


class InvitationPage(_Page):
    """A page of the feed of invitations."""

    rows = fields.List(fields.Nested(_row("InvitationRow", INVITATIONS)), required=True)


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


def answers(page: type[Schema]) -> dict[str, Any]:
    """Everything that is answered, and in which forms; `page` in JSON."""
    return {
        "200": {
            "description": "A page, in the form that was asked for.",
            "headers": HEADERS,
            "content": {
                kind.partition(";")[0]: {"schema": page if name == "json" else _form(kind)}
                for name, kind in files.MEDIA_TYPES.items()
            },
        },
        "304": {"description": "The page is as you have it."},
        "409": {
            "description": "The position is none of this feed as it is now; `detail` says why."
        },
        "429": {"description": "Enough readers wait already; come again, or ask without `wait`."},
    }
