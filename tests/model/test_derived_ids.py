"""A derived id is the same as it ever was: what was written under it is found again."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from collector.config import settings
from collector.model import ids

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def by_definition(prefix: str, at: datetime, *natural_key: str) -> str:
    """48 bits of time and 80 of a keyed digest, five bits a letter."""
    said = "natural\x1e" + "\x1f".join((prefix, *natural_key))
    digest = hmac.digest(settings().secret_keys[0].encode(), said.encode(), "sha256")
    number = int(at.timestamp() * 1000) << 80 | int.from_bytes(digest[:10], "big")
    return f"{prefix}_" + "".join(LETTERS[number >> shift & 31] for shift in range(125, -1, -5))


def test_a_derived_id_is_time_and_digest_as_defined(ctx: Flask) -> None:
    derive = ids.deriving()
    for number in range(500):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number * 7_919.123)
        key = ("shop", f"o-{number}", "é")[: 1 + number % 3]
        wanted = by_definition("evt", at, *key)
        assert derive("evt", at, *key) == ids.derived_id("evt", at, *key) == wanted


def test_new_ids_are_of_one_length_and_in_the_order_of_their_making(ctx: Flask) -> None:
    made = [ids.new_id("per") for _ in range(500)]
    assert made == sorted(made)
    assert {len(one) for one in made} == {len(by_definition("per", datetime.now(UTC)))}
