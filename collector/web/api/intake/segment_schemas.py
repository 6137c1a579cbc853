"""How the API document describes the bodies of the Segment tracking API. Used by `segment.py`.

Bodies are read by `intake/formats/segment.py`, which takes whatever real clients send; only what
has a meaning here is described.
"""

from __future__ import annotations

from typing import Any

from collector.intake.formats.segment import CALLS, MAX_BATCH

OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": True}
TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
MESSAGE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": list(CALLS), "description": "needed in a batch"},
        "messageId": {
            "type": "string", "maxLength": 200,
            "description": "the idempotency key: the same again is a duplicate",
        },
        "userId": {"type": "string", "description": "the person's ref"},
        "anonymousId": {"type": "string", "description": "used where there is no userId"},
        "event": {"type": "string", "description": "track: `Order Completed` → order.completed"},
        "properties": {**OBJECT, "description": "the event's context"},
        "traits": {
            **OBJECT,
            "description": "identify: email, phone, locale, timezone, consent; the rest attributes",
        },
        "groupId": {"type": "string"},
        "previousId": {"type": "string"},
        "context": {**OBJECT, "description": "traits, locale, timezone, subjects are read"},
        "timestamp": TIME,
        "sentAt": TIME,
    },
    "additionalProperties": True,
}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "type": "track",
    "messageId": "7d0c1c4e-9d5c-4bb4-a9a4-5a3e6f3c2b10",
    "userId": "c-17",
    "event": "Order Delivered",
    "properties": {"amount": 120.5},
    "context": {
        "traits": {"email": "ana@example.com", "consent": {"email": True}},
        "subjects": {"store": "s9"},
    },
    "timestamp": "2026-03-02T12:00:00Z",
}


def _body(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, "example": example}}
    return {"required": True, "content": content}


MESSAGE_BODY = _body(MESSAGE, EXAMPLE)
BATCH_BODY = _body(
    {
        "type": "object",
        "required": ["batch"],
        "properties": {
            "batch": {"type": "array", "maxItems": MAX_BATCH, "items": MESSAGE},
            "context": {**OBJECT, "description": "holds for every message that says nothing else"},
            "sentAt": TIME,
        },
        "additionalProperties": True,
    },
    {"batch": [EXAMPLE], "sentAt": "2026-03-02T12:00:01Z"},
)
