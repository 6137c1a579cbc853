"""How the API document describes appeals and rulings. Used by `appeals.py` and `findings.py`."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from collector.integrity.appeals import terms
from collector.integrity.appeals.terms import FINDING, RESPONSE
from collector.web.api.obligatory import obligatory
from collector.web.api.paging import PageSchema

BY = {"description": "who: an id that your own systems know, no name"}


def words(options: Any) -> str:
    """The options with their meanings, as one sentence."""
    return "; ".join(f"`{key}`: {meaning}" for key, meaning in options.items())


class AppealBodySchema(Schema):
    """An appeal against an answer's verdict."""

    by = obligatory(**BY)
    ground = obligatory(
        enum=list(terms.GROUNDS[RESPONSE]), description=words(terms.GROUNDS[RESPONSE])
    )
    statement = fields.String(
        load_default="",
        metadata={
            "description": f"in their own words, up to {terms.MAX_STATEMENT} characters; no "
            "personal data of customers, please"
        },
    )


class FindingAppealBodySchema(AppealBodySchema):
    """An appeal against a finding."""

    ground = obligatory(
        enum=list(terms.GROUNDS[FINDING]), description=words(terms.GROUNDS[FINDING])
    )


class RulingBodySchema(Schema):
    """A ruling on an appeal."""

    by = obligatory(**BY)
    decision = obligatory(enum=[terms.UPHELD, terms.DISMISSED])
    outcome = fields.String(
        load_default="",
        metadata={
            "enum": ["", *terms.OUTCOMES[RESPONSE], *terms.OUTCOMES[FINDING]],
            "description": "where upheld. Of an answer: " + words(terms.OUTCOMES[RESPONSE])
            + ". Of a finding: " + words(terms.OUTCOMES[FINDING]),
        },
    )  # fmt: skip
    reason = obligatory(description=f"up to {terms.MAX_REASON} characters")


class WithdrawalBodySchema(Schema):
    """Who takes the appeal back, and why if they like."""

    by = obligatory(**BY)
    reason = fields.String(load_default="")


class AppealRulingSchema(Schema):
    """How an appeal or a finding was ruled on."""

    id = fields.String(required=True, metadata={"description": "rlg_…"})
    outcome = fields.String(
        required=True, metadata={"description": "stands (dismissed), or what was ruled"}
    )
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)


class ContestedSchema(Schema):
    """What held when the appeal was opened. Only for keys that may rule."""

    verdict = fields.String()
    weight = fields.Float()
    score = fields.Integer()
    reasons = fields.List(fields.String())
    number = fields.Integer(metadata={"description": "which verdict of this response it was"})
    state = fields.String(metadata={"description": "of a finding"})
    p = fields.Float(metadata={"description": "of a finding: how often chance looks like this"})


class AppealSchema(Schema):
    """One appeal. Figures and reason codes are shown to keys with `appeals:rule` alone: whoever an
    answer is about learns families of reasons, never thresholds."""

    id = fields.String(required=True, metadata={"description": "apl_…"})
    state = fields.String(required=True, metadata={"enum": list(terms.STATES)})
    about = fields.String(required=True, metadata={"enum": [RESPONSE, FINDING]})
    about_id = fields.String(required=True, metadata={"description": "rsp_… or fnd_…"})
    subjects = fields.Dict(required=True, metadata={"description": "whom it is about: role → ids"})
    ground = fields.String(required=True)
    statement = fields.String(required=True)
    by = fields.String(required=True)
    score = fields.Integer(required=True, allow_none=True)
    verdict = fields.String(required=True, metadata={"description": "empty for a finding"})
    reason_families = fields.List(fields.String(), required=True)
    opened_at = fields.DateTime(required=True)
    closed_at = fields.DateTime(required=True, allow_none=True)
    ruling = fields.Nested(AppealRulingSchema, required=True, allow_none=True)
    contested = fields.Nested(ContestedSchema, allow_none=True)
    evidence = fields.Raw(
        allow_none=True, metadata={"description": "only for keys that may rule: the figures"}
    )


class AppealsQuerySchema(PageSchema):
    """Which appeals."""

    state = fields.String(load_default="", validate=validate.OneOf(["", *terms.STATES]))
    about = fields.String(
        load_default="", validate=validate.Length(max=40),
        metadata={"description": "only about this response or finding"},
    )  # fmt: skip
    by = fields.String(load_default="", validate=validate.Length(max=terms.MAX_BY))


class AppealsSchema(Schema):
    appeals = fields.List(fields.Nested(AppealSchema), required=True)
