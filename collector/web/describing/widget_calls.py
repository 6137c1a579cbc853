"""What a page calls, for the document: the four calls under /w/v1, as `web/widget/calls.py` reads
and answers them. A test makes each call by this description and holds the answers against it.

They are no part of flask-smorest's document, since they read bodies of any content type.
"""

from __future__ import annotations

from typing import Any, Final

from collector.web.widget.calls import MAX_BODY_BYTES
from collector.web.widget.inbox import COMMENT_MAX
from collector.web.widget.reasons import WORDS

TEXT: Final = {"type": "string", "minLength": 1}
ONCE: Final = {"type": "string", "pattern": "^[0-9a-f]{16,40}$"}
TOKEN: Final = {**TEXT, "maxLength": 100, "description": "the question's, as `next` gave it"}
WHO: Final[dict[str, Any]] = {
    "key": {**TEXT, "maxLength": 60, "description": "the site's public key, pk_…"},
    "identity": {**TEXT, "description": "a JWT that the site's server signed for this person"},
}
QUESTION: Final[dict[str, Any]] = {
    "token": TEXT,
    "metric": {"type": "string", "enum": ["nps", "csat", "ces"]},
    "low": {"type": "integer"},
    "high": {"type": "integer"},
    "locale": {"type": "string", "description": "BCP 47"},
    "dir": {"type": "string", "enum": ["ltr", "rtl"]},
    "question": {"type": "string"},
    "low_label": {"type": "string"},
    "high_label": {"type": "string"},
    "comment_max": {"type": "integer", "description": "characters of a comment"},
    "follow_up": {
        "type": "array",
        "description": "[highest score, question]: what is asked after a score up to that one",
        "items": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]},
    },
    "brand": {"type": "object", "description": "name, logo, colors; empty for none"},
    "texts": {"type": "object", "additionalProperties": {"type": "string"}},
}


def add(document: dict[str, Any]) -> None:
    """Describe the calls of a page in `document`."""
    document["tags"].append({"name": "widget", "description": "What a page calls: docs/widget.md"})
    document["paths"] |= {
        "/w/v1/next": _call(
            "Is there a question for this person?",
            "Records nothing; a POST so that no identity is in an address.",
            {**WHO, "debug": {"type": "boolean", "description": "says why nothing is asked"}},
            ["key", "identity"],
            {
                "200": _json("The question.", {"type": "object", "required": list(QUESTION),
                                               "properties": QUESTION}),
                "204": {"description": "Nothing to ask.", "headers": {
                    "Collector-Reason": _header("why, as a code", list(WORDS)),
                    "Collector-Detail": _header("the same in words; with `debug` alone", None),
                }},
            },
        ),
        "/w/v1/shown": _call(
            "A person could see the question", "Saying it again changes nothing.",
            {**WHO, "token": TOKEN}, ["key", "identity", "token"],
            {"204": {"description": "Noted."}},
        ),
        "/w/v1/answer": _call(
            "One press", "A score, a comment or both; or `dismissed`, which closes the question.",
            {
                **WHO, "token": TOKEN,
                "score": {"type": "integer", "description": "from `low` to `high`"},
                "comment": {"type": "string", "maxLength": COMMENT_MAX},
                "press": {**ONCE, "description": "the same again is the same press"},
                "id": {**ONCE, "description": "instead of `press`"},
                "seen_ms": {"type": "integer", "description": "ms since it was first seen"},
                "dismissed": {"type": "boolean"},
            },
            ["key", "identity", "token"],
            {
                "200": _json("Stored.", {
                    "type": "object", "required": ["score"],
                    "properties": {"score": {"type": ["integer", "null"]}},
                }),
                "204": {"description": "Dismissed."},
            },
        ),
        "/w/v1/track": _call(
            "What happened in the page", "Of a type that the site may report.",
            {
                **WHO, "type": TEXT,
                "id": {**ONCE, "description": "the same again is the same event"},
                "occurred_at": {"type": "string", "format": "date-time"},
                "sent_at": {"type": "string", "format": "date-time"},
                "context": {"type": "object"},
            },
            ["key", "identity", "type", "id"],
            {"202": _json("Kept.", {
                "type": "object", "required": ["status", "ask"], "properties": {
                    "status": {"type": "string", "enum": ["accepted", "duplicate"]},
                    "ask": {"type": "boolean", "description": "looking for a question is worth it"},
                },
            })},
        ),
    }  # fmt: skip


def _call(
    summary: str, description: str, takes: dict[str, Any], needs: list[str], gives: dict[str, Any]
) -> dict[str, Any]:
    schema = {"type": "object", "required": needs, "properties": takes}
    described: dict[str, Any] = {
        "tags": ["widget"],
        "summary": summary,
        "description": f"{description} The body is read as JSON whatever its content type says, "
        f"at most {MAX_BODY_BYTES:,} bytes. `Origin` must be one of the site's.",
        "security": [],
        "parameters": [{
            "in": "header", "name": "Origin", "schema": {"type": "string"},
            "description": "sent by browsers; a program sends one that the site lists",
        }],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        },
        "responses": {
            **gives,
            "401": {"description": "The identity is not signed by this site, or has run out."},
            "403": {"description": "No such site, or not from this origin."},
            "413": {"description": "The body is too large."},
            "422": {"description": "Something in the body cannot be used."},
            "429": {"description": "Too many calls of this person."},
        },
    }  # fmt: skip
    return {"post": described}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _header(description: str, values: list[str] | None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} | ({"enum": values} if values else {})
    return {"description": description, "schema": schema}
