"""Counts what a call could not have kept, so that whoever runs the service sees it.

Used by the views that take something in; the numbers are `intake/left_out.py`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import g
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from werkzeug.exceptions import HTTPException

from collector.errors import Conflict, InvalidInput, Problem
from collector.intake import left_out
from collector.intake.outcomes import Outcome
from collector.web.auth import require_scope
from collector.web.errors import code_of

blueprint = Blueprint("refused", __name__, url_prefix="/v1", description="What was not kept")
LOST = (413, 415)  # refused before it was read


class RefusedQuerySchema(Schema):
    days = fields.Integer(
        load_default=7,
        validate=validate.Range(1, 400),
        metadata={"description": "today among them"},
    )


class RefusedLineSchema(Schema):
    """One reason with how often it came."""

    kind = fields.String(
        required=True,
        metadata={
            "enum": [left_out.REFUSED, left_out.UNHEARD, left_out.CUT],
            "description": "nothing was kept; no live rule listens; kept without that value",
        },
    )
    way = fields.String(required=True, metadata={"description": "events, segment, people, signals"})
    key = fields.String(required=True, metadata={"description": "the name of the API key"})
    code = fields.String(required=True)
    field = fields.String(
        required=True, metadata={"description": "where; of `unheard`, the type that is meant"}
    )
    number = fields.Integer(required=True)
    last_at = fields.DateTime(required=True)


class RefusedSchema(Schema):
    refused = fields.List(fields.Nested(RefusedLineSchema), required=True)


@blueprint.route("/refused")  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="What could not be kept, counted by reason", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(RefusedQuerySchema, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, RefusedSchema)  # type: ignore[untyped-decorator]
def get_refused(query: dict[str, Any]) -> dict[str, list[left_out.Line]]:
    """What is lost comes first, then what nobody listens to, then what was cut to fit."""
    return {"refused": left_out.listed(query["days"])}


@contextmanager
def counted(way: str) -> Iterator[None]:
    """Count a call that is refused as a whole; a decorator for a view behind `require_scope`."""
    try:
        yield
    except (InvalidInput, Conflict) as error:
        problems = getattr(error, "problems", ()) or (
            Problem(error.code, error.detail, error.pointer),
        )
        left_out.count(way, g.api_key_id, left_out.reasons(left_out.REFUSED, problems))
        raise
    except HTTPException as error:
        if error.code in LOST:
            refused = Counter({(left_out.REFUSED, code_of(error), ""): 1})
            left_out.count(way, g.api_key_id, refused)
        raise


def count(
    way: str,
    outcomes: Iterable[Outcome],
    cut: Iterable[Problem] = (),
    unheard: Iterable[str] = (),
) -> None:
    """Count what became of the items of a call. `cut`: what was left out while they were read;
    `unheard`: for each event that nobody listens to, the type that was meant, "" for none."""
    found = left_out.reasons(left_out.CUT, cut)
    for outcome in outcomes:
        found += left_out.reasons(left_out.REFUSED, outcome.problems)
        found += left_out.reasons(left_out.CUT, outcome.notes)
    for kind in filter(None, unheard):
        found[left_out.UNHEARD, "no_rule_listens", kind] += 1
    left_out.count(way, g.api_key_id, found)
