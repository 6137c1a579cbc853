"""The two parameters of every list that is read page by page, the newest first."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from collector.model.sql.paging import MAX_PAGE, USUAL


class PageSchema(Schema):
    """Which page. Pass the last id of the page that you have to get the next one."""

    before = fields.String(
        load_default="", validate=validate.Length(max=40),
        metadata={"description": "the last id of the page that you have"},
    )  # fmt: skip
    limit = fields.Integer(load_default=USUAL, validate=validate.Range(min=1, max=MAX_PAGE))
