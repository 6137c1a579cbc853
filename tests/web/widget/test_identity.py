"""Identities: only a token that this site signed for this key and this day lets anybody in."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.errors import InvalidInput, Unauthorized
from collector.web.widget import identity, sites
from tests.factories import NOON
from tests.web.widget.asking import asked_inapp, post

KEY = "pk_this-site"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def signed(secret: str | None = None, algorithm: str = "HS256", **claims: Any) -> str:
    good = {"sub": "c-1", "aud": KEY, "exp": int(NOON.timestamp()) + 3600}
    chosen = {name: value for name, value in (good | claims).items() if value is not ...}
    return jwt.encode(chosen, secret or identity.secret_of(KEY), algorithm=algorithm)


def unsigned(header: dict[str, Any], **claims: Any) -> str:
    body = {"sub": "c-1", "aud": KEY, "exp": int(NOON.timestamp()) + 3600, **claims}
    parts = (json.dumps(part).encode() for part in (header, body))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def test_a_good_token_names_its_person(ctx: Flask) -> None:
    assert identity.verify(signed(), KEY) == "c-1"
    assert identity.verify(identity.issue(KEY, "c-2", timedelta(hours=24)), KEY) == "c-2"


def forgeries() -> dict[str, Any]:
    noon = int(NOON.timestamp())
    return {
        "empty": lambda: "",
        "no token at all": lambda: "hello",
        "algorithm none": lambda: unsigned({"alg": "none", "typ": "JWT"}),
        "algorithm nOnE": lambda: unsigned({"alg": "nOnE"}),
        "HS256 without a signature": lambda: unsigned({"alg": "HS256"}),
        "signed with the empty key": lambda: signed(secret="\0" * 64),
        "signed with the public key": lambda: signed(secret=KEY * 4),
        "signed with another site's secret": lambda: signed(secret=identity.secret_of("pk_other")),
        "another algorithm": lambda: signed(algorithm="HS512"),
        "expired": lambda: signed(exp=noon - 61),
        "valid for two days": lambda: signed(exp=noon + 2 * 86_400),
        "valid for ever": lambda: signed(exp=10**15),
        "not yet valid": lambda: signed(nbf=noon + 120),
        "without an end": lambda: signed(exp=...),
        "an end that is no number": lambda: signed(exp="tomorrow"),
        "an end that is true": lambda: signed(exp=True),
        "an end that is not finite": lambda: signed(exp=float("nan")),
        "without an audience": lambda: signed(aud=...),
        "for another site": lambda: signed(aud="pk_other"),
        "for nobody": lambda: signed(sub=...),
        "for the empty person": lambda: signed(sub="  "),
        "for a person with a NUL": lambda: signed(sub="c\0"),
        "for a number": lambda: signed(sub=5),
        "too long": lambda: signed(padding="x" * 5_000),
        "a flipped signature": lambda: signed()[:-4] + "AAAA",
    }


@pytest.mark.parametrize("forgery", forgeries())
def test_a_forged_identity_is_refused_and_records_nothing(
    ctx: Flask, client: FlaskClient, forgery: str
) -> None:
    token = forgeries()[forgery]()
    with pytest.raises(Unauthorized) as refused:
        identity.verify(token, KEY)
    assert refused.value.code in ("identity_missing", "identity_refused", "identity_expired")
    assert "c-1" not in refused.value.detail
    asked = asked_inapp()
    assert post(client, "next", asked.body() | {"identity": token}).status_code == 401


def test_a_thousand_random_changes_are_all_refused(ctx: Flask) -> None:
    token = signed()
    for at in range(len(token)):
        for letter in ("A", "z", "-"):
            changed = token[:at] + letter + token[at + 1 :]
            # The last character of a base64 text holds bits that mean nothing.
            if changed == token or at == len(token) - 1:
                continue
            with pytest.raises(Unauthorized):
                identity.verify(changed, KEY)


def test_adding_a_key_keeps_tokens_and_removing_it_ends_them(ctx: Flask) -> None:
    settings = ctx.extensions["collector.settings"]
    token = signed()
    with_new = (*settings.secret_keys, "a-third-key-that-is-long-enough-to-be-one")
    ctx.extensions["collector.settings"] = replace(settings, secret_keys=with_new)
    assert identity.verify(token, KEY) == "c-1"
    assert signed() != token
    ctx.extensions["collector.settings"] = replace(settings, secret_keys=with_new[-1:])
    with pytest.raises(Unauthorized):
        identity.verify(token, KEY)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Shop.example", "https://shop.example"),
        ("https://shop.example:443/", "https://shop.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:81", "http://[::1]:81"),
    ],
)
def test_an_origin_is_kept_as_a_browser_sends_it(given: str, kept: str) -> None:
    assert sites.origin_of(given) == kept


@pytest.mark.parametrize(
    "given", ["*", "null", "", "shop.example", "https://shop.example/path", "https://a@b.example",
              "ftp://shop.example", "https://shop.example:x", "https://*.example?"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput):
        sites.origin_of(given)


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (lambda: signed(sub=4711), "sub must be text in quotes, not a number"),
        (lambda: signed(sub=47.11), "not a number"),
        (lambda: signed(sub=True), "not true or false"),
        (lambda: signed(sub=["c-1"]), "not a list or object"),
        (lambda: signed(exp=int(NOON.timestamp() + 3600) * 1000), "exp is in milliseconds"),
        (lambda: signed(exp="soon"), "exp and nbf are seconds"),
        (lambda: "Bearer " + signed(), "begins with the word Bearer"),
        (lambda: signed() + "\n", "blanks or quotes around it"),
        (lambda: f'"{signed()}"', "blanks or quotes around it"),
        (lambda: signed().rpartition(".")[0], "three parts"),
        (lambda: signed(algorithm="HS512"), "must be signed with HS256"),
        (lambda: signed(aud="pk_other"), "aud is not the key of this site"),
        (lambda: signed(jti=7, iat="now"), ""),
    ],
)
def test_a_refusal_says_what_to_mend_in_the_signing(ctx: Flask, token: Any, said: str) -> None:
    if not said:
        assert identity.verify(token(), KEY) == "c-1"
        return
    with pytest.raises(Unauthorized) as refused:
        identity.verify(token(), KEY)
    assert said in refused.value.detail
