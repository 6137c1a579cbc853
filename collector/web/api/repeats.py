"""The Idempotency-Key header of calls that people repeat when they do not know what came of them.

The same key and body again is answered with what the first call did; a key belongs to the API key
that sent it (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import g, request

from collector.errors import InvalidInput

HEADER = "Idempotency-Key"
MAX_KEY = 255
PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "maxLength": MAX_KEY},
    "description": "the same key and body again is the same call, not a second one",
}


def key() -> str:
    """What the verbs take as idempotency key, '' where none came. Raises InvalidInput."""
    sent = request.headers.get(HEADER, "")
    if len(sent) > MAX_KEY:
        raise InvalidInput(
            f"An idempotency key has at most {MAX_KEY} characters.", code="bad_idempotency_key"
        )
    if not sent:
        return ""
    return hashlib.sha256(f"{g.api_key_id}\x1f{sent}".encode()).hexdigest()
