"""1,000 forged identities and thousands of mutated ones: none is accepted, none is an error."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from collector import clock
from collector.invitations import links
from collector.model.answers import Tap
from collector.model.base import db
from collector.web.widget import identity, sites
from tests.factories import NOON
from tests.web.widget.asking import Asked, asked_inapp, post

FORGERIES = 1_000
PRESS = "0123456789abcdef01"
SECRETS = ("", "secret", "null", "changeme", "0" * 64)
NUMBERS = (0, -1, "9999999999", None, True, [], 10**400)


def part(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: Any, claims: Any, secret: str, digest: Any = hashlib.sha256) -> str:
    said = f"{part(header)}.{part(claims)}"
    return f"{said}.{part(hmac.new(secret.encode(), said.encode(), digest).digest())}"


def forgeries(asked: Asked, other_key: str) -> Iterator[str]:
    """Tokens that claim to be `asked.ref` and were not signed for this site, or not so."""
    key, good = asked.site.public_key, identity.issue(asked.site.public_key, asked.ref)
    right = identity.secret_of(key)
    now = int(clock.now().timestamp())
    claims = {"sub": asked.ref, "aud": key, "exp": now + 600}
    hs256 = {"alg": "HS256", "typ": "JWT"}
    for alg in ("none", "None", "NONE", "nOnE", "", None, "RS256", "ES256", "HS1", 7, ["HS256"]):
        yield f"{part({'alg': alg})}.{part(claims)}."
        yield signed({"alg": alg}, claims, right)
    for secret in (
        *SECRETS,
        key,
        asked.ref,
        identity.secret_of(other_key),
        right[:-1],
        right.upper(),
    ):
        yield signed(hs256, claims, secret)
        yield signed(
            {**hs256, "kid": "../../dev/null", "jku": "https://evil.example"}, claims, secret
        )
    yield signed({"alg": "HS384"}, claims, right, hashlib.sha384)
    yield signed({"alg": "HS512"}, claims, right, hashlib.sha512)
    for name in claims:
        yield signed(hs256, {k: v for k, v in claims.items() if k != name}, right)
    for wrong in NUMBERS:
        yield signed(hs256, {**claims, "exp": wrong}, right)
    for audience in (other_key, "", None, [], [other_key], {"pk": key}):
        yield signed(hs256, {**claims, "aud": audience}, right)
    for subject in ("", " ", None, 7, [asked.ref], {"ref": asked.ref}, "x" * 201, "a\0b"):
        yield signed(hs256, {**claims, "sub": subject}, right)
    yield signed(hs256, {**claims, "exp": now - 61}, right)
    yield signed(hs256, {**claims, "exp": now + 86_400 * 365}, right)
    yield signed(hs256, {**claims, "nbf": now + 3_600}, right)
    yield signed(hs256, [claims], right)
    yield signed([hs256], claims, right)
    yield jwt.encode(claims, "k" * 64, algorithm="HS256")
    yield identity.issue(other_key, asked.ref)
    yield from ("", ".", "..", "...", "a.b.c", good + ".", "." + good, good.replace(".", "", 1))
    yield from (good[:-1], good + "A", "Bearer " + good, "A" * 5_000, "é" * 20)
    dice = random.Random(4)
    while True:  # flipped characters of a good one, in the header, the claims and the signature
        at = dice.randrange(len(good))
        flipped = good[:at] + dice.choice("ABCxyz019-_") + good[at + 1 :]
        if _means_something_else(good, flipped):
            yield flipped


def _means_something_else(good: str, flipped: str) -> bool:
    """The last character of a signature holds two bits that decode to nothing."""
    if flipped[:-1] == good[:-1]:
        tails = [one.rpartition(".")[2] + "=" for one in (good, flipped)]
        return len({base64.urlsafe_b64decode(tail) for tail in tails}) == 2
    return flipped != good


@pytest.mark.parametrize("call", ["next", "answer"])
def test_no_forged_identity_is_accepted(ctx: Flask, client: FlaskClient, call: str) -> None:
    with clock.at(NOON):
        asked = asked_inapp()
        other = sites.create("another", ["https://another.example"])
        body = asked.body(token=links.token(asked.token_id, "inapp"), score=1, press=PRESS)
        made = forgeries(asked, other.public_key)
        statuses = [
            post(client, call, body | {"identity": next(made)}).status_code
            for _ in range(FORGERIES // 2)
        ]
        assert statuses == [401] * (FORGERIES // 2)
        assert db.session.scalar(select(func.count(Tap.id))) == 0
        assert post(client, call, body).status_code == 200  # the good one still is
