"""Who looks at a page: a short-lived JWT (RFC 7519, HS256) that the product's server signs.

Claims: `sub` the person's reference, `aud` the site's public key, `exp` at most 24 hours ahead.
The secret of a site is derived from the service's keys: nothing is stored, adding a key rotates it,
and every key that is still configured verifies. Anything else than a good token is refused; there
is no anonymous way in (an empty identity hash once let anybody be anybody: chatwoot#2694).
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

import jwt

from collector import clock
from collector.config import settings
from collector.errors import Unauthorized
from collector.rules.same_value import text

ALGORITHM = "HS256"
LONGEST = timedelta(hours=24)
LEEWAY = timedelta(seconds=60)
MAX_CHARACTERS = 4096
REMEMBERED = 2_000
NOT_TEXT: Final[dict[type, str]] = {int: "a number", float: "a number", bool: "true or false"}
NOT_TEXT[type(None)] = "null"


def secret_of(public_key: str) -> str:
    """The secret that the site's server signs with now: 64 hex digits from the newest key."""
    return _secrets(public_key)[-1]


def issue(public_key: str, ref: str, lifetime: timedelta = timedelta(hours=1)) -> str:
    """A token for `ref`, as the product's own server would make it."""
    moment = clock.now()
    claims = {"sub": ref, "aud": public_key, "iat": moment, "exp": moment + lifetime}
    return jwt.encode(claims, secret_of(public_key), algorithm=ALGORITHM)


def verify(token: str, public_key: str) -> str:
    """The person's reference in a good token. Raises Unauthorized, saying what to mend but never
    what was in the token."""
    if not token:
        raise Unauthorized("no identity was given", code="identity_missing")
    claims = _claims(token, public_key, tuple(_secrets(public_key)))
    moment = clock.now().timestamp()
    expires, begins = claims["exp"], claims.get("nbf", 0)
    if isinstance(expires, int) and 1e12 < expires < 1e13:
        raise _bad("exp is in milliseconds; a JWT counts seconds")
    if not _number(expires) or not _number(begins):
        raise _bad("exp and nbf are seconds since 1970")
    if expires < moment - LEEWAY.total_seconds():
        raise Unauthorized("the identity has expired; sign a new one", code="identity_expired")
    if expires > moment + (LONGEST + LEEWAY).total_seconds():
        raise _bad("exp may be at most 24 hours ahead")
    if begins > moment + LEEWAY.total_seconds():
        raise _bad("it is not valid yet")
    ref = claims["sub"]
    if not isinstance(ref, str):
        raise _bad(f"sub must be text in quotes, not {NOT_TEXT.get(type(ref), 'a list or object')}")
    if not ref.strip() or len(ref) > 200 or "\0" in ref:
        raise _bad("sub must be the reference of a person")
    return text(ref)  # as events give it


@lru_cache(maxsize=REMEMBERED)
def _claims(token: str, public_key: str, secrets: tuple[str, ...]) -> dict[str, Any]:
    """The claims of a well-signed token. A page sends the same one at every view, so the newest are
    remembered; refusals are not, and times are checked by `verify` at every call."""
    problem = "it is not signed by this site for this key"
    if len(token) > MAX_CHARACTERS:
        raise _bad("it is too long")
    for secret in reversed(secrets):
        try:
            # One algorithm, named here: the token's own header has no say. Times are checked
            # against the service's clock, which PyJWT does not know.
            return jwt.decode(
                token,
                secret,
                algorithms=[ALGORITHM],
                audience=public_key,
                options={
                    "require": ["exp", "sub", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                    "verify_sub": False,  # `verify` does, and says what to mend
                    "verify_jti": False,
                    "verify_iss": False,
                },
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.MissingRequiredClaimError as error:
            problem = f"the claim {error.claim} is missing"
        except jwt.InvalidAudienceError:
            problem = "aud is not the key of this site"
        except jwt.InvalidAlgorithmError:
            problem = f"it must be signed with {ALGORITHM}"
        except (jwt.PyJWTError, ValueError):
            problem = _unreadable(token)
        break
    raise _bad(problem)


def _unreadable(token: str) -> str:
    """Why this is no token, as far as its looks tell; nothing of it is repeated."""
    if token.lower().startswith("bearer "):
        return "it begins with the word Bearer; give the token alone"
    if token != token.strip() or token[:1] in "\"'":
        return "there are blanks or quotes around it; give the token alone"
    if token.count(".") != 2:
        return "it is not a JWT: those have three parts with dots between"
    return "it is not a JWT that can be read"


def _secrets(public_key: str) -> list[str]:
    """One for each key of the service, oldest to newest."""
    said = f"site-identity\x1e{public_key}".encode()
    return [_derived(key, said) for key in settings().secret_keys]


def _derived(key: str, said: bytes) -> str:
    return hmac.digest(key.encode(), said, "sha256").hex()


def _number(value: object) -> bool:
    # Bounded, because JSON allows 1e999 and a comparison with infinity would pass for "far ahead".
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def _bad(what: str) -> Unauthorized:
    return Unauthorized(f"the identity is refused: {what}", code="identity_refused")
