"""Signed links: 26 characters that say which invitation, by which channel, and that we made them.

Used by compose (through drafts), the tap and unsubscribe pages and the widget. A token is 8 random
bytes, a dot, and 10 bytes of HMAC-SHA256; what it is for and the channel are in the salt, so they
cost no characters and cannot be swapped. Reading one touches no database.

Sources: https://itsdangerous.palletsprojects.com/en/stable/concepts/ (key lists, salts), RFC 2104
section 5 (a truncated HMAC keeps half the hash's length or 80 bits).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from itsdangerous import Signer
from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.signer import SigningAlgorithm

from collector.config import settings
from collector.errors import Gone

CHANNELS: Final = ("sms", "email", "inapp", "webhook")
DECOY: Final = "x"  # in place of a score: the hidden link that only a machine sees
SIGNATURE_BYTES: Final = 10
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]{14}\Z", re.ASCII)
MOST_DERIVED: Final = 64
_derived: dict[tuple[tuple[str, ...], str, str], bytes] = {}  # what the newest key is for a purpose
_TOKEN_ID: Final = re.compile(r"[0-9a-f]{16}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says once its signature holds: the invitation's `token_id`, and the channel."""

    token_id: str
    channel: str


class _ShortHmac(SigningAlgorithm):
    """HMAC-SHA256 cut to 80 bits: every character of an SMS is paid for."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.new(key, value, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def mint() -> str:
    """A fresh token id: 16 random hex digits, worth nothing without a signature."""
    return secrets.token_hex(8)


def token(token_id: str, channel: str) -> str:
    """The link token of this invitation for this channel. Raises ValueError for a bad id."""
    return _sign("tap", token_id, channel)


def tokens(token_id: str, channel: str) -> tuple[str, ...]:
    """The token under each key, newest first: what an earlier process may have put into a text."""
    keys = settings().secret_keys
    return tuple(_sign("tap", token_id, channel, keys[:count]) for count in range(len(keys), 0, -1))


def read(text: str) -> Link:
    """What a link token says. Raises Gone, the same for whatever is wrong with it."""
    return _read("tap", text)


def unsubscribe_token(token_id: str, channel: str) -> str:
    """Like `token`, good for unsubscribing from this channel only."""
    return _sign("unsubscribe", token_id, channel)


def read_unsubscribe(text: str) -> Link:
    """What an unsubscribe token says. Raises Gone."""
    return _read("unsubscribe", text)


def preferences_token(token_id: str, channel: str) -> str:
    """Like `token`, good for the preference page of the person who was asked."""
    return _sign("preferences", token_id, channel)


def read_preferences(text: str) -> Link:
    """What a preference token says. Raises Gone."""
    return _read("preferences", text)


def url(token: str, score: int | None = None) -> str:
    """The public address of the tap page, with the score chosen where one is given."""
    return f"{settings().base_url}/t/{token}" + ("" if score is None else f"/{score}")


def decoy_url(token: str) -> str:
    """The address that no person is shown."""
    return f"{settings().base_url}/t/{token}/{DECOY}"


def unsubscribe_url(token: str) -> str:
    """The public address of the unsubscribe page, the same for one click (RFC 8058)."""
    return f"{settings().base_url}/u/{token}"


def _sign(purpose: str, token_id: str, channel: str, keys: tuple[str, ...] = ()) -> str:
    if channel not in CHANNELS or not _TOKEN_ID.match(token_id):
        raise ValueError("a link needs a known channel and a token id of 16 hex digits")
    value = base64_encode(bytes.fromhex(token_id))
    keys = keys or settings().secret_keys
    if (key := _derived.get((keys, purpose, channel))) is None:
        if len(_derived) >= MOST_DERIVED:
            _derived.clear()
        signer = _signer(keys, f"{purpose}.{channel}")
        key = _derived[keys, purpose, channel] = signer.derive_key()
    # As `_ShortHmac` signs, with the key derived once and not for each of a batch's links.
    signature = hmac.digest(key, value, "sha256")[:SIGNATURE_BYTES]
    return f"{value.decode('ascii')}.{base64_encode(signature).decode('ascii')}"


def _read(purpose: str, text: str) -> Link:
    # The shape first: base64 decoders skip what is not base64 and ignore spare bits, so without it
    # one signature would have several spellings.
    if _SHAPE.match(text):
        value, _, spelt = text.partition(".")
        signature = base64_decode(spelt)
        if base64_encode(signature).decode("ascii") == spelt:
            signed = value.encode("ascii")
            for channel, key in _verifiers(settings().secret_keys, purpose):
                expected = hmac.digest(key, signed, "sha256")[:SIGNATURE_BYTES]
                if hmac.compare_digest(expected, signature):
                    return Link(base64_decode(value).hex(), channel)
    raise Gone("This link is not valid, or is no longer.", code="link_gone")


@lru_cache(maxsize=64)
def _verifiers(keys: tuple[str, ...], purpose: str) -> tuple[tuple[str, bytes], ...]:
    """With each channel, each key as the signer derives it, newest first: deriving costs more than
    checking, and every tap is checked."""
    return tuple(
        (channel, key)
        for channel in CHANNELS
        for signer in (_signer(keys, f"{purpose}.{channel}"),)
        for key in (signer.derive_key(secret) for secret in reversed(signer.secret_keys))
    )


@lru_cache(maxsize=64)
def _signer(keys: tuple[str, ...], salt: str) -> Signer:
    return Signer(
        list(keys),  # oldest to newest: every one verifies, the last one signs
        salt=f"collector.{salt}",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
        algorithm=_ShortHmac(),
    )
