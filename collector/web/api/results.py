"""What a call that takes one item or a list answers: a result for each, in the order of the body.

202 if all were taken or known, 207 if some of a list were not; a single item that cannot be taken
is a problem by itself (422, 409).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from flask import Response
from marshmallow import Schema, fields

from collector.errors import Conflict, InvalidInput
from collector.intake.outcomes import CONFLICT, FINE, STATUSES, Outcome, Refused
from collector.web.errors import told
from collector.web.jsons import line

ACCEPTED, MIXED = 202, 207
STATUS: Final = {"enum": list(STATUSES)}
Item = TypeVar("Item")


class ProblemSchema(Schema):
    """One thing wrong with an item."""

    code = fields.String(required=True)
    detail = fields.String(required=True)
    pointer = fields.String(
        required=True,
        metadata={"description": "JSON Pointer into the body, such as /3/person/phone"},
    )


class OutcomeSchema(Schema):
    """What became of one item."""

    status = fields.String(required=True, metadata=STATUS)
    source = fields.String(required=True)
    problems = fields.List(fields.Nested(ProblemSchema))
    notes = fields.List(
        fields.Nested(ProblemSchema),
        metadata={"description": "what of an accepted item was left out, and why"},
    )


def single(
    item: Item | Refused,
    receive: Callable[[Sequence[Item | Refused]], list[Outcome]],
    *,
    called: str,
    id_at: str,
    more: str = "",
) -> Outcome:
    """Take in one item, `called` so. Raises InvalidInput, and Conflict pointing to its id."""
    if isinstance(item, Refused):
        raise InvalidInput(
            f"This {called} cannot be used as it is; everything wrong with it is listed in "
            f"`errors`.{more}",
            code=f"invalid_{called}",
            pointer=item.problems[0].pointer,
            problems=item.problems,
        )
    (outcome,) = receive([item])
    if outcome.status == CONFLICT:
        problem = outcome.problems[0]
        raise Conflict(problem.detail, code=problem.code, pointer=id_at)
    return outcome


def shown(outcome: Outcome, id_name: str) -> dict[str, Any]:
    """An outcome as the answer holds it; the sender's id has the name that the sender gave it."""
    result: dict[str, Any] = {
        "status": outcome.status,
        "source": outcome.source,
        id_name: outcome.sender_id,
    }
    if outcome.id:
        result["id"] = outcome.id
    if outcome.problems:
        result["problems"] = told(outcome.problems)
    if outcome.notes:
        result["notes"] = told(outcome.notes)
    return result


def answer(results: Sequence[dict[str, Any]]) -> Response:
    """The whole answer."""
    body = line({"results": results})
    fine = all(result["status"] in FINE for result in results)
    return Response(body, ACCEPTED if fine else MIXED, mimetype="application/json")
