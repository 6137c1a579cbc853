"""Standard Webhooks signatures: made for what we send, checked on what we are sent. Pure.

The webhook channel signs with it; the email callbacks verify with it. The signature covers id, time
and the exact bytes of the body, so none of them can be changed or replayed much later.

Source: https://github.com/standard-webhooks/standard-webhooks (spec, "Signature scheme")
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
TOLERANCE: Final = 300  # seconds, both ways
_LEAST, _MOST = 24, 64  # bytes of a secret
_MOST_SIGNATURES: Final = 10


def secret(text: str) -> bytes:
    """The key in `whsec_…`. Raises ValueError, without the value, for one that is none."""
    try:
        key = b64decode(text.removeprefix(PREFIX).encode("ascii"), validate=True)
    except (NotBase64, ValueError):
        key = b""
    if not text.startswith(PREFIX) or not _LEAST <= len(key) <= _MOST:
        raise ValueError(f"must be {PREFIX} and 24 to 64 bytes in base64")
    return key


def shown(key: bytes) -> str:
    """The key as `whsec_…`, for the other side's settings."""
    return PREFIX + b64encode(key).decode("ascii")


def sign(key: bytes, id: str, timestamp: int, body: bytes) -> str:
    """The webhook-signature header: `v1,` and base64. `timestamp` is in Unix seconds."""
    digest = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{b64encode(digest).decode('ascii')}"


def valid(
    keys: Iterable[bytes],
    id: str | None,
    timestamp: str | None,
    signatures: str | None,
    body: bytes,
    now: datetime,
) -> bool:
    """Whether one of these space-separated signatures was made with one of these keys, just now.

    Never raises, whatever the headers hold.
    """
    if not id or not timestamp or not signatures:
        return False
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE:
        return False
    given = [one.encode("utf-8", "replace") for one in signatures.split(" ")[:_MOST_SIGNATURES]]
    try:
        wanted = [sign(key, id, int(timestamp), body).encode("ascii") for key in keys]
    except UnicodeEncodeError:
        return False
    # Every pair is compared, so that the time taken tells nothing about which key it was.
    return sum(hmac.compare_digest(one, other) for one in given for other in wanted) > 0
