"""What a reader of the feed may ask for. A parameter that is not here is refused by its name."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.exports import files

LIMIT = 1_000
MAX_LIMIT = 10_000
MAX_NUMBER = 2**63 - 1


class PageQuery(Schema):
    """Which page, and how it should look."""

    after = fields.Integer(
        load_default=0,
        validate=validate.Range(0, MAX_NUMBER),
        metadata={"description": "the last number that you read; 0 for the start"},
    )
    limit = fields.Integer(
        load_default=LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "rows at most"},
    )
    format = fields.String(
        load_default="json",
        validate=validate.OneOf(("json", *files.FORMATS)),
        metadata={"description": "form of the answer"},
    )
