"""API keys: bearer tokens with scopes, stored as SHA-256, shown once. Guards every /v1 address.

`require_scope` goes on views; `issue` and `revoke` are called by `commands/operating/keys.py`. A
house test walks the address map and fails when an API address has no guard. Scopes: `scopes.py`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, request

from collector import clock
from collector.errors import Forbidden, InvalidInput, NotFound, Unauthorized
from collector.model.access import ApiKey
from collector.model.base import db, unit_of_work
from collector.model.ids import new_id
from collector.model.transaction import transaction
from collector.web import query_names
from collector.web.scopes import SCOPES as SCOPES

View = TypeVar("View", bound=Callable[..., Any])


@transaction
def issue(name: str, scopes: tuple[str, ...]) -> str:
    """Make a key and return it, the only time that it can be read.

    Raises InvalidInput for an unknown scope.
    """
    for scope in scopes:
        if scope not in SCOPES:
            raise InvalidInput(
                f"'{scope}' is not a scope. Known: {', '.join(SCOPES)}.", pointer="/scopes"
            )
    token = "ck_" + secrets.token_urlsafe(32)
    with unit_of_work() as work:
        work.session.add(
            ApiKey(
                id=new_id("key"),
                name=name,
                digest=_digest(token),
                scopes=list(scopes),
                created_at=clock.now(),
            )
        )
        work.commit()
    return token


@transaction
def revoke(key_id: str) -> None:
    """End this key at once and for good. Raises NotFound."""
    with unit_of_work() as work:
        key = work.session.get(ApiKey, key_id)
        if key is None:
            raise NotFound(f"there is no key {key_id}; `collector keys list` shows them")
        key.revoked_at = key.revoked_at or clock.now()
        work.commit()


def require_scope(scope: str, *others: str, basic: bool = False) -> Callable[[View], View]:
    """Let a call in only with a key that has `scope` or one of the `others`.

    Raises Unauthorized or Forbidden. What the key may do is then in `g.api_scopes`.

    `basic` takes the key as the user name of Basic authentication as well, as Segment's clients
    send their write key. A query parameter that the view does not describe is refused then.
    """

    def guard(view: View) -> View:
        names = query_names.known(view)

        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            key = _key_of_request(basic)
            if not {scope, *others} & set(key.scopes):
                lacking = " or ".join((scope, *others))
                raise Forbidden(
                    f"this key lacks the scope {lacking}; whoever runs the service makes one that "
                    f"has it: collector keys create NAME --scope {scope}"
                )
            g.api_key_id, g.api_key_name, g.api_scopes = key.id, key.name, frozenset(key.scopes)
            query_names.refuse_unknown(names)
            return view(*args, **kwargs)

        # Read by the API's document and by a house test.
        guarded.required_scopes = (scope, *others)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]  # same signature, wrapped

    return guard


def _key_of_request(basic: bool) -> ApiKey:
    sent = request.authorization
    token = ""
    if sent is not None and sent.type == "bearer":
        token = (sent.token or "").strip()
    elif sent is not None and sent.type == "basic" and basic:
        token = (sent.username or "").strip()
    if not token:
        also = ", or as the user name of Basic authentication" if basic else ""
        raise Unauthorized(f"send an API key as `Authorization: Bearer ck_…`{also}")
    key = db.session.query(ApiKey).filter_by(digest=_digest(token)).one_or_none()
    if key is None or key.revoked_at is not None:
        raise Unauthorized("this API key is not known, or was revoked")
    return key


def _digest(token: str) -> str:
    # The token has 256 random bits, so a plain hash is enough and can be an index.
    return hashlib.sha256(token.encode()).hexdigest()
