"""Signing and fingerprinting with the service's keys. Imported by the stages; imports config only.

Keys are a list, oldest to newest: the newest signs, every one verifies (itsdangerous' order).
Fingerprints let two taps be compared without keeping an address or a device; they use the oldest
key, so that adding a key does not cut a person's history in two.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from itsdangerous import URLSafeTimedSerializer

from collector.config import settings


def fingerprint(purpose: str, value: str) -> str:
    """A keyed, purpose-bound 16-byte hash of `value` as 32 hex digits; empty for an empty value."""
    if not value:
        return ""
    return _mac(settings().secret_keys[0], purpose, value)[:32]


def natural_key() -> str:
    """The key under which natural keys are digested: asked once for a batch."""
    return settings().secret_keys[0]


def natural_digest(key: str, *parts: str) -> bytes:
    """A keyed digest of a natural key, from which stable ids are made (see `model/ids.py`)."""
    return _digest(key, "natural", "\x1f".join(parts))


def derived(purpose: str) -> tuple[bytes, ...]:
    """32 bytes for this purpose from each key, oldest to newest: the last one signs, all verify."""
    return tuple(bytes.fromhex(_mac(key, "derived", purpose)) for key in settings().secret_keys)


def serializer(purpose: str) -> URLSafeTimedSerializer:
    """A timed signer for small payloads, one salt per purpose, SHA-256, all keys accepted."""
    return _serializer(settings().secret_keys, purpose)


@lru_cache(maxsize=64)
def _serializer(secret_keys: tuple[str, ...], purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        list(secret_keys),
        salt=f"collector.{purpose}",
        signer_kwargs={"digest_method": hashlib.sha256},
    )


def _mac(key: str, purpose: str, value: str) -> str:
    return _digest(key, purpose, value).hex()


def _digest(key: str, purpose: str, value: str) -> bytes:
    begun = _begun(key, purpose).copy()
    begun.update(value.encode())
    return begun.digest()


@lru_cache(maxsize=256)
def _begun(key: str, purpose: str) -> hmac.HMAC:
    """Never changed itself: going on from a copy takes half as long as beginning with the key."""
    return hmac.new(key.encode(), f"{purpose}\x1e".encode(), "sha256")
