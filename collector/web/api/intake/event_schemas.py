"""How the API document describes an event and a person. Used by `events.py` and `people.py`.

Described by hand because bodies are read by `intake/formats/native.py`, which lists every problem
of every item; a test holds the examples here to that reader.
"""

from __future__ import annotations

from typing import Any

from collector.intake.formats.native import KINDS
from collector.intake.incoming import CONSENT_CHANNELS, MAX_BATCH

WORD = {"type": "string", "enum": ["granted", "denied"]}
PERSON_FIELDS: dict[str, Any] = {
    "kind": {"type": "string", "enum": list(KINDS), "default": "customer"},
    "locale": {"type": "string", "description": "BCP 47 tag", "maxLength": 35},
    "timezone": {"type": "string", "description": "IANA zone"},
    "phone": {"type": ["string", "null"], "description": "with country code; kept as E.164"},
    "email": {"type": ["string", "null"], "maxLength": 254},
    "attributes": {
        "type": "object",
        "additionalProperties": True,
        "description": "merged into what is known; null removes one",
    },
    "consent": {
        "type": "object",
        "properties": dict.fromkeys(CONSENT_CHANNELS, WORD),
        "additionalProperties": False,
    },
}
PERSON_IN_EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["ref"],
    "properties": {
        "ref": {"type": "string", "maxLength": 200, "description": "your own name for them"},
        **PERSON_FIELDS,
    },
    "additionalProperties": False,
}
SUBJECT: dict[str, Any] = {
    "oneOf": [
        {"type": "string", "maxLength": 200},
        {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "description": "who did it"},
                "credited": {"type": "string", "description": "who is credited; default: id"},
            },
            "additionalProperties": False,
        },
    ]
}
EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["source", "id", "type", "occurred_at", "person"],
    "properties": {
        "source": {"type": "string", "maxLength": 100, "description": "which system says so"},
        "id": {"type": "string", "maxLength": 200, "description": "unique within the source"},
        "type": {"type": "string", "maxLength": 100, "description": "such as order.delivered"},
        "occurred_at": {"type": "string", "format": "date-time"},
        "person": PERSON_IN_EVENT,
        "context": {"type": "object", "additionalProperties": True},
        "subjects": {
            "type": "object",
            "additionalProperties": SUBJECT,
            "description": "agent, team, store, …: as they were at that moment",
        },
    },
    "additionalProperties": False,
}
EXAMPLE: dict[str, Any] = {
    "source": "shop",
    "id": "o-1-delivered",
    "type": "order.delivered",
    "occurred_at": "2026-03-02T12:00:00Z",
    "person": {
        "ref": "c-17",
        "locale": "pt-BR",
        "timezone": "America/Sao_Paulo",
        "phone": "+5511987654321",
        "email": "ana@example.com",
        "attributes": {"plan": "pro"},
        "consent": {"any": "granted"},
    },
    "context": {"amount": 120.5},
    "subjects": {"agent": {"id": "a1", "credited": "a2"}, "store": "s9"},
}
CLOUD_EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["specversion", "source", "id", "type"],
    "properties": {
        "specversion": {"type": "string", "enum": ["1.0"]},
        "source": EVENT["properties"]["source"],
        "id": EVENT["properties"]["id"],
        "type": EVENT["properties"]["type"],
        "time": {"type": "string", "format": "date-time", "description": "default: now"},
        "subject": {"type": "string", "description": "the person's ref, unless data.person has it"},
        "datacontenttype": {"type": "string", "description": "JSON only"},
        "data": {
            "type": "object",
            "properties": {
                "person": {**PERSON_IN_EVENT, "required": []},
                "subjects": EVENT["properties"]["subjects"],
                "context": EVENT["properties"]["context"],
            },
            "additionalProperties": True,
            "description": "whatever it holds besides person, subjects and context is context",
        },
        "data_base64": {"type": "string", "description": "the same, packed"},
    },
    "additionalProperties": True,
}
CLOUD_EXAMPLE: dict[str, Any] = {
    "specversion": "1.0",
    "source": "/shop/eu",
    "id": "o-1-delivered",
    "type": "order.delivered",
    "time": "2026-03-02T12:00:00Z",
    "subject": "c-17",
    "data": {"amount": 120.5, "person": {"locale": "pt-BR"}, "subjects": {"store": "s9"}},
}


def _list_of(item: dict[str, Any], minimum: int) -> dict[str, Any]:
    return {"type": "array", "minItems": minimum, "maxItems": MAX_BATCH, "items": item}


BODY: dict[str, Any] = {
    "required": True,
    "description": "In CloudEvents' binary mode (`ce-*` headers) the body is the event's `data`.",
    "content": {
        "application/json": {
            "schema": {"oneOf": [EVENT, _list_of(EVENT, 1)]},
            "example": EXAMPLE,
        },
        "application/cloudevents+json": {"schema": CLOUD_EVENT, "example": CLOUD_EXAMPLE},
        "application/cloudevents-batch+json": {
            "schema": _list_of(CLOUD_EVENT, 0),
            "example": [CLOUD_EXAMPLE],
        },
    },
}
PACKED: dict[str, Any] = {
    "in": "header",
    "name": "Content-Encoding",
    "required": False,
    "description": "how the body is packed",
    "schema": {"type": "string", "enum": ["gzip", "identity"]},
}
PERSON_EXAMPLE: dict[str, Any] = {
    name: value for name, value in EXAMPLE["person"].items() if name != "ref"
}
PERSON_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": PERSON_FIELDS,
                "additionalProperties": False,
            },
            "example": PERSON_EXAMPLE,
        }
    },
}
