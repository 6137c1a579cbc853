"""What a reader of the feed may ask for. A parameter that is not here is refused by its name."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.exports import files

LIMIT = 1_000
MAX_LIMIT = 10_000
SHAPES = ("revisions", "current")
ENDS = ("number", "null")


class PageQuery(Schema):
    """Which page, and how it should look."""

    after = fields.String(
        load_default="0",
        validate=validate.Length(max=100),
        metadata={
            "description": "the position that the last page said (Collector-Position), or the "
            "last number that you read; 0 for the start"
        },
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
    shape = fields.String(
        load_default="revisions",
        validate=validate.OneOf(SHAPES),
        metadata={
            "description": "revisions: every row; current: of each response (or invitation) the "
            "newest alone, at most once on a page, again with a higher number when it changes"
        },
    )
    survey = fields.String(
        load_default="",
        validate=validate.Length(max=64),
        metadata={"description": "key of one survey; without it, every survey"},
    )
    updated_since = fields.String(
        load_default="",
        validate=validate.Length(max=40),
        metadata={"description": "published on this day (UTC) or time, or later"},
    )
    until = fields.String(
        load_default="",
        validate=validate.Length(max=40),
        metadata={
            "description": "published before this day (UTC) or time; with shape=current the newest "
            "rows of then"
        },
    )
    fields_ = fields.String(
        load_default="",
        data_key="fields",
        validate=validate.Length(max=1000),
        metadata={
            "description": "columns, with commas between; number, the key, revision, kind and "
            "updated_at always come"
        },
    )
    wait = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 30),
        metadata={
            "description": "where there is nothing new: seconds to wait for it, instead of "
            "answering at once; 429 with Retry-After where enough readers wait already"
        },
    )
    bom = fields.Boolean(
        load_default=False,
        metadata={"description": "CSV that begins with a byte-order mark, for spreadsheets"},
    )
    end = fields.String(
        load_default="number",
        validate=validate.OneOf(ENDS),
        metadata={
            "description": "null: `next` is a position, and null once there is no more (the header "
            "Collector-Next-After is not there then); number: both are there at the end too"
        },
    )
