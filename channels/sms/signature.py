"""Whether a callback really came from Twilio.

The web callbacks call ``valid`` before they read anything. Twilio signs the address exactly as it
was configured, so it must be rebuilt from the configured public address, never from what a proxy
left of the request: https turned http, a reordered query or ``%20`` for ``+`` all change it.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class _Form:
    """The form as Twilio's validator wants it: names once, each with all of its values."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __bool__(self) -> bool:
        return bool(self._values)

    def getlist(self, name: str) -> list[str]:
        return self._values[name]


def valid(
    auth_token: str,
    public_url: str,
    query: str | bytes,
    pairs: Iterable[tuple[str, str]],
    signature: str | None,
) -> bool:
    """Whether ``signature`` (the X-Twilio-Signature header) fits this request. Never raises.

    ``public_url`` is the configured address with its path, without a query; ``query`` is the raw
    query string of the request, undecoded, as text or as WSGI's bytes; ``pairs`` is the whole form
    with repeated names kept. A missing header, text that is no Unicode or an address that is none
    give False.
    """
    if not signature or not auth_token:
        return False
    try:
        from twilio.request_validator import RequestValidator

        raw = query.decode("ascii") if isinstance(query, bytes) else query
        url = f"{public_url}?{raw}" if raw else public_url
        return bool(RequestValidator(auth_token).validate(url, _Form(pairs), signature))
    except ValueError:
        # Lone surrogates, bytes outside ASCII, a port that is no number: nothing that Twilio signs.
        return False
